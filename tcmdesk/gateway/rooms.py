"""Who is connected: one browser a visit, the newest of the person's own windows.

There is no list of rooms to ask for: a room is reached only through the visit that a browser has proved to belong to.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import web

    from tcmdesk.core.actor import Patient
    from tcmdesk.features.consultations.types import RoomState

log = logging.getLogger(__name__)

ELSEWHERE: Final = 4001
"""Close code: the same person opened the visit in another window."""
OVER: Final = 4002
"""Close code: the visit is no longer theirs to enter."""
RESTART: Final = 1012
"""Close code of RFC 6455's registry: service restart; come back at once."""
REPLACED: Final = 4004
"""Close code: the same window has a newer line."""
TOO_SLOW: Final = 4003
"""Close code: the browser takes nothing any more."""
LONGEST_OUTBOX: Final = 200


class Guest:
    """A patient's open page: what it is told goes out in order, from a box that never makes the sender wait.

    `window` is a random name that the page gives itself, the same for every line it opens; `placed` says that the
    waiting room counts the guest, and before that there is nothing to be told of it.
    """

    def __init__(self, patient: Patient, socket: web.WebSocketResponse, window: str) -> None:
        self.patient = patient
        self.window = window
        self.placed = False
        self.state: RoomState | None = None
        self.in_call = False
        self._socket = socket
        self._outbox: asyncio.Queue[str | int] = asyncio.Queue()

    def tell(self, kind: str, /, **content: Any) -> None:
        """Send one message; a page that no longer takes any is let go, it will come back."""
        if self._outbox.qsize() >= LONGEST_OUTBOX:
            self.dismiss(TOO_SLOW)
            return
        self._outbox.put_nowait(json.dumps({"t": kind} | content, ensure_ascii=False, separators=(",", ":")))

    def dismiss(self, code: int) -> None:
        """Close the line after what was said before."""
        self._outbox.put_nowait(code)

    async def deliver(self) -> None:
        """Send what is told until the guest is dismissed or the line breaks."""
        while not self._socket.closed:
            item = await self._outbox.get()
            if isinstance(item, int):
                await self._socket.close(code=item)
                return
            try:
                await self._socket.send_str(item)
            except ConnectionError:
                return


class Rooms:
    """All guests of this gateway."""

    def __init__(self) -> None:
        self._guests: dict[str, Guest] = {}
        self.stirred = asyncio.Event()
        self.deserted = asyncio.Event()
        self.deserted.set()

    def __len__(self) -> int:
        return len(self._guests)

    def __iter__(self) -> Iterator[Guest]:
        return iter(list(self._guests.values()))

    def enter(self, guest: Guest) -> None:
        """Let a page in; an earlier one of the same visit is told and closed."""
        earlier = self._guests.get(guest.patient.consultation_id)
        self._guests[guest.patient.consultation_id] = guest
        self.deserted.clear()
        if earlier is not None:
            earlier.dismiss(REPLACED if earlier.window == guest.window else ELSEWHERE)
        self.stir()

    def leave(self, guest: Guest) -> None:
        """The page has gone; a newer one of the same visit stays."""
        if self._guests.get(guest.patient.consultation_id) is guest:
            del self._guests[guest.patient.consultation_id]
        if not self._guests:
            self.deserted.set()

    def at(self, room_id: str) -> Guest | None:
        """Who is in a room."""
        return next((guest for guest in self._guests.values() if guest.patient.room_id == room_id), None)

    def stir(self) -> None:
        """Something is about to happen: look for signals at once, not after the idle pause."""
        self.stirred.set()
