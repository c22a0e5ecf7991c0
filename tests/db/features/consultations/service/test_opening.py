"""A confirmed online appointment becomes a consultation, where the clinic may hold one."""

import datetime as dt
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select

from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Conflict, NotFound
from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.models import VideoConsultation
from tcmdesk.features.consultations.service import ending, licence, opening
from tcmdesk.features.consultations.types import VisitStatus
from tcmdesk.features.settings.models import SystemConfig
from tests.factories.clinic import DAY, NOW, ZONE
from tests.factories.video import LICENCE, online_clinic
from tests.support.databases import ON_SERVERS


def stored(online, room):
    with online.database.reads.connect() as connection:
        return connection.execute(
            select(VideoConsultation.__table__).where(VideoConsultation.id == room.consultation_id)
        ).one()


def test_a_confirmed_appointment_becomes_a_waiting_consultation(online):
    room = online.opened()
    row = stored(online, room)
    assert re.fullmatch(r"room_[0-9a-f]{32}", row.room_id)
    assert (row.status, row.patient_id, row.doctor_id) == (
        "waiting", online.patient_id, online.doctor.doctor_id,
    )  # fmt: skip
    assert row.scheduled_start_time.astimezone(ZONE).strftime("%H:%M") == "14:00"
    assert len(row.doctor_token) == len(row.patient_token) == 43
    assert row.doctor_token != row.patient_token


def test_opening_again_gives_the_same_room(online):
    assert online.opened() == online.opened()


def test_a_visit_that_is_over_can_be_opened_anew(online):
    first = online.opened()
    online.write(online.doctor, ending.cancel, first.consultation_id)
    second = online.opened()
    assert second.room_id != first.room_id
    assert online.visit().consultation_id == second.consultation_id


@ON_SERVERS
def test_two_desks_open_one_room(online, database_url, clock):
    other = Database(database_url, workstation="desk-2", clock=clock)
    try:

        def open_at(database):
            return database.write(
                online.doctor,
                "test:video:open",
                lambda uow: opening.open_visit(uow, online.doctor, online.appointment_id),
            )

        with ThreadPoolExecutor(2) as pool:
            rooms = set(pool.map(open_at, (online.database, other)))
    finally:
        other.close()
    assert len(rooms) == 1


def test_relays_get_credentials_that_expire(online):
    servers = [
        {"urls": ["stun:stun.example.test"]},
        {"urls": "turn:turn.example.test?transport=udp"},
        {"urls": ["turns:paid.example.test"], "username": "u", "credential": "p"},
    ]
    for key, value in (("ice_servers", json.dumps(servers)), ("turn_secret", "north")):
        with online.database.writes.begin() as connection:
            connection.execute(
                insert(SystemConfig).values(
                    id=uuid7(), category="video_call", config_key=key, config_value=value, value_type="json"
                )
            )
    room = online.opened()
    stun, turn, paid = stored(online, room).ice_servers
    assert stun == {"urls": ["stun:stun.example.test"]}
    expiry, _, user = turn["username"].partition(":")
    assert user == online.patient_id
    assert int(expiry) > NOW.timestamp()
    assert (paid["username"], paid["credential"]) == ("u", "p")
    setup = online.read(online.doctor, opening.call_setup, room.room_id, now=NOW)
    assert setup.ice_servers[1]["username"].endswith(online.doctor.user_id)
    assert "north" not in json.dumps(stored(online, room).ice_servers)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"switched_on": False}, "video.off"),
        ({"valid_until": DAY - dt.timedelta(days=1)}, "video.licence_over"),
    ],
)
def test_no_room_without_a_licence(online, change, code):
    from dataclasses import replace

    online.write(online.admin, licence.save_licence, replace(LICENCE, **change))
    with pytest.raises(Conflict) as refusal:
        online.opened()
    assert refusal.value.code == code


def test_no_room_where_nothing_was_ever_entered(database):
    with pytest.raises(Conflict) as refusal:
        online_clinic(database, licensed=False).opened()
    assert refusal.value.code == "video.off"


def test_no_room_for_a_doctor_who_is_not_entered(online):
    online.write(
        online.admin, licence.save_eligibility, online.doctor.doctor_id, eligible=False, registration=""
    )
    with pytest.raises(Conflict) as refusal:
        online.opened()
    assert refusal.value.code == "video.doctor"


@pytest.mark.parametrize(
    ("status", "code"), [("pending", "video.unconfirmed"), ("confirmed", "video.in_person")]
)
def test_only_confirmed_video_appointments(online, status, code):
    appointment_id = online.clinic.platform_booking(
        online.doctor.doctor_id, online.patient_id, "16:00", status=status
    )
    if status == "pending":
        from sqlalchemy import update

        from tcmdesk.features.appointments.models import Appointment

        with online.database.writes.begin() as connection:
            connection.execute(
                update(Appointment).where(Appointment.id == appointment_id).values(visit_type="online_video")
            )
    with pytest.raises(Conflict) as refusal:
        online.write(online.doctor, opening.open_visit, appointment_id)
    assert refusal.value.code == code


def test_an_appointment_that_is_gone(online):
    with pytest.raises(NotFound):
        online.write(online.doctor, opening.open_visit, uuid7())


def test_the_day_lists_opened_and_unopened(online):
    [visit] = online.read(online.doctor, opening.visits_of_day, DAY, ZONE)
    assert (visit.patient_name, visit.status, visit.waits) == ("沈若兰", None, False)
    assert visit.prior is not None
    assert visit.prior.day == DAY - dt.timedelta(days=7)
    room = online.opened()
    online.patient_in(room)
    [visit] = online.read(online.doctor, opening.visits_of_day, DAY, ZONE)
    assert (visit.status, visit.waits) == (VisitStatus.WAITING, True)
