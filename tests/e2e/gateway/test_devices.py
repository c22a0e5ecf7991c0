"""Cameras and microphones that are refused, missing, taken or unplugged."""

import pytest

from tests.support.chromium import Chromium
from tests.support.doctor_peer import DoctorPeer
from tests.support.video_visits import agree, both_see_and_hear, identify, until, walk_to_waiting_room

pytestmark = pytest.mark.slow

FAIL = """
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  if (window.mended || !(%s)) return open(wanted);
  throw new DOMException("", "%s");
};
"""


async def to_devices(page, gateway, visit):
    await page.open(f"{gateway}/#{visit.link}")
    await identify(page)
    await agree(page)


async def trouble(page):
    await page.step("devices")
    await page.wait_for("Boolean(document.querySelector('button.primary'))")
    await page.click("button.primary")
    await page.step("trouble")
    return await page.text()


async def test_a_refused_permission_says_where_to_give_it(visit, gateway):
    async with Chromium() as browser:
        page = await browser.page()
        await page.language("en-US")
        for name in ("videoCapture", "audioCapture"):
            await browser.send(
                "Browser.setPermission",
                {
                    "permission": {"name": "camera" if name == "videoCapture" else "microphone"},
                    "setting": "denied",
                },
            )
        await to_devices(page, gateway, visit)
        text = await trouble(page)
        assert "This page may not use camera and microphone" in text
        assert "lock or camera sign" in text


async def test_a_taken_camera_can_be_tried_again(visit, gateway, page):
    await page.before_scripts(FAIL % ("wanted.video", "NotReadableError"))
    await to_devices(page, gateway, visit)
    # the fake devices are allowed, so that the check begins by itself
    await page.step("trouble")
    assert "Another program is using" in await page.text()
    await page.evaluate("window.mended = true")
    await page.click("button.primary")
    await page.step("devices")


async def test_without_a_camera_voice_is_enough(visit, gateway, page):
    await page.before_scripts(FAIL % ("wanted.video", "NotFoundError"))
    await to_devices(page, gateway, visit)
    await page.step("trouble")
    assert "There is no camera" in await page.text()
    await page.click("button.plain")
    await page.step("devices")
    await page.click("button.primary")
    await page.step("waiting")
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await until(lambda: doctor.heard.audio > 50)
        await page.wait_for("Boolean(document.querySelector('.remote')?.videoWidth)")
    assert doctor.heard.video == 0


async def test_an_unplugged_camera_gives_way_to_another(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
        await page.evaluate(
            "(() => { const track = document.querySelector('.own').srcObject.getVideoTracks()[0];"
            " track.stop(); track.dispatchEvent(new Event('ended')); })()"
        )
        await page.wait_for("document.body.innerText.includes('was unplugged')")
        await both_see_and_hear(page, doctor)
