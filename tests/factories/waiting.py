"""People who wait for a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.types import VisitType
from tcmdesk.features.patients.types import Gender, PatientRef
from tcmdesk.features.waitlist.types import EVERY_DAY, WHOLE_DAY, AddEntry, Entry, EntryStatus, Wish
from tests.factories.clinic import DAY, NOW


def wish(doctor_id: str | None = None, department: str | None = None, **fields: Any) -> Wish:
    """A wish that any time of these two weeks meets."""
    usual = {
        "weekdays": EVERY_DAY,
        "window": WHOLE_DAY,
        "first_day": DAY,
        "last_day": DAY + dt.timedelta(days=13),
        "minutes": 15,
        "visit_type": VisitType.IN_PERSON,
    }
    return Wish(doctor_id, department, **(usual | fields))


def add(patient: str | PatientRef, doctor_id: str | None = None, **fields: Any) -> AddEntry:
    """The command that puts someone on the list."""
    ref = patient if isinstance(patient, PatientRef) else PatientRef(patient)
    return AddEntry(uuid7(), ref, wish(doctor_id, **fields))


def entry(
    name: str = "梁晚秋", wanted: Wish | None = None, *, waits_minutes: int = 60, **fields: Any
) -> Entry:
    """Someone who waits, as the list reads them."""
    usual: dict[str, Any] = {
        "entry_id": f"entry-{name}",
        "patient": PatientRef(f"user-{name}"),
        "patient_name": name,
        "gender": Gender.FEMALE,
        "birthday": dt.date(1992, 3, 1),
        "phone": "19900001234",
        "wish": wanted or wish(),
        "doctor_name": "",
        "status": EntryStatus.WAITING,
        "created_at": NOW.astimezone(dt.UTC) - dt.timedelta(minutes=waits_minutes),
    }
    return Entry(**(usual | fields))
