"""The patient's side of `bench call`: a real Chromium at the gateway's page, a real media process at the doctor's desk.

`measure(runs)` is what the benchmark of calls asks for. Each sample is a visit or an outage of its own; the arms take
turns. "Back" is when both sides have shown a picture that was sent after the line had returned.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp
import psutil
from sqlalchemy import insert

from tcmdesk.core.db.database import Database
from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.models import DeskVideoSession, DeskVideoVisit, VideoConsultation
from tcmdesk.features.consultations.service._tokens import hash_of
from tcmdesk.features.consultations.types import CONSENT_VERSION
from tests.benchmarks.harness import Measurement, at_least, at_most, say
from tests.support import chromium, gateways
from tests.support.doctor_desk import DoctorDesk, doctor_desk
from tests.support.lines import Line
from tests.support.video_visits import (
    FRAMES,
    VideoVisit,
    open_visit,
    picture_moves,
    until,
    walk_to_waiting_room,
)
from tools.servers.flavours import MYSQL
from tools.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.benchmarks.harness import Figure
    from tests.support.chromium import Chromium, Page

ROOMS: Final = 100
IDLE_SECONDS: Final = 8.0
OUTAGES: Final = {"5 s": 5.0, "30 s": 30.0}
SETTLE_SECONDS: Final = 8.0
WINDOW_SECONDS: Final = 6.0
LOSS: Final = 0.1


class Session:
    """One browser and one server for all samples."""

    def __init__(self, browser: Chromium, server: Server, folder: Path) -> None:
        self.browser, self.server, self.folder = browser, server, folder
        self._template = folder / f"{uuid7()}-template.db"
        upgrade(f"sqlite:///{self._template}", create_contract=True, report=lambda _line: None)

    @contextlib.asynccontextmanager
    async def waiting(self) -> AsyncIterator[tuple[VideoVisit, Page, Line, DoctorDesk]]:
        """A patient in the waiting room of a new clinic, and the doctor's desk ready to call."""
        url = f"sqlite:///{shutil.copy(self._template, self.folder / f'{uuid7()}.db')}"
        visit = await asyncio.to_thread(open_visit, url)
        page = await self.browser.page(context=await self.browser.stranger())
        try:
            async with gateways.in_process(url) as (gateway, address), Line(gateway, address) as line:
                await walk_to_waiting_room(page, line.address, visit.link)
                async with doctor_desk(visit) as desk:
                    yield visit, page, line, desk
        finally:
            await page.close()
            visit.clinic.database.close()


async def _first_picture(session: Session) -> float:
    """Seconds from the doctor's press of "Call" to the first picture on both sides."""
    async with session.waiting() as (visit, page, _line, desk):
        pressed = time.monotonic()
        await visit.admit()
        await asyncio.to_thread(desk.call)
        await asyncio.gather(_shown(page, 0), until(lambda: desk.pictures > 0))
        return time.monotonic() - pressed


async def _in_call(visit: VideoVisit, page: Page, desk: DoctorDesk) -> None:
    await visit.admit()
    await asyncio.to_thread(desk.call)
    await picture_moves(page)
    await until(lambda: desk.connected and desk.pictures > 20)


async def _shown(page: Page, count: int) -> None:
    """Until the page has decoded more pictures than `count` in the element that is shown now."""
    await page.wait_for(f"({FRAMES}) > {count}")


async def _back(session: Session, seconds_down: float) -> float:
    """Seconds from the line's return to pictures on both sides."""
    async with session.waiting() as (visit, page, line, desk):
        await _in_call(visit, page, desk)
        line.go_down()
        await asyncio.sleep(seconds_down)
        # a fresh connection begins to count at nought, the old one would go on
        await page.evaluate("window.before = document.querySelector('.remote').srcObject")
        count = await page.evaluate(FRAMES)
        line.come_back()
        returned = time.monotonic()
        fresh = f"document.querySelector('.remote').srcObject !== window.before ? ({FRAMES}) > 0 : ({FRAMES}) > {count}"
        await asyncio.gather(page.wait_for(fresh, 30.0), until(lambda: desk.last_picture > returned, 30.0))
        return time.monotonic() - returned


