"""Commands of a desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.types import BookAppointment, Kind, VisitType
from tcmdesk.features.patients.types import PatientRef
from tests.factories.clinic import DAY, ZONE


def at(clock_time: str, day: dt.date = DAY) -> dt.datetime:
    """An instant of the clinic's day: ``at("14:00")``."""
    return dt.datetime.combine(day, dt.time.fromisoformat(clock_time), ZONE)


def booking(
    doctor_id: str, patient: str | PatientRef, start: str | dt.datetime, minutes: int = 30, **other: Any
) -> BookAppointment:
    """A booking of an account holder or a family member."""
    fields = {
        "appointment_id": uuid7(),
        "doctor_id": doctor_id,
        "patient": patient if isinstance(patient, PatientRef) else PatientRef(patient),
        "starts_at": at(start) if isinstance(start, str) else start,
        "minutes": minutes,
        "visit_type": VisitType.IN_PERSON,
        "kind": Kind.FIRST,
        "symptoms": "失眠多梦",
    }
    return BookAppointment(**(fields | other))
