"""A call at the doctor's desk with two real media processes and the shared table between them."""

import os
import signal
import time

import pytest
from sqlalchemy import make_url, select

from tcmdesk.core.db.database import Database
from tcmdesk.features.consultations.jobs.call import CallController
from tcmdesk.features.consultations.jobs.steps import Phase
from tcmdesk.features.consultations.models import VideoCallEvent, VideoConsultation
from tcmdesk.features.consultations.service import calls, leases, opening
from tcmdesk.media import protocol
from tcmdesk.media.client import MediaClient
from tcmdesk.media.protocol import Stream
from tests.support.cut_tcp import CutTcp
from tests.support.databases import ON_SERVERS
from tests.support.lossy_udp import Conditions, LossyUdp
from tests.support.platform_client import PlatformClient, wait_until
from tests.support.sql import sql_allowed

pytestmark = [pytest.mark.slow]


class Desk:
    """A doctor's workstation: a media process and a controller."""

    def __init__(self, online, database, room, *, holder="desk-1", force=False):
        self.online, self.room, self.states = online, room, []
        self.client = MediaClient(self._on_event)
        self.client.choose_devices(protocol.TEST_PATTERN, protocol.TEST_PATTERN, protocol.NO_DEVICE)
        self.client.start()
        lease = leases.take_lease(database, online.doctor, room.room_id, holder, force=force)
        setup = database.read(
            lambda connection: opening.call_setup(
                connection, online.doctor, room.room_id, now=database.clock.now()
            )
        )
        self.controller = CallController(
            database, online.doctor, setup, lease, self.client, on_change=self.states.append
        )

    def _on_event(self, event):
        controller = getattr(self, "controller", None)
        if controller is not None:
            controller.media_event(event)

    @property
    def phase(self):
        return self.controller.state.phase

    def call(self):
        self.controller.start()

    def sees_patient(self, seconds=20.0):
        self.client.frames(Stream.REMOTE).take()
        return wait_until(lambda: self.client.frames(Stream.REMOTE).take(), seconds)

    def close(self):
        self.controller.hang_up()
        self.client.close()


@pytest.fixture
def allowed():
    """Threads of the call speak to the database on their own."""
    with sql_allowed():
        yield


@pytest.fixture
def room(online):
    room = online.opened()
    online.patient_in(room)
    online.write(online.doctor, calls.admit, room.consultation_id)
    return room


@pytest.fixture
def desk(online, room, allowed):
    desk = Desk(online, online.database, room)
    yield desk
    desk.close()


def events(online):
    with online.database.reads.connect() as connection:
        return list(connection.execute(select(VideoCallEvent.event_type)).scalars())


def status(online, room):
    with online.database.reads.connect() as connection:
        return connection.execute(
            select(VideoConsultation.status).where(VideoConsultation.id == room.consultation_id)
        ).scalar_one()


def test_the_platforms_client_answers_the_doctor(online, room, desk, database_url):
    with PlatformClient(database_url, room) as patient:
        desk.call()
        patient.party.connected()
        wait_until(lambda: desk.phase is Phase.CONNECTED)
        assert desk.sees_patient().width >= 320
        patient.party.picture()
        wait_until(lambda: status(online, room) == "in_progress")
        desk.controller.hang_up()
    assert {"joined", "left"} <= set(events(online))


def test_the_platforms_client_offers(online, room, desk, database_url):
    with PlatformClient(database_url, room, offers=True) as patient:
        time.sleep(1.5)
        desk.call()
        patient.party.connected()
        wait_until(lambda: desk.phase is Phase.CONNECTED)


def test_both_offer_at_once(online, room, desk, database_url):
    with PlatformClient(database_url, room, offers=True) as patient:
        desk.call()
        patient.party.connected()
        wait_until(lambda: desk.phase is Phase.CONNECTED)


def test_a_media_process_that_is_killed_is_started_again_and_rejoins(online, room, desk, database_url):
    with PlatformClient(database_url, room) as patient:
        desk.call()
        wait_until(lambda: desk.phase is Phase.CONNECTED)
        patient.party.connected()
        killed = time.monotonic()
        os.kill(desk.client.pid, signal.SIGKILL)
        wait_until(lambda: desk.phase is Phase.RECONNECTING)
        wait_until(lambda: desk.phase is Phase.CONNECTED, 30.0)
        patient.party.connected(since=killed)
        assert desk.sees_patient()
    wait_until(lambda: {"disconnected", "reconnected"} <= set(events(online)))


def test_another_workstation_takes_the_call_over(online, room, desk, database_url, clock):
    second = Database(database_url, workstation="desk-2", clock=clock)
    with PlatformClient(database_url, room) as patient:
        desk.call()
        wait_until(lambda: desk.phase is Phase.CONNECTED)
        taken = time.monotonic()
        other = Desk(online, second, room, holder="desk-2", force=True)
        try:
            other.call()
            wait_until(lambda: desk.controller.state.taken_over)
            wait_until(lambda: other.phase is Phase.CONNECTED)
            patient.party.connected(since=taken)
            assert status(online, room) == "in_progress"
        finally:
            other.close()
            second.close()


@pytest.mark.parametrize("outage", [5.0, 30.0])
def test_a_line_that_drops_is_noticed_and_made_anew(online, room, desk, database_url, outage):
    if not online.database.embedded:
        pytest.skip("the database has no part in it; once is enough")
    with LossyUdp() as line, PlatformClient(database_url, room, rewrite=line.rewrite) as patient:
        desk.call()
        wait_until(lambda: desk.phase is Phase.CONNECTED)
        patient.party.connected()
        cut = time.monotonic()
        line.conditions, patient.away = Conditions(cut=True), True
        # as when a telephone changes from one network to another: only a new connection will do
        line.forget()
        wait_until(lambda: desk.phase is Phase.RECONNECTING, 6.0)
        assert time.monotonic() - cut <= 5.5
        time.sleep(max(0.0, cut + outage - time.monotonic()))
        back = time.monotonic()
        line.conditions, patient.away = Conditions(), False
        wait_until(lambda: desk.phase is Phase.CONNECTED, 15.0)
        patient.party.picture(since=back)
        assert time.monotonic() - back <= 8.0
    assert {"disconnected", "reconnected"} <= set(events(online))


@ON_SERVERS
def test_the_database_is_away_for_twenty_seconds_and_the_call_goes_on(
    online, room, allowed, database_url, clock
):
    address = make_url(database_url)
    with CutTcp(address.port) as line, PlatformClient(database_url, room) as patient:
        through = address.set(host="127.0.0.1", port=line.port).render_as_string(hide_password=False)
        database = Database(through, workstation="desk-3", clock=clock, give_up_seconds=1.0)
        desk = Desk(online, database, room)
        try:
            desk.call()
            wait_until(lambda: desk.phase is Phase.CONNECTED)
            patient.party.connected()
            line.cut()
            away = time.monotonic()
            wait_until(lambda: not desk.controller.state.signalling)
            while time.monotonic() - away < 20.0:
                time.sleep(0.5)
                assert desk.phase is Phase.CONNECTED
            line.mend()
            wait_until(lambda: desk.controller.state.signalling)
            patient.party.picture(since=time.monotonic())
            # signals pass again: a media process that dies is joined anew
            os.kill(desk.client.pid, signal.SIGKILL)
            wait_until(lambda: desk.phase is Phase.RECONNECTING)
            wait_until(lambda: desk.phase is Phase.CONNECTED, 30.0)
        finally:
            desk.close()
            database.close()
