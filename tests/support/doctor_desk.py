"""A doctor's workstation without its window: the real media process and the real controller of a call."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from typing import TYPE_CHECKING, Any

from tcmdesk.features.consultations.jobs.call import CallController
from tcmdesk.features.consultations.jobs.negotiation import Phase
from tcmdesk.features.consultations.service import leases, opening
from tcmdesk.media import protocol
from tcmdesk.media.client import MediaClient
from tcmdesk.media.protocol import Ready, Stats, Stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.video_visits import VideoVisit

READY_SECONDS = 30.0


class DoctorDesk:
    """Counts the patient's pictures. `stats` are the media process's figures of each second, with their moment."""

    def __init__(self, visit: VideoVisit) -> None:
        self._visit = visit
        self._controller: CallController | None = None
        self.pictures = 0
        self.last_picture = 0.0
        self.width = 0
        self.phases: list[tuple[float, Phase]] = []
        self.ready = threading.Event()
        self.stats: list[tuple[float, Stats]] = []
        self.client = MediaClient(self._on_event, self._on_frame)
        self.client.choose_devices(protocol.TEST_PATTERN, protocol.TEST_PATTERN, protocol.NO_DEVICE)
        self.client.start()

    @property
    def connected(self) -> bool:
        return bool(self.phases) and self.phases[-1][1] is Phase.CONNECTED

    def _on_event(self, event: Any) -> None:
        if isinstance(event, Ready):
            self.ready.set()
        elif isinstance(event, Stats):
            self.stats.append((time.monotonic(), event))
        if self._controller is not None:
            self._controller.media_event(event)

    def _on_frame(self, stream: Stream) -> None:
        frame = self.client.frames(stream).take()
        # the picture before a camera opens is black and small
        if stream is Stream.REMOTE and frame is not None and frame.width >= 320:
            self.pictures += 1
            self.last_picture = time.monotonic()
            self.width = frame.width

    def call(self) -> None:
        """Take the room and begin, as pressing "Call" does once the patient is let in."""
        database, doctor = self._visit.clinic.database, self._visit.clinic.doctor
        room_id = self._visit.room.room_id
        lease = leases.take_lease(database, doctor, room_id, "desk-2")
        setup = database.read(
            lambda connection: opening.call_setup(connection, doctor, room_id, now=database.clock.now())
        )
        self._controller = CallController(
            database, doctor, setup, lease, self.client,
            on_change=lambda state: self.phases.append((time.monotonic(), state.phase)),
        )  # fmt: skip
        self._controller.start()

    def close(self) -> None:
        if self._controller is not None:
            self._controller.hang_up()
        self.client.close()


@contextlib.asynccontextmanager
async def doctor_desk(visit: VideoVisit) -> AsyncIterator[DoctorDesk]:
    """A desk whose media process is ready."""
    desk = await asyncio.to_thread(DoctorDesk, visit)
    try:
        assert await asyncio.to_thread(desk.ready.wait, READY_SECONDS), "the media process does not begin"
        yield desk
    finally:
        await asyncio.to_thread(desk.close)
