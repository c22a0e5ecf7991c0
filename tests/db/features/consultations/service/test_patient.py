"""What the patient does in the browser, and what the patient may not."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from tcmdesk.core.actor import Anonymous, Patient, System
from tcmdesk.core.errors import Conflict, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import DeskAppointment
from tcmdesk.features.consultations.models import DeskVideoVisit, VideoConsultation
from tcmdesk.features.consultations.service import calls, ending, links, patient
from tcmdesk.features.consultations.types import CONSENT_VERSION, Outcome, VisitStatus
from tests.factories.video import BIRTHDAY

GATEWAY = System("gateway")


@pytest.fixture
def room(online):
    return online.opened()


@pytest.fixture
def who(online, room):
    link = online.write(online.doctor, links.issue_link, room.consultation_id)
    return online.write(Anonymous(), links.redeem_link, link.token, "c" * 43)


def view(online, who):
    return online.read(who, patient.view)


def test_from_the_link_to_the_waiting_room(online, room, who):
    assert not view(online, who).identity_stated
    online.write(who, patient.confirm_identity, " 沈 若兰", BIRTHDAY)
    online.write(who, patient.consent, CONSENT_VERSION)
    assert (view(online, who).consented, view(online, who).waiting) == (True, False)
    online.write(who, patient.wait)
    seen = view(online, who)
    assert (seen.waiting, seen.admitted, seen.doctor_name) == (True, False, "陈景和")
    online.write(online.doctor, calls.admit, room.consultation_id)
    seen = view(online, who)
    assert (seen.waiting, seen.admitted) == (False, True)
    visit = online.visit()
    assert visit.consent_version == CONSENT_VERSION
    assert visit.consented_at == online.database.clock.now()


@pytest.mark.parametrize(
    ("name", "birthday"), [("沈若兰", dt.date(1984, 3, 2)), ("沈若", BIRTHDAY), ("", BIRTHDAY)]
)
def test_somebody_else_is_told_so(online, who, name, birthday):
    with pytest.raises(ValidationError) as refusal:
        online.write(who, patient.confirm_identity, name, birthday)
    assert refusal.value.code == "identity.differs"


def test_a_member_of_the_family_where_nobody_said_for_whom_it_is(online, room, who):
    child = online.clinic.member(online.patient_id, "沈小满", "child", birthday=dt.date(2018, 5, 4))
    with pytest.raises(ValidationError):
        online.write(who, patient.confirm_identity, "沈小满", dt.date(2018, 5, 4))
    with online.database.writes.begin() as connection:
        connection.execute(update(DeskAppointment).values(patient_confirmed=False))
    online.write(who, patient.confirm_identity, "沈小满", dt.date(2018, 5, 4))
    with online.database.reads.connect() as connection:
        assert connection.execute(select(DeskVideoVisit.profile_id)).scalar_one() == child
    assert online.visit().patient_name == "沈小满"


def test_nobody_waits_before_identity_and_consent(online, who):
    with pytest.raises(Conflict) as refusal:
        online.write(who, patient.wait)
    assert refusal.value.code == "identity.missing"
    online.write(who, patient.confirm_identity, "沈若兰", BIRTHDAY)
    with pytest.raises(Conflict) as refusal:
        online.write(who, patient.wait)
    assert refusal.value.code == "consent.missing"
    with pytest.raises(Conflict) as refusal:
        online.write(who, patient.consent, "1")
    assert refusal.value.code == "consent.outdated"


def test_coming_back_keeps_the_place_and_leaving_gives_it_up(online, room, clock):
    who = online.patient_in(room)
    entered = online.visit().entered_at
    clock.advance(dt.timedelta(minutes=5))
    online.write(who, patient.wait)
    assert online.visit().entered_at == entered
    online.write(who, patient.leave)
    assert not online.visit().waits
    online.write(who, patient.wait)
    assert online.visit().entered_at == clock.now()


def test_presence_of_many_in_one_statement(online, room, clock):
    online.patient_in(room)
    clock.advance(dt.timedelta(minutes=1))
    patient.still_here(online.database, GATEWAY, [room.consultation_id, uuid7()])
    assert online.visit().seen_at == clock.now()
    with pytest.raises(PermissionDenied):
        patient.still_here(online.database, online.doctor, [room.consultation_id])


def test_what_a_gateway_watches(online, room):
    who = online.patient_in(room)
    state = online.read(GATEWAY, patient.states, [room.consultation_id])[room.consultation_id]
    assert (state.status, state.admitted, state.position) == (VisitStatus.WAITING, False, 1)
    online.write(online.doctor, calls.admit, room.consultation_id)
    state = online.read(GATEWAY, patient.states, [room.consultation_id])[room.consultation_id]
    assert (state.admitted, state.position) == (True, 0)
    with pytest.raises(PermissionDenied):
        online.read(who, patient.states, [room.consultation_id])


def test_rating_after_the_visit(online):
    room, who = online.in_call()
    online.write(online.doctor, calls.check_identity, room.consultation_id)
    online.write(online.doctor, ending.complete, room.consultation_id, Outcome("不寐", "养心安神"))
    online.write(who, patient.rate, 5, " 讲得清楚 ")
    online.write(who, patient.rate, 4, "讲得清楚")
    with online.database.reads.connect() as connection:
        row = connection.execute(
            select(VideoConsultation.patient_rating, VideoConsultation.patient_feedback)
        ).one()
    assert tuple(row) == (4, "讲得清楚")
    assert view(online, who).rating == 4


@pytest.mark.parametrize("stars", [0, 6, True, "5"])
def test_a_rating_is_one_to_five(online, stars):
    _, who = online.in_call()
    with pytest.raises(ValidationError):
        online.write(who, patient.rate, stars)


def test_no_rating_before_the_visit(online, room, who):
    with pytest.raises(Conflict):
        online.write(who, patient.rate, 5)


def test_a_patient_speaks_for_one_visit_only(online, room, who):
    for actor in (online.doctor, online.admin):
        with pytest.raises(PermissionDenied):
            online.write(actor, patient.wait)
    stranger = Patient(online.patient_id, uuid7(), room.room_id)
    from tcmdesk.core.errors import NotFound

    with pytest.raises(NotFound):
        online.write(stranger, patient.wait)
