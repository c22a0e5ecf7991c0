"""Passwords in the computer's keyring, or nowhere.

A keyring that writes plain text, forgets what it accepted or cannot be unlocked is not used: the person is
asked each time instead. Every secret is read back after writing, because the null backend accepts and forgets.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE: Final = "tcmdesk"
LONGEST: Final = 1280
"""Characters that the Windows credential store takes."""

_UNSAFE: Final = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")


class Secrets:
    """The computer's keyring under a policy. Reading it may ask the person to unlock it: not for the UI thread.

    Args:
        backend: the keyring to use; the computer's own when not given.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._given = backend

    def available(self) -> bool:
        """Whether there is a keyring that may be used."""
        return self._backend() is not None

    def recall(self, name: str) -> str | None:
        """The secret kept under a name; None when there is none or no keyring."""
        backend = self._backend()
        if backend is None:
            return None
        try:
            return backend.get_password(SERVICE, name)
        except Exception as error:  # noqa: BLE001  (each backend has exceptions of its own)
            log.warning("keyring not readable: %s", error)
            return None

    def keep(self, name: str, secret: str) -> bool:
        """Store a secret and read it back; False when it is not kept and must be asked for each time."""
        backend = self._backend()
        if backend is None or len(secret) > LONGEST:
            return False
        try:
            backend.set_password(SERVICE, name, secret)
            return backend.get_password(SERVICE, name) == secret
        except Exception as error:  # noqa: BLE001  (each backend has exceptions of its own)
            log.warning("keyring not writable: %s", error)
            return False

    def forget(self, name: str) -> None:
        """Remove what is kept under a name, if anything is."""
        backend = self._backend()
        if backend is None:
            return
        try:
            backend.delete_password(SERVICE, name)
        except Exception as error:  # noqa: BLE001  (each backend has exceptions of its own)
            log.info("nothing removed from the keyring: %s", error)

    def _backend(self) -> KeyringBackend | None:
        import keyring

        try:
            backend = self._given or keyring.get_keyring()
        except Exception as error:  # noqa: BLE001  (a broken plug-in may raise anything)
            log.warning("no keyring: %s", error)
            return None
        chained = getattr(backend, "backends", None) or [backend]
        return None if any(type(one).__module__.startswith(_UNSAFE) for one in chained) else backend
