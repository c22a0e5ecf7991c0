"""The line between the program and its media process, and how the process is told where it is.

On POSIX a socket pair, whose one end the child inherits; on Windows a connection to the loopback address that has to show
a secret first, because other users of the machine could reach that port.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.media.protocol import Stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcmdesk.media.frames import SharedFrames

OPTION: Final = "--media-process"
SECRET_VARIABLE: Final = "TCMDESK_MEDIA_SECRET"  # noqa: S105  (a name)
_SECRET_BYTES: Final = 32
_INHERITED: Final = "fd:"
_CONNECTED: Final = "port:"
_PATIENCE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a media process finds its line and its pictures, as its command line says it."""

    line: str
    frames: Mapping[Stream, str]

    @classmethod
    def parse(cls, arguments: Sequence[str]) -> Place:
        """Read ``fd:5 remote=6 local=7``; raises ValueError."""
        line, *named = arguments
        pairs = (word.split("=", 1) for word in named)
        return cls(line, {Stream(name): address for name, address in pairs})

    def arguments(self) -> list[str]:
        return [self.line, *(f"{stream}={address}" for stream, address in self.frames.items())]


@dataclass(frozen=True, slots=True)
class Offer:
    """The parent's half of a line that a child is about to take.

    Args:
        pass_fds: what the child has to inherit.
        environment: what its environment has to hold besides the parent's.
    """

    place: Place
    pass_fds: tuple[int, ...]
    environment: dict[str, str]
    _theirs: socket.socket
    _ours: socket.socket | None = None

    def accept(self) -> socket.socket:
        """Our end, once the child has been started. Raises OSError when nobody came, or not the child.

        Blocks for up to 30 s on Windows, where the child has to connect; never on POSIX.
        """
        if self._ours is not None:
            self._theirs.close()
            return self._ours
        with self._theirs as listener:
            listener.settimeout(_PATIENCE_SECONDS)
            while True:
                line, _ = listener.accept()
                line.settimeout(_PATIENCE_SECONDS)
                with contextlib.suppress(OSError):
                    if hmac.compare_digest(
                        _read_exactly(line, 2 * _SECRET_BYTES), self.environment[SECRET_VARIABLE].encode()
                    ):
                        return line
                line.close()

    def withdraw(self) -> None:
        """Close what a child that could not be started will not take."""
        self._theirs.close()
        if self._ours is not None:
            self._ours.close()


def offer(frames: Mapping[Stream, SharedFrames], *, inherit: bool = sys.platform != "win32") -> Offer:
    """Prepare a line and say where it is. `inherit` chooses between the two kinds of line."""
    addresses = {stream: shared.address for stream, shared in frames.items()}
    descriptors = tuple(shared.descriptor for shared in frames.values() if shared.descriptor is not None)
    if inherit:
        ours, theirs = socket.socketpair()
        place = Place(f"{_INHERITED}{theirs.fileno()}", addresses)
        return Offer(place, (theirs.fileno(), *descriptors), {}, theirs, ours)
    listener = socket.create_server(("127.0.0.1", 0), backlog=1)
    place = Place(f"{_CONNECTED}{listener.getsockname()[1]}", addresses)
    return Offer(place, descriptors, {SECRET_VARIABLE: secrets.token_hex(_SECRET_BYTES)}, listener)


def connect(place: Place) -> socket.socket:
    """The child's end. Raises OSError, ValueError or KeyError when there is no parent that offered it."""
    if place.line.startswith(_INHERITED):
        return socket.socket(fileno=int(place.line.removeprefix(_INHERITED)))
    if not place.line.startswith(_CONNECTED):
        raise ValueError("no line")
    secret = os.environ.pop(SECRET_VARIABLE)
    line = socket.create_connection(
        ("127.0.0.1", int(place.line.removeprefix(_CONNECTED))), _PATIENCE_SECONDS
    )
    line.sendall(secret.encode())
    line.settimeout(None)
    return line


def _read_exactly(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count and (piece := line.recv(count - len(data))):
        data += piece
    return data
