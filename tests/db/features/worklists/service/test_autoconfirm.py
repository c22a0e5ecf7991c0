"""Bookings that the clinic confirms by rule."""

import datetime as dt

import pytest
from sqlalchemy import select

from tcmdesk.core.actor import System
from tcmdesk.core.db.operations import DeskOperation
from tcmdesk.core.errors import PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.settings import service as settings
from tcmdesk.features.worklists.service import autoconfirm, desk, reading
from tcmdesk.features.worklists.types import AutoConfirm, ListName
from tests.factories.clinic import DAY, ZONE

JOB = System("auto-confirm")
TOMORROW = DAY + dt.timedelta(days=1)
ALL = AutoConfirm(on=True, known_only=False)


@pytest.fixture
def rule(database):
    def rule(wanted):
        database.write(JOB, "test:rule", lambda uow: autoconfirm.save_rule(uow, JOB, wanted))

    return rule


def status(database, appointment_id):
    with database.reads.connect() as connection:
        return connection.execute(
            select(Appointment.status).where(Appointment.id == appointment_id)
        ).scalar_one()


def test_nothing_is_confirmed_until_the_clinic_says_so(database, clinic, doctor, patient):
    booked = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    assert autoconfirm.confirm_by_rule(database, JOB) == 0
    assert status(database, booked) == "pending"


def test_the_rule_confirms_and_the_ledger_says_who_did(database, clinic, rule, doctor, patient):
    booked = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    rule(ALL)
    assert autoconfirm.confirm_by_rule(database, JOB) == 1
    assert status(database, booked) == "confirmed"
    with database.reads.connect() as connection:
        operation = connection.execute(
            select(DeskOperation.actor_role).where(DeskOperation.subject == booked)
        ).scalar_one()
    assert operation == "job:auto-confirm"
    assert autoconfirm.confirm_by_rule(database, JOB) == 0


def test_the_rule_is_read_as_written(database, clerk, rule):
    wanted = AutoConfirm(on=True, doctors=("a", "b"), known_only=False, in_person_only=True)
    rule(wanted)
    assert database.read(lambda connection: autoconfirm.rule(connection, clerk)) == wanted
    database.write(JOB, "test:rule", lambda uow: settings.store(uow, JOB, "worklists", "auto_confirm", "[1]"))
    assert database.read(lambda connection: autoconfirm.rule(connection, clerk)) == AutoConfirm()


def test_only_an_administrator_makes_rules(database, clerk):
    with pytest.raises(PermissionDenied):
        database.write(clerk, "test:rule", lambda uow: autoconfirm.save_rule(uow, clerk, ALL))


def test_only_of_chosen_doctors(database, clinic, rule, doctor, patient):
    other = clinic.doctor("林若溪")
    mine = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    theirs = clinic.platform_booking(other, patient, "10:00", day=TOMORROW)
    rule(AutoConfirm(on=True, doctors=(doctor,), known_only=False))
    assert autoconfirm.confirm_by_rule(database, JOB) == 1
    assert (status(database, mine), status(database, theirs)) == ("confirmed", "pending")


def test_only_who_has_been_here(database, clinic, rule, doctor, patient):
    clinic.platform_booking(doctor, patient, "09:00", day=DAY - dt.timedelta(days=9), status="completed")
    known = clinic.platform_booking(doctor, patient, "09:00", day=TOMORROW)
    new = clinic.platform_booking(doctor, clinic.account("甲"), "10:00", day=TOMORROW)
    rule(AutoConfirm(on=True))
    assert autoconfirm.confirm_by_rule(database, JOB) == 1
    assert (status(database, known), status(database, new)) == ("confirmed", "pending")


def test_a_clash_and_an_unreadable_time_are_left_to_a_person(database, clinic, rule, doctor, patient):
    for slot in ("09:00", "09:00-10:00", "下午"):
        clinic.platform_booking(doctor, patient, slot, day=TOMORROW)
    rule(ALL)
    assert autoconfirm.confirm_by_rule(database, JOB) == 0


def test_a_message_names_the_visit_and_an_account_without_phone_is_refused(
    database, clerk, clinic, doctor, patient
):
    from tcmdesk.features.notifications.models import Notification

    unreachable = clinic.account("甲", phone="0000123")
    for user in (patient, unreachable):
        clinic.platform_booking(doctor, user, "09:00", day=DAY - dt.timedelta(days=40), status="completed")
    page = database.read(
        lambda connection: reading.recall(connection, clerk, days=30, now=database.clock.now(), zone=ZONE)
    )
    rows = {row.card.patient_name: row for row in page.rows}
    desk.remind(database, clerk, ListName.RECALL, rows["沈若兰"], ZONE, op_id=uuid7())
    with pytest.raises(ValidationError):
        desk.remind(database, clerk, ListName.RECALL, rows["甲"], ZONE, op_id=uuid7())
    with database.reads.connect() as connection:
        (message,) = connection.execute(select(Notification.content)).scalars().all()
    assert "沈若兰" in message
    assert "陈景和" in message
