"""A video visit that is open now, on the real clock, with a link that nobody has used; and a patient at its page."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.features.consultations.models import VideoCallEvent, VideoConsultation
from tcmdesk.features.consultations.service import calls, ending, links
from tcmdesk.features.consultations.types import Outcome
from tests.factories.clinic import NOW
from tests.factories.video import online_clinic
from tests.support.sql import sql_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.consultations.types import Room
    from tests.factories.video import OnlineClinic
    from tests.support.chromium import Page
    from tests.support.doctor_peer import DoctorPeer

NAME, BIRTHDAY = "沈若兰", "19840301"
PICTURE = "Boolean(document.querySelector('.remote')?.videoWidth)"
FRAMES = "document.querySelector('.remote')?.getVideoPlaybackQuality().totalVideoFrames || 0"


@dataclass
class VideoVisit:
    """What a test does on the clinic's side; its methods wait on a worker thread."""

    url: str
    clinic: OnlineClinic
    room: Room
    link: str

    async def write(self, work: Any, *arguments: Any, **options: Any) -> Any:
        """Run a service function as the doctor."""
        doctor = self.clinic.doctor
        return await asyncio.to_thread(self.clinic.write, doctor, work, *arguments, **options)

    async def new_link(self) -> str:
        return (await self.write(links.issue_link, self.room.consultation_id)).token

    async def admit(self) -> None:
        await self.write(calls.admit, self.room.consultation_id)

    async def complete(self) -> None:
        """End the visit as the doctor does."""
        for work in (calls.begin, calls.check_identity):
            await self.write(work, self.room.consultation_id)
        await self.write(ending.complete, self.room.consultation_id, Outcome("眩晕", "静养"))

    async def row(self) -> Any:
        """The visit's row as the platform sees it."""

        def read(connection: Any) -> Any:
            wanted = VideoConsultation.id == self.room.consultation_id
            return connection.execute(select(VideoConsultation.__table__).where(wanted)).one()

        return await asyncio.to_thread(self.clinic.database.read, read)

    async def events(self) -> list[str]:
        """What the clinic has kept about the call."""

        def read(connection: Any) -> list[str]:
            wanted = VideoCallEvent.consultation_id == self.room.consultation_id
            return list(connection.execute(select(VideoCallEvent.event_type).where(wanted)).scalars())

        return await asyncio.to_thread(self.clinic.database.read, read)


def open_visit(url: str) -> VideoVisit:
    """Write the clinic and open its visit; the booking was made on the sample day, all else happens now."""
    with sql_allowed():
        past = Database(url, workstation="desk-1", clock=FixedClock(NOW))
        made = online_clinic(past)
        past.close()
        clinic = replace(made, database=Database(url, workstation="desk-2"))
        room = clinic.opened()
        link = clinic.write(clinic.doctor, links.issue_link, room.consultation_id)
    return VideoVisit(url, clinic, room, link.token)


async def identify(page: Page) -> None:
    """Say who it is."""
    await page.step("identity")
    await page.fill("#name", NAME)
    await page.fill("#birthday", BIRTHDAY)
    await page.click("button.primary")


async def agree(page: Page) -> None:
    await page.step("consent")
    await page.click("#agree")
    await page.click("button.primary")


async def check_devices(page: Page) -> None:
    """Until the own picture moves, then on to the waiting room."""
    await page.step("devices")
    await page.wait_for("Boolean(document.querySelector('button.primary'))")
    if not await page.evaluate("Boolean(document.querySelector('video'))"):
        await page.click("button.primary")
    await page.wait_for("Boolean(document.querySelector('video')?.videoWidth)")
    await page.click("button.primary")


async def walk_to_waiting_room(page: Page, address: str, link: str) -> None:
    """Everything from opening the link to waiting."""
    await page.open(f"{address}/#{link}")
    await identify(page)
    await agree(page)
    await check_devices(page)
    await page.step("waiting")
    await page.wait_for("Boolean(document.querySelector('#place')?.textContent)")


async def picture_moves(page: Page, seconds: float = 40.0) -> None:
    """Until at least ten more frames of the doctor are shown than now."""
    await page.wait_for(PICTURE, seconds)
    count = await page.evaluate(FRAMES)
    await page.wait_for(f"({FRAMES}) >= {count} + 10", seconds)


async def until(condition: Callable[[], bool], seconds: float = 40.0) -> None:
    """Until a condition of this process is true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true"
        await asyncio.sleep(0.05)


async def both_see_and_hear(page: Page, doctor: DoctorPeer, seconds: float = 40.0) -> None:
    """Until fresh pictures and sound have arrived on both sides."""
    await picture_moves(page, seconds)
    video, audio = doctor.heard.video, doctor.heard.audio
    await until(lambda: doctor.heard.video >= video + 10 and doctor.heard.audio >= audio + 25, seconds)
