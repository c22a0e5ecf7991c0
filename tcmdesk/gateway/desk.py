"""What patients ask of the clinic, away from the event loop: services run on worker threads, the loop awaits them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tcmdesk.core.actor import Anonymous, Patient, System
from tcmdesk.core.db.executor import Executor
from tcmdesk.core.errors import Unavailable
from tcmdesk.core.i18n import N_
from tcmdesk.features.consultations.service import events, ice, links, signals
from tcmdesk.features.consultations.service import patient as visits

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from tcmdesk.core.db.database import Database
    from tcmdesk.features.consultations.types import (
        CallEvent,
        LinkView,
        PatientView,
        RoomState,
        Signal,
        SignalType,
    )

T = TypeVar("T")

WORKSTATION: Final = "gateway"
GIVE_UP_SECONDS: Final = 4.0
"""A patient's press of a button waits so long for a database that is away; the page asks again by itself."""
LONGEST_QUEUE: Final = 200
_STRANGER: Final = Anonymous()
_GATEWAY: Final = System("gateway")


class Desk:
    """The consultations' service as coroutines.

    Every method raises `UserError` when the service refuses and `Unavailable` when the database is away, or when so
    much is waiting for it that one more would only make everyone wait longer.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._executor = Executor(embedded=database.embedded)
        self._waiting = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Do work that waits for the database."""
        if self._waiting >= LONGEST_QUEUE:
            raise Unavailable("gateway.busy", N_("Too much is going on. Try again in a moment."))
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self._executor.submit(work))
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Wait for what has begun, then close every connection."""
        self._executor.close()
        self.database.close()

    def _now(self) -> dt.datetime:
        return self.database.clock.now()

    async def look(self, link: str) -> LinkView:
        """What a link leads to, without using it up."""
        return await self.run(
            lambda: self.database.read(
                lambda connection: links.look_at_link(connection, _STRANGER, link, now=self._now())
            )
        )

    async def redeem(self, link: str, credential: str) -> Patient:
        """Use a link up; the credential opens the visit from then on."""
        return await self.run(
            lambda: self.database.write(
                _STRANGER,
                "consultations:link:redeem",
                lambda unit: links.redeem_link(unit, _STRANGER, link, credential),
            )
        )

    async def patient_of(self, credential: str) -> Patient:
        """Whose visit a credential opens."""
        return await self.run(
            lambda: self.database.read(
                lambda connection: links.patient_of(connection, _STRANGER, credential, now=self._now())
            )
        )

    async def view(self, patient: Patient) -> PatientView:
        """What the patient may see of the visit."""
        return await self.run(lambda: self.database.read(lambda connection: visits.view(connection, patient)))

    async def confirm_identity(self, patient: Patient, name: str, birthday: dt.date) -> None:
        await self._write(
            patient,
            "consultations:identity:confirm",
            lambda unit: visits.confirm_identity(unit, patient, name, birthday),
        )

    async def consent(self, patient: Patient, version: str) -> None:
        await self._write(
            patient, "consultations:consent:give", lambda unit: visits.consent(unit, patient, version)
        )

    async def wait(self, patient: Patient) -> None:
        """Enter the waiting room, or come back to one's place."""
        await self._write(patient, "consultations:room:enter", lambda unit: visits.wait(unit, patient))

    async def leave(self, patient: Patient) -> None:
        await self._write(patient, "consultations:room:leave", lambda unit: visits.leave(unit, patient))

    async def rate(self, patient: Patient, stars: int, comment: str) -> None:
        await self._write(
            patient, "consultations:visit:rate", lambda unit: visits.rate(unit, patient, stars, comment)
        )

    async def _write(self, patient: Patient, action: str, work: Callable[[Any], None]) -> None:
        await self.run(lambda: self.database.write(patient, action, work, subject=patient.consultation_id))

    async def ice_servers(self, patient: Patient) -> Sequence[Mapping[str, Any]]:
        """`RTCIceServer` objects with credentials that expire."""
        return await self.run(
            lambda: self.database.read(
                lambda connection: ice.ice_servers(connection, patient, patient.room_id, now=self._now())
            )
        )

    async def post(self, patient: Patient, kind: SignalType, payload: Mapping[str, Any]) -> None:
        """Leave a signal for the doctor."""
        await self.run(lambda: signals.post_signal(self.database, patient, patient.room_id, kind, payload))

    async def log(self, patient: Patient, event: CallEvent, address: str, agent: str) -> None:
        """Keep that something happened in the call."""
        await self.run(
            lambda: events.log_event(
                self.database, patient, patient.room_id, event, ip=address or None, agent=agent or None
            )
        )

    async def unread(self, readers: Mapping[str, str]) -> Mapping[str, Sequence[Signal]]:
        """Signals of all rooms (`room_id` to the reader's `users.id`), by room."""
        return await self.run(lambda: signals.unread(self.database, _GATEWAY, readers))

    async def delivered(self, signal_ids: Sequence[str]) -> None:
        """These have reached their browser."""
        await self.run(lambda: signals.mark_delivered(self.database, _GATEWAY, signal_ids))

    async def states(self, consultation_ids: Sequence[str]) -> Mapping[str, RoomState]:
        """Status and place of many visits."""
        return await self.run(
            lambda: self.database.read(
                lambda connection: visits.states(connection, _GATEWAY, consultation_ids)
            )
        )

    async def still_here(self, consultation_ids: Sequence[str]) -> None:
        """These patients' pages are open."""
        await self.run(lambda: visits.still_here(self.database, _GATEWAY, consultation_ids))
