"""What goes away and comes back: the gateway, the patient's line, the database."""

import asyncio
import signal
import time

import pytest

from tests.support import gateways
from tests.support.doctor_desk import doctor_desk
from tests.support.doctor_peer import DoctorPeer
from tests.support.lines import Line
from tests.support.video_visits import (
    both_see_and_hear,
    open_visit,
    picture_moves,
    until,
    walk_to_waiting_room,
)
from tools.servers.flavours import MARIADB
from tools.servers.server import Server

pytestmark = pytest.mark.slow

PLACE = "document.querySelector('#place')?.textContent"


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["restarted", "killed"])
async def test_a_waiting_patient_keeps_the_place(visit, page, tmp_path, end):
    async with gateways.as_process(visit.url, tmp_path) as gateway:
        await walk_to_waiting_room(page, gateway.address, visit.link)
        assert await page.evaluate(PLACE) == "You are next"
        await gateway.end(end)
        await page.wait_for("document.body.innerText.includes('Your place is kept')")
        await gateway.start()
        await page.wait_for("document.querySelector('#notice').hidden")
        assert await page.evaluate(PLACE) == "You are next"
        await visit.admit()
        await page.step("call")


async def test_the_end_is_orderly(visit, page, tmp_path):
    async with gateways.as_process(visit.url, tmp_path) as gateway:
        await walk_to_waiting_room(page, gateway.address, visit.link)
        assert await gateway.end(signal.SIGTERM) == 0


async def test_a_call_outlives_the_gateway(visit, page, tmp_path):
    async with gateways.as_process(visit.url, tmp_path) as gateway:
        await walk_to_waiting_room(page, gateway.address, visit.link)
        async with DoctorPeer(visit.clinic, visit.room) as doctor:
            await visit.admit()
            await both_see_and_hear(page, doctor)
            connected = list(doctor.connected)
            await gateway.end(signal.SIGKILL)
            await both_see_and_hear(page, doctor)
            await gateway.start()
            await page.wait_for("document.querySelector('#notice').hidden")
            await both_see_and_hear(page, doctor)
            assert doctor.connected == connected, "the connection of before still stands"
            await visit.complete()
            await page.step("rate")


async def test_the_picture_comes_back_with_the_line(visit, browser):
    async with gateways.in_process(visit.url) as (gateway, address), Line(gateway, address) as line:
        page = await browser.page()
        await page.language("en-US")
        await walk_to_waiting_room(page, line.address, visit.link)
        async with doctor_desk(visit) as desk:
            await visit.admit()
            await asyncio.to_thread(desk.call)
            await until(lambda: desk.pictures > 10)
            await picture_moves(page)
            line.go_down()
            await page.wait_for("document.body.innerText.includes('The line broke')", 6.0)
            await until(lambda: not desk.connected, 6.0)
            await asyncio.sleep(3)
            line.come_back()
            back = time.monotonic()
            await until(lambda: desk.last_picture > back, 20.0)
            await picture_moves(page, 20.0)
            await until(lambda: desk.connected)
            # the browser may still hold connections that the outage has killed
            await visit.complete()
            await page.step("rate", 12.0)
        assert "reconnected" in await visit.events()
        assert page.faults == []


async def test_the_database_is_away_for_twenty_seconds_during_a_call(page):
    with Server(MARIADB, durable=True) as server:
        with_tables = await asyncio.to_thread(_with_tables, server)
        visit = await asyncio.to_thread(open_visit, with_tables)
        try:
            async with gateways.in_process(visit.url) as (_, address):
                await walk_to_waiting_room(page, address, visit.link)
                async with DoctorPeer(visit.clinic, visit.room) as doctor:
                    await visit.admit()
                    await both_see_and_hear(page, doctor)
                    await asyncio.to_thread(server.kill)
                    gone = time.monotonic()
                    await page.wait_for("document.body.innerText.includes('The call goes on')")
                    while time.monotonic() < gone + 20:
                        await picture_moves(page, 5.0)
                        await asyncio.sleep(1)
                    await asyncio.to_thread(server.start)
                    await page.wait_for("document.querySelector('#notice').hidden")
                    await both_see_and_hear(page, doctor)
                    assert len(doctor.connected) == 1, "no new connection was needed"
                    await visit.complete()
                    await page.step("rate")
        finally:
            visit.clinic.database.close()


def _with_tables(server):
    from sqlalchemy import NullPool, create_engine, text

    from tcmdesk.core.db.schema.upgrade import upgrade
    from tests.support.sql import sql_allowed

    with sql_allowed():
        engine = create_engine(server.url(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE tcmdesk_video CHARACTER SET utf8mb4"))
        engine.dispose()
        upgrade(server.url("tcmdesk_video"), create_contract=True, report=lambda _line: None)
    return server.url("tcmdesk_video")
