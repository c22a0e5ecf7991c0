"""A whole visit in a real browser, against a doctor's side of aiortc."""

import pytest

from tcmdesk.features.consultations.types import SignalType
from tests.support.doctor_peer import DoctorPeer
from tests.support.video_visits import (
    agree,
    both_see_and_hear,
    check_devices,
    identify,
    until,
    walk_to_waiting_room,
)

pytestmark = pytest.mark.slow


async def test_from_the_link_to_the_rating(visit, gateway, page):
    await page.open(f"{gateway}/#{visit.link}")
    await identify(page)
    await agree(page)
    assert await page.evaluate("location.hash") == "", "the link stays in no history"
    await check_devices(page)
    await page.step("waiting")
    await page.wait_for("document.querySelector('#place')?.textContent === 'You are next'")

    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await page.step("call")
        await both_see_and_hear(page, doctor)
        assert "陈景和" in await page.text()
        await page.click("button[name=microphone]")
        await page.wait_for("document.querySelector('button[name=microphone]').ariaPressed === 'true'")
        await visit.complete()
        await page.step("rate")

    await page.click("#stars-4")
    await page.fill("#comment", "谢谢")
    await page.click("button.primary")
    await page.step("thanks")
    row = await visit.row()
    assert (row.patient_rating, row.patient_feedback) == (4, "谢谢")
    assert "mic_off" in await visit.events()


async def test_the_patient_offers_when_the_doctor_does_not(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room, offers=False) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
    offers = [generation for kind, generation in doctor.kinds if kind == "offer"]
    assert offers[0] % 2 == 1, "a patient's generations are odd"


async def test_the_doctor_offers_and_no_offers_meet(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
    assert "offer" not in {kind for kind, _ in doctor.kinds}
    assert doctor.connected[0] % 2 == 0


async def test_a_newer_attempt_takes_over_without_a_gap(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
        newer = await doctor.offer()
        await until(lambda: newer in doctor.connected)
        await both_see_and_hear(page, doctor)
    assert await page.evaluate("document.body.dataset.step") == "call"


async def test_candidates_come_one_by_one(visit, gateway, page):
    # none inside the description: all have to trickle
    await page.before_scripts(
        """
        const described = Object.getOwnPropertyDescriptor(RTCPeerConnection.prototype, "localDescription");
        Object.defineProperty(RTCPeerConnection.prototype, "localDescription", { get() {
          const whole = described.get.call(this);
          const sdp = whole.sdp.replace(/^a=(candidate|end-of-candidates).*\\r\\n/gm, "");
          return whole && { type: whole.type, sdp };
        } });
        const set = RTCPeerConnection.prototype.setLocalDescription;
        RTCPeerConnection.prototype.setLocalDescription = async function (description) {
          const late = [];
          const tell = this.onicecandidate;
          this.onicecandidate = (event) => late.push(event);
          await set.call(this, description);
          setTimeout(() => { this.onicecandidate = tell; for (const event of late) tell?.(event); }, 300);
        };
        """
    )
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
    kinds = [kind for kind, _ in doctor.kinds]
    assert kinds.index("answer") < kinds.index("ice_candidate")


async def test_reload_comes_back_into_the_call(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
        before = max(doctor.connected)
        await page.send("Page.reload")
        await check_devices(page)
        await page.step("call")
        await until(lambda: max(doctor.connected) > before)
        await both_see_and_hear(page, doctor)


async def test_a_malformed_signal_costs_nothing(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
        await doctor.post(SignalType.OFFER, {"sdp": "v=0\r\nnothing of a session\r\n", "generation": 900})
        await doctor.post(
            SignalType.CANDIDATE,
            {"candidate": "candidate:rubbish", "sdp_mid": "0", "sdp_mline_index": 0, "generation": 2},
        )
        await both_see_and_hear(page, doctor)


async def test_hanging_up_leads_back_to_the_waiting_room(visit, gateway, page):
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
        await page.click(".control.end")
        await page.step("left")
        await page.click("button.primary")
        await check_devices(page)
        await page.step("waiting")
        await visit.admit()
        await both_see_and_hear(page, doctor)
