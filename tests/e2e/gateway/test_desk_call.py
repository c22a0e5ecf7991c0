"""A browser and a doctor's workstation: the real media process, the real controller, the real table between them."""

import asyncio
import os
import signal
import time

import pytest

from tests.support.doctor_desk import doctor_desk
from tests.support.video_visits import picture_moves, until, walk_to_waiting_room

pytestmark = pytest.mark.slow


async def in_call(visit, page, desk):
    await visit.admit()
    await asyncio.to_thread(desk.call)
    await picture_moves(page)
    await until(lambda: desk.connected and desk.pictures > 20)


async def test_both_see_each_other_until_the_doctor_ends_the_visit(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with doctor_desk(visit) as desk:
        await in_call(visit, page, desk)
        await visit.complete()
        await page.step("rate")
    assert {"joined", "left"} <= set(await visit.events())


async def test_a_doctor_without_a_picture_is_told_from_a_black_one(visit, gateway, page):
    words = "document.querySelector('.status:not([hidden])')?.textContent.startsWith('No picture from the doctor')"
    await walk_to_waiting_room(page, gateway, visit.link)
    async with doctor_desk(visit) as desk:
        await in_call(visit, page, desk)
        assert not await page.evaluate(words)
        desk.client.audio_only(True)
        await page.wait_for(words, 15.0)
        desk.client.audio_only(False)
        await page.wait_for(f"!({words})", 15.0)
        await picture_moves(page)


async def test_a_media_process_that_is_killed_comes_back(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with doctor_desk(visit) as desk:
        await in_call(visit, page, desk)
        killed = time.monotonic()
        os.kill(desk.client.pid, signal.SIGKILL)
        await until(lambda: desk.last_picture > killed + 1, 30.0)
        await picture_moves(page, 30.0)


async def test_a_page_that_is_reloaded_comes_back(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with doctor_desk(visit) as desk:
        await in_call(visit, page, desk)
        await page.send("Page.reload")
        await page.wait_for("Boolean(document.querySelector('video.preview')?.videoWidth)")
        await page.click("button.primary")
        await page.step("call")
        back = time.monotonic()
        await picture_moves(page, 30.0)
        await until(lambda: desk.last_picture > back, 30.0)
