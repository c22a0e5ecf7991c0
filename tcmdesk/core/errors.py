"""What can go wrong, in three kinds.

`UserError`: the person can do something about it (a missing field, a slot that has gone).
`Unavailable`: the database or the network is away; what was typed stays and the work can be retried.
Any other exception is a fault of the program.

A message is an English gettext msgid with ``{named}`` places; it is translated where it is shown, so that
services stay free of any language.
"""

from __future__ import annotations

from typing import Protocol


class SupportsGettext(Protocol):
    """The part of a translator that errors need."""

    def gettext(self, message: str) -> str: ...


class TranslatableError(Exception):
    """An error with a stable code, a msgid and its parameters.

    The parameters may hold patient data: they are for the screen and are left out of ``str()`` and so of logs.
    """

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.params = params

    def text(self, translator: SupportsGettext) -> str:
        """The message in the reader's language."""
        return translator.gettext(self.message).format(**self.params)


class UserError(TranslatableError):
    """The request cannot be carried out as it stands, and the message says what to do."""


class ValidationError(UserError):
    """A value is missing or outside its range; `field` names the input it belongs to."""

    def __init__(self, code: str, message: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(code, message, **params)
        self.field = field


class PermissionDenied(UserError):
    """The actor lacks the permission."""


class Conflict(UserError):
    """Someone else was first: the slot is taken, or the row changed since it was read.

    `current` is the row as it is now, for screens that show both versions.
    """

    def __init__(self, code: str, message: str, *, current: object = None, **params: object) -> None:
        super().__init__(code, message, **params)
        self.current = current


class AlreadyApplied(Conflict):
    """The operation with this id was committed before. Who only wants it done suppresses this."""


class NotFound(UserError):
    """The row is gone."""


class Unavailable(TranslatableError):
    """The database or the network cannot be reached now."""
