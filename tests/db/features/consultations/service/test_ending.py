"""How a video visit ends, and what has to be settled before."""

import datetime as dt
import logging

import pytest
from sqlalchemy import select

from tcmdesk.core.actor import Role, Staff, System
from tcmdesk.core.errors import Conflict, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import board
from tcmdesk.features.consultations.models import VideoConsultation
from tcmdesk.features.consultations.service import calls, diagnoses, ending, patient, templates
from tcmdesk.features.consultations.types import Outcome, Quality, Template, VisitStatus
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.visits.types import Stage
from tests.factories.clinic import DAY, ZONE
from tests.factories.video import online_clinic

OUTCOME = Outcome("不寐", "疏肝健脾，养心安神", "一周后复诊")
JOB = System("video-rooms")


def row(online):
    with online.database.reads.connect() as connection:
        return connection.execute(select(VideoConsultation.__table__)).one()


def appointment_status(online):
    with online.database.reads.connect() as connection:
        return connection.execute(
            select(Appointment.status).where(Appointment.id == online.appointment_id)
        ).scalar_one()


def test_completing_completes_the_appointment_in_the_same_transaction(online, clock):
    room, _ = online.in_call()
    online.write(online.doctor, calls.check_identity, room.consultation_id)
    clock.advance(dt.timedelta(minutes=12, seconds=30))
    online.write(online.doctor, ending.complete, room.consultation_id, OUTCOME)
    stored = row(online)
    assert (stored.status, stored.duration) == ("completed", 750)
    assert stored.end_time == clock.now()
    assert (stored.diagnosis, stored.treatment_plan, stored.notes) == (
        "不寐", "疏肝健脾，养心安神", "一周后复诊",
    )  # fmt: skip
    assert appointment_status(online) == "completed"
    card = online.read(online.doctor, board.appointment, online.appointment_id, ZONE)
    assert card.visit.stage is Stage.FINISHED


def test_when_the_appointment_refuses_nothing_is_completed(online):
    room, _ = online.in_call()
    online.write(online.doctor, calls.check_identity, room.consultation_id)
    with online.database.writes.begin() as connection:
        from sqlalchemy import update

        connection.execute(
            update(Appointment).where(Appointment.id == online.appointment_id).values(status="cancelled")
        )
    with pytest.raises(Conflict):
        online.write(online.doctor, ending.complete, room.consultation_id, OUTCOME)
    assert row(online).status == "in_progress"


def test_identity_and_consent_come_first(online):
    room = online.opened()
    online.write(online.doctor, calls.admit, room.consultation_id)
    with pytest.raises(Conflict) as refusal:
        online.write(online.doctor, ending.complete, room.consultation_id, OUTCOME)
    assert refusal.value.code == "video.not_begun"
    online.write(online.doctor, calls.begin, room.consultation_id)
    for code, settle in (("video.identity", calls.check_identity), ("video.consent", calls.note_consent)):
        with pytest.raises(Conflict) as refusal:
            online.write(online.doctor, ending.complete, room.consultation_id, OUTCOME)
        assert refusal.value.code == code
        online.write(online.doctor, settle, room.consultation_id)
    online.write(online.doctor, ending.complete, room.consultation_id, OUTCOME)


def test_nobody_is_let_in_without_an_earlier_diagnosis(database):
    online = online_clinic(database, seen_before=False)
    room = online.opened()
    with pytest.raises(Conflict) as refusal:
        online.write(online.doctor, calls.admit, room.consultation_id)
    assert refusal.value.code == "video.first_visit"
    ref = PatientRef(online.patient_id)
    online.write(online.doctor, diagnoses.file_diagnosis, ref, DAY - dt.timedelta(days=30), "城南医院")
    online.write(online.doctor, calls.admit, room.consultation_id)
    assert online.visit().prior.place == "城南医院"


def test_a_relative_seen_before_is_somebody_else(database):
    online = online_clinic(database, seen_before=False)
    child = online.clinic.member(online.patient_id, "沈小满", "child")
    room = online.opened()
    ref = PatientRef(online.patient_id, child)
    online.write(online.doctor, diagnoses.file_diagnosis, ref, DAY, "城南医院")
    with pytest.raises(Conflict):
        online.write(online.doctor, calls.admit, room.consultation_id)


