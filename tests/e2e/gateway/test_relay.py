"""A call in which neither side can reach the other but through a TURN server, with credentials that expire."""

import asyncio

import pytest

from tcmdesk.core.clock import SystemClock
from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.service import ice
from tcmdesk.features.settings.models import SystemConfig
from tests.support.doctor_peer import DoctorPeer
from tests.support.sql import sql_allowed
from tests.support.turn import SECRET, setting, turn_server
from tests.support.video_visits import both_see_and_hear, walk_to_waiting_room

pytestmark = pytest.mark.slow

RELAY_ONLY = """
const Plain = RTCPeerConnection;
window.RTCPeerConnection = class extends Plain {
  constructor(configuration) {
    super({ ...configuration, iceTransportPolicy: "relay" });
    (window.connections ??= []).push(this);
  }
};
"""
PAIR = """
(async () => {
  const report = await window.connections.at(-1).getStats();
  const pair = [...report.values()].find((one) => one.type === "candidate-pair" && one.nominated);
  return pair && report.get(pair.localCandidateId).candidateType;
})()
"""


def configure(visit, port, transport):
    values = {"ice_servers": setting(port, transport=transport), "turn_secret": SECRET}
    with sql_allowed():
        for key, value in values.items():
            visit.clinic.clinic.insert(
                SystemConfig.__table__, id=uuid7(), category="video_call", config_key=key, config_value=value,
                value_type="string",
            )  # fmt: skip


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_picture_and_sound_go_through_the_relay(visit, gateway, page, transport):
    async with turn_server() as port:
        configure(visit, port, transport)
        servers = await asyncio.to_thread(
            visit.clinic.read,
            visit.clinic.doctor,
            ice.ice_servers,
            visit.room.room_id,
            now=SystemClock().now(),
        )
        await page.before_scripts(RELAY_ONLY)
        await walk_to_waiting_room(page, gateway, visit.link)
        async with DoctorPeer(visit.clinic, visit.room, ice=servers, relay_only=True) as doctor:
            await visit.admit()
            await both_see_and_hear(page, doctor)
            assert await page.evaluate(PAIR) == "relay"


async def test_a_relay_that_is_down_does_not_stop_a_direct_call(visit, gateway, page):
    configure(visit, 9, "udp")
    await walk_to_waiting_room(page, gateway, visit.link)
    async with DoctorPeer(visit.clinic, visit.room) as doctor:
        await visit.admit()
        await both_see_and_hear(page, doctor)
