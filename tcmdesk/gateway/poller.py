"""The bridge from the tables to the browsers: one loop for all rooms.

Three statements, whatever the number of rooms: where the visits stand, every 200 ms while somebody waits to be let in; the
signals of those who are let in, every 200 ms while one of them connects and every second otherwise; a sign of life every
15 s. A page that enters or speaks wakes the loop. Figures: docs/decisions/gateway.md.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import TranslatableError
from tcmdesk.core.incidents import number_of
from tcmdesk.gateway.rooms import OVER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tcmdesk.features.consultations.types import RoomState
    from tcmdesk.gateway.desk import Desk
    from tcmdesk.gateway.rooms import Guest, Rooms

log = logging.getLogger(__name__)

SOON: Final = 0.2
CALM: Final = 1.0
SIGN_OF_LIFE: Final = 15.0
AWAY: Final = 1.0
"""Seconds between attempts while the database is away."""


class Poller:
    """Tells guests what the tables say.

    Args:
        on_admitted: what to do when the doctor lets a guest in, before the guest hears of it.
    """

    def __init__(self, desk: Desk, rooms: Rooms, *, on_admitted: Callable[[Guest], Awaitable[None]]) -> None:
        self._desk = desk
        self._rooms = rooms
        self._on_admitted = on_admitted
        self._states_at = 0.0
        self._alive_at = 0.0
        self.away = False

    async def run(self) -> None:
        """Until cancelled. A fault of one round is written down and does not end the bridge."""
        while True:
            if not len(self._rooms):
                self._rooms.stirred.clear()
                await self._rooms.stirred.wait()
            try:
                await self._round()
                self.report(away=False)
            except TranslatableError:
                self.report(away=True)
                await asyncio.sleep(AWAY)
            except Exception as error:  # noqa: BLE001  (one fault must not leave every patient unheard)
                number_of(error)
                await asyncio.sleep(AWAY)
            await self._pause()

    async def _pause(self) -> None:
        self._rooms.stirred.clear()
        try:
            await asyncio.wait_for(self._rooms.stirred.wait(), self._interval())
        except TimeoutError:
            return
        # a burst of candidates stirs with each; two looks less than this apart find the same
        await asyncio.sleep(SOON / 4)

    def _interval(self) -> float:
        return CALM if all(guest.in_call for guest in self._rooms) else SOON

    async def _round(self) -> None:
        now = time.monotonic()
        somebody_waits = any(not _admitted(guest) for guest in self._rooms)
        # a little less than the pause, which is never exact
        if now - self._states_at >= (SOON if somebody_waits else CALM) * 0.9:
            self._states_at = now
            await self._tell_states()
        await self._hand_on_signals()
        if now - self._alive_at >= SIGN_OF_LIFE:
            self._alive_at = now
            await self._desk.still_here([guest.patient.consultation_id for guest in self._rooms])

    async def _hand_on_signals(self) -> None:
        readers = {guest.patient.room_id: guest.patient.user_id for guest in self._rooms if _admitted(guest)}
        found = await self._desk.unread(readers) if readers else {}
        handed_on = []
        for room_id, signals in found.items():
            guest = self._rooms.at(room_id)
            if guest is None:
                # gone meanwhile: the rows wait for whoever comes back
                continue
            for signal in signals:
                payload = {**signal.payload, "generation": signal.generation}
                guest.tell("signal", id=signal.signal_id, kind=signal.type, payload=payload)
                handed_on.append(signal.signal_id)
        if handed_on:
            await self._desk.delivered(handed_on)

    async def _tell_states(self) -> None:
        guests = list(self._rooms)
        states = await self._desk.states([guest.patient.consultation_id for guest in guests])
        for guest in guests:
            state = states.get(guest.patient.consultation_id)
            if not guest.placed:
                continue
            if state is None:
                guest.dismiss(OVER)
            elif state != guest.state:
                await self.tell_state(guest, state)

    async def tell_state(self, guest: Guest, state: RoomState) -> None:
        """Let a guest know where the visit stands; who is let in gets what a call needs first."""
        let_in = state.admitted and (guest.state is None or not guest.state.admitted)
        guest.state = state
        if let_in:
            await self._on_admitted(guest)
        guest.tell("state", status=state.status, admitted=state.admitted, position=state.position)

    def report(self, *, away: bool) -> None:
        """The database was reached, or was not; every guest hears of a change."""
        if away is self.away:
            return
        self.away = away
        log.info("gateway: database %s", "away" if away else "back")
        for guest in self._rooms:
            guest.tell("clinic", away=away)


def _admitted(guest: Guest) -> bool:
    """Whether signals can be for the guest; nobody may send any before."""
    return guest.state is not None and guest.state.admitted