def test_the_holders_own_profile_is_the_holder(database):
    online = online_clinic(database, seen_before=False)
    own = online.clinic.member(online.patient_id, "沈若兰", "本人", birthday=dt.date(1984, 3, 1))
    room = online.opened()
    ref = PatientRef(online.patient_id, own)
    online.write(online.doctor, diagnoses.file_diagnosis, ref, DAY, "城南医院")
    online.write(online.doctor, calls.admit, room.consultation_id)


@pytest.mark.parametrize(("day", "place"), [(DAY + dt.timedelta(days=1), "医院"), (DAY, " ")])
def test_a_diagnosis_that_cannot_be_filed(online, day, place):
    with pytest.raises(ValidationError):
        online.write(online.doctor, diagnoses.file_diagnosis, PatientRef(online.patient_id), day, place)


@pytest.mark.parametrize("outcome", [Outcome(" ", "x"), Outcome("x" * 16001, "")])
def test_a_result_that_cannot_be_kept(online, outcome):
    room, _ = online.in_call()
    with pytest.raises(ValidationError):
        online.write(online.doctor, ending.complete, room.consultation_id, outcome)


def test_another_doctor_may_not(online):
    room, _ = online.in_call()
    other = Staff(uuid7(), "林若溪", Role.DOCTOR, uuid7())
    for work in (calls.admit, calls.begin, calls.check_identity, ending.cancel):
        with pytest.raises(PermissionDenied):
            online.write(other, work, room.consultation_id)


def test_beginning_counts_once(online, clock):
    room, _ = online.in_call()
    began = row(online).actual_start_time
    clock.advance(dt.timedelta(minutes=3))
    online.write(online.doctor, calls.begin, room.consultation_id)
    assert row(online).actual_start_time == began


def test_the_lines_quality_is_kept_after_the_end(online):
    room, _ = online.in_call()
    online.write(online.doctor, ending.cancel, room.consultation_id)
    online.write(online.doctor, calls.note_quality, room.consultation_id, Quality.FAIR)
    assert row(online).connection_quality == "fair"
    assert appointment_status(online) == "confirmed"


def test_templates_are_a_doctors_own_and_their_use_is_counted(online):
    template = Template(uuid7(), "失眠复诊", "不寐", "养心安神")
    online.write(online.doctor, templates.save_template, template)
    room, _ = online.in_call()
    online.write(online.doctor, calls.check_identity, room.consultation_id)
    online.write(
        online.doctor, ending.complete, room.consultation_id, Outcome("不寐", "", "", template.template_id)
    )
    [kept] = online.read(online.doctor, templates.templates)
    assert (kept.name, kept.uses) == ("失眠复诊", 1)
    other = Staff(uuid7(), "林若溪", Role.DOCTOR, uuid7())
    assert online.read(other, templates.templates) == ()


def test_who_does_not_come_is_a_no_show(online, clock):
    room = online.opened()
    clock.advance(dt.timedelta(hours=5))
    now = clock.now()
    due = online.read(
        JOB, ending.overdue, due=now - dt.timedelta(minutes=30), silent=now - dt.timedelta(minutes=2)
    )
    assert due == (room.consultation_id,)
    assert online.write(JOB, ending.no_show, room.consultation_id)
    assert online.visit().status is VisitStatus.NO_SHOW
    assert not online.write(JOB, ending.no_show, room.consultation_id)


def test_nothing_of_the_patient_is_in_the_log(online, caplog):
    with caplog.at_level(logging.DEBUG):
        room, who = online.in_call()
        online.write(online.doctor, calls.check_identity, room.consultation_id)
        online.write(online.doctor, ending.complete, room.consultation_id, OUTCOME)
        online.write(who, patient.rate, 5, "讲得清楚")
        with pytest.raises(Conflict):
            online.write(who, patient.wait)
    said = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    for secret in ("沈若兰", "1984", OUTCOME.diagnosis, OUTCOME.treatment_plan, "讲得清楚", "c" * 43):
        assert secret not in said