def _busy_picture(path: Path) -> Path:
    """A second of 640x480 that no encoder makes small: Chromium's own fake camera is a flat ground, 0.5 Mb/s at its best.

    YUV4MPEG2, 4:2:0; a grey ground with grain, another in every frame.
    """
    ramp = bytes(64 + number // 2 for number in range(256))
    with path.open("wb") as file:
        file.write(b"YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420jpeg\n")
        for _ in range(30):
            file.write(b"FRAME\n" + os.urandom(640 * 480).translate(ramp) + b"\x80" * (640 * 480 // 2))
    return path


async def _uplink(session: Session, loss: float) -> float:
    """Megabits a second that come from Chromium, once the call has settled."""
    async with session.waiting() as (visit, page, line, desk):
        await _in_call(visit, page, desk)
        await asyncio.sleep(SETTLE_SECONDS)
        line.udp.conditions.loss = loss
        if loss:
            await asyncio.sleep(SETTLE_SECONDS)
        since = time.monotonic()
        await asyncio.sleep(WINDOW_SECONDS)
        return statistics.median(one.kbps_in for at, one in desk.stats if at >= since) / 1000


async def _idle(session: Session) -> float:
    """Share of a core that a gateway takes for a hundred patients who wait."""
    name = f"tcmdesk_idle_{secrets.token_hex(4)}"
    url = await asyncio.to_thread(_new_database, session.server, name)
    visit = await asyncio.to_thread(open_visit, url)
    cookies = await asyncio.to_thread(_crowd, visit)
    try:
        async with gateways.as_process(url, session.folder) as gateway, aiohttp.ClientSession() as http:
            headers = {"Origin": gateway.address}
            pages = [
                await http.ws_connect(
                    f"{gateway.address}/ws?window=w", headers=headers | {"Cookie": f"visit={cookie}"}
                )
                for cookie in cookies
            ]
            for page in pages:
                assert (await page.receive_json())["t"] == "state"
            await asyncio.sleep(3)
            process = psutil.Process(gateway.pid)
            before, begun = sum(process.cpu_times()[:2]), time.monotonic()
            await asyncio.sleep(IDLE_SECONDS)
            return (sum(process.cpu_times()[:2]) - before) / (time.monotonic() - begun)
    finally:
        visit.clinic.database.close()


def _new_database(server: Server, name: str) -> str:
    administration = Database(server.url("mysql"), workstation="bench")
    administration.read(lambda connection: connection.exec_driver_sql(f"CREATE DATABASE {name}"))
    administration.close()
    upgrade(server.url(name), create_contract=True, report=lambda _line: None)
    return server.url(name)


def _crowd(visit: VideoVisit) -> list[str]:
    """A hundred visits whose patients have been let to the waiting room; their cookies."""
    database = visit.clinic.database
    now = database.clock.now()
    row = database.read(
        lambda connection: connection.execute(VideoConsultation.__table__.select()).mappings().one()
    )
    cookies = [secrets.token_urlsafe(32) for _ in range(ROOMS)]
    with database.writes.begin() as connection:
        for cookie in cookies:
            visit_id = uuid7()
            fresh = {"id": visit_id, "room_id": f"room_{secrets.token_hex(16)}"}
            connection.execute(insert(VideoConsultation.__table__).values({**row, **fresh}))
            connection.execute(
                insert(DeskVideoVisit).values(
                    consultation_id=visit_id,
                    consent_version=CONSENT_VERSION,
                    consented_at=now,
                    identity_stated_at=now,
                )
            )
            connection.execute(
                insert(DeskVideoSession).values(
                    id=uuid7(), consultation_id=visit_id, link_id=uuid7(), user_id=row["patient_id"],
                    token_hash=hash_of(cookie), opened_at=now, expires_at=now.replace(year=now.year + 1),
                )
            )  # fmt: skip
    return cookies


async def _turns(
    name: str, unit: str, arms: dict[str, Callable[[], Awaitable[float]]], runs: int, *, warm_up: int = 1
) -> Measurement:
    """`harness.take_turns` for coroutines."""
    for _ in range(warm_up):
        await next(iter(arms.values()))()
    order: list[str] = []
    samples: dict[str, list[float]] = {arm: [] for arm in arms}
    for turn in range(runs):
        for arm, sample in arms.items():
            value = await sample()
            order.append(arm)
            samples[arm].append(value)
            say(f"{name}: {turn + 1}/{runs} {arm} {value:.3g} {unit}")
    return Measurement(name, unit, tuple(order), {arm: tuple(values) for arm, values in samples.items()})


async def _measure(runs: int, only: str | None) -> tuple[list[Figure], list[Measurement]]:
    figures: list[Figure] = []
    measurements: list[Measurement] = []

    async def take(
        name: str, unit: str, arms: dict[str, Callable[[], Awaitable[float]]], warm_up: int = 0
    ) -> Measurement:
        measurements.append(await _turns(name, unit, arms, runs, warm_up=warm_up))
        return measurements[-1]

    with tempfile.TemporaryDirectory() as name, Server(MYSQL) as server:
        folder = Path(name)
        camera = f"--use-file-for-fake-video-capture={_busy_picture(folder / 'camera.y4m')}"
        async with chromium.browser() as browser, chromium.browser(camera) as busy:
            session, loud = Session(browser, server, folder), Session(busy, server, folder)
            if only in {None, "first"}:
                first = await take("first picture", "s", {"call": lambda: _first_picture(session)}, 1)
                figures.append(
                    first.absolute('"call" to the first picture on both sides', "call", at_most(1.5))
                )
            if only in {None, "back"}:
                back = await take(
                    "picture back", "s", {arm: _sample_of(session, down) for arm, down in OUTAGES.items()}
                )
                figures += [
                    back.absolute(f"picture back after an outage of {arm}", arm, at_most(1.5))
                    for arm in OUTAGES
                ]
            if only in {None, "uplink"}:
                arms = {"clear": lambda: _uplink(loud, 0.0), "10 % loss": lambda: _uplink(loud, LOSS)}
                up = await take("Chromium's uplink", "Mb/s", arms)
                figures.append(up.absolute("Chromium's uplink", "clear", at_least(1.2)))
                figures.append(
                    up.ratio("Chromium's uplink, 10 % loss to clear", "10 % loss", "clear", at_most(0.8))
                )
            if only in {None, "idle"}:
                idle = await take("idle rooms", "cores", {"100 rooms": lambda: _idle(session)})
                figures.append(idle.absolute("100 idle waiting rooms", "100 rooms", at_most(0.1)))
    return figures, measurements


def _sample_of(session: Session, seconds_down: float) -> Callable[[], Awaitable[float]]:
    return lambda: _back(session, seconds_down)


def measure(runs: int, only: str | None = None) -> tuple[list[Figure], list[Measurement]]:
    """All figures of the gateway; `only` is one of ``first``, ``back``, ``uplink``, ``idle``."""
    from tests.support.doctor_peer import loopback

    with loopback():
        return asyncio.run(_measure(runs, only))
