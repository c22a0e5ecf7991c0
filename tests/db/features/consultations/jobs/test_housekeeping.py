"""Rooms of those who did not come, and signals that nobody wants any more."""

import datetime as dt

from tcmdesk.features.consultations.jobs.housekeeping import keep_rooms
from tcmdesk.features.consultations.service import patient
from tcmdesk.features.consultations.types import VisitStatus
from tests.factories.video import BIRTHDAY


def keep(online):
    keep_rooms(online.database, online.database.clock, lambda: False)


def test_half_an_hour_after_its_time_a_visit_is_missed(online, clock):
    online.opened()
    clock.advance(dt.timedelta(hours=4, minutes=7))
    keep(online)
    assert online.visit().status is VisitStatus.WAITING
    clock.advance(dt.timedelta(minutes=2))
    keep(online)
    assert online.visit().status is VisitStatus.NO_SHOW


def test_who_waits_is_not_absent_however_late_the_doctor_is(online, clock):
    room = online.opened()
    who = online.patient_in(room)
    clock.advance(dt.timedelta(hours=6))
    online.write(who, patient.confirm_identity, "沈若兰", BIRTHDAY)
    online.write(who, patient.wait)
    keep(online)
    assert online.visit().waits
