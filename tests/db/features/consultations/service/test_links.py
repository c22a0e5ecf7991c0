"""A link opens once, for one browser, until it expires or is taken back."""

import datetime as dt

import pytest
from sqlalchemy import select

from tcmdesk.core.actor import Anonymous, Patient
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.features.consultations.models import DeskVideoLink, DeskVideoSession
from tcmdesk.features.consultations.service import ending, links
from tests.factories.clinic import NOW

FIRST, SECOND = "a" * 43, "b" * 43


@pytest.fixture
def room(online):
    return online.opened()


@pytest.fixture
def link(online, room):
    return online.write(online.doctor, links.issue_link, room.consultation_id)


def redeem(online, link, credential=FIRST):
    return online.write(Anonymous(), links.redeem_link, link.token, credential)


def come_back(online, credential=FIRST, now=NOW):
    return online.read(Anonymous(), links.patient_of, credential, now=now)


def test_only_hashes_are_stored(online, link):
    redeem(online, link)
    with online.database.reads.connect() as connection:
        stored = [
            *connection.execute(select(DeskVideoLink.token_hash)).scalars(),
            *connection.execute(select(DeskVideoSession.token_hash)).scalars(),
        ]
    assert len(link.token) == 43
    assert all(len(one) == 64 for one in stored)
    assert link.token not in stored
    assert FIRST not in stored


def test_a_link_makes_its_browser_the_visits_patient(online, room, link):
    assert redeem(online, link) == Patient(online.patient_id, room.consultation_id, room.room_id)
    assert come_back(online) == Patient(online.patient_id, room.consultation_id, room.room_id)


def test_looking_does_not_use_it_up(online, link):
    for _ in range(2):
        seen = online.read(Anonymous(), links.look_at_link, link.token, now=NOW)
    assert seen.doctor_name == "陈景和"
    redeem(online, link)


def test_the_same_browser_may_ask_again(online, link):
    assert redeem(online, link) == redeem(online, link)


def test_a_second_browser_is_refused(online, link):
    redeem(online, link)
    with pytest.raises(Conflict) as refusal:
        redeem(online, link, SECOND)
    assert refusal.value.code == "link.used"
    with pytest.raises(Conflict) as refusal:
        online.read(Anonymous(), links.look_at_link, link.token, now=NOW)
    assert refusal.value.code == "link.used"


def test_a_newer_link_closes_the_older_and_its_browser(online, room, link):
    redeem(online, link)
    newer = online.write(online.doctor, links.issue_link, room.consultation_id)
    assert come_back(online)
    redeem(online, newer, SECOND)
    assert come_back(online, SECOND)
    with pytest.raises(Conflict) as refusal:
        come_back(online)
    assert refusal.value.code == "session.ended"


def test_a_link_that_was_not_opened_is_replaced(online, room, link):
    online.write(online.doctor, links.issue_link, room.consultation_id)
    with pytest.raises(Conflict) as refusal:
        redeem(online, link)
    assert refusal.value.code == "link.revoked"


def test_a_link_that_is_taken_back_ends_its_browser(online, link):
    redeem(online, link)
    online.write(online.doctor, links.revoke_link, link.link_id)
    with pytest.raises(Conflict) as refusal:
        come_back(online)
    assert refusal.value.code == "session.ended"
    with pytest.raises(Conflict) as refusal:
        redeem(online, link)
    assert refusal.value.code == "link.revoked"


@pytest.mark.parametrize("hours", [24, 48])
def test_a_link_expires(online, link, clock, hours):
    clock.advance(dt.timedelta(hours=hours))
    with pytest.raises(Conflict) as refusal:
        redeem(online, link)
    assert refusal.value.code == "link.expired"


def test_a_browser_may_come_back_for_some_hours(online, link):
    redeem(online, link)
    assert come_back(online, now=NOW + dt.timedelta(hours=5, minutes=59))
    with pytest.raises(Conflict):
        come_back(online, now=NOW + dt.timedelta(hours=6))


def test_a_visit_that_is_over_takes_nobody(online, room, link):
    online.write(online.doctor, ending.cancel, room.consultation_id)
    with pytest.raises(Conflict) as refusal:
        redeem(online, link)
    assert refusal.value.code == "link.expired"


@pytest.mark.parametrize("token", ["", "x", "y" * 43, "z" * 100_000])
def test_a_guess_finds_nothing(online, link, token):
    with pytest.raises(NotFound) as refusal:
        online.write(Anonymous(), links.redeem_link, token, FIRST)
    assert refusal.value.code == "link.unknown"


def test_a_short_credential_is_no_secret(online, link):
    with pytest.raises(ValidationError):
        redeem(online, link, "1234")


def test_who_may_issue(online, room):
    clerk = online.clinic.clerk("方前台")
    assert online.write(clerk, links.issue_link, room.consultation_id).token
    who = Patient(online.patient_id, room.consultation_id, room.room_id)
    with pytest.raises(PermissionDenied):
        online.write(who, links.issue_link, room.consultation_id)


@pytest.mark.parametrize("address", ["http://visit.example.test", "visit.example.test", "https://a b"])
def test_an_address_that_browsers_give_no_camera(online, address):
    with pytest.raises(ValidationError):
        online.write(online.admin, links.save_patient_address, address)


def test_the_address_of_the_patients_page(online):
    online.write(online.admin, links.save_patient_address, " https://visit.example.test/ ")
    address = online.read(online.doctor, links.patient_address)
    assert links.link_text(address, "T") == "https://visit.example.test/#T"
