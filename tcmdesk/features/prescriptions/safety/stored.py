"""A stored prescription as a draft: the platform's rows hold texts such as ``10g``, ``1袋``, ``7天``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.features.prescriptions.safety.dosage import grams
from tcmdesk.features.prescriptions.types import Draft, Line, Patient

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.prescriptions.safety.knowledge import Knowledge
    from tcmdesk.features.prescriptions.types import Sex

_DAYS: Final = re.compile(r"(\d{1,3})\s*(天|日|剂|付|帖|d|days?|周|星期|weeks?)", re.IGNORECASE)
_WEEKS: Final = frozenset({"周", "星期", "week", "weeks"})
_SPLIT: Final = re.compile(r"[，,、；;\n]+")


@dataclass(frozen=True, slots=True)
class StoredPrescription:
    """A prescription as it lies in the database, whoever wrote it, with what is known of the person.

    `medicines` is the stored JSON, unjudged. Sex, birthday and allergies are those of the account's person of that name, None
    where no person of the account has it.
    """

    id: str
    code: str
    doctor_id: str
    at: dt.datetime
    medicines: object
    sex: Sex | None
    birthday: dt.date | None
    allergies: str | None


def read_stored(knowledge: Knowledge, stored: StoredPrescription, day: dt.date) -> Draft | None:
    """What can be read of a stored prescription; None when its medicines are no list of named things.

    A dosage without a weight leaves the dose unchecked; how patient and doctor met is not stored and stays unknown.

    Args:
        day: the clinic's day it was written on, for the patient's age.
    """
    medicines = stored.medicines
    if isinstance(medicines, str):
        try:
            medicines = json.loads(medicines)
        except ValueError:
            return None
    if not isinstance(medicines, list) or not medicines:
        return None
    lines = tuple(_line(knowledge, one) for one in medicines if isinstance(one, dict) and _text(one, "name"))
    if len(lines) < len(medicines):
        return None
    days = [found for one in medicines if (found := _days(_text(one, "duration"))) is not None]
    return Draft(
        patient=Patient(
            sex=stored.sex,
            age=_age(stored.birthday, day),
            allergies=tuple(word for word in _SPLIT.split(stored.allergies or "") if word.strip()),
        ),
        lines=lines,
        doses=max(days, default=None),
    )


def _line(knowledge: Knowledge, medicine: dict[str, Any]) -> Line:
    words = " ".join(_text(medicine, key) for key in ("usage", "notes", "frequency"))
    return Line(_text(medicine, "name"), grams(_text(medicine, "dosage"), knowledge.text.units), words)


def _text(medicine: dict[str, Any], key: str) -> str:
    value = medicine.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _days(text: str) -> int | None:
    match = _DAYS.search(text)
    if match is None:
        return None
    count = int(match[1]) * (7 if match[2].lower() in _WEEKS else 1)
    return count or None


def _age(birthday: dt.date | None, day: dt.date) -> float | None:
    """Completed years; under one year the part of it."""
    if birthday is None or birthday > day:
        return None
    years = day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))
    return float(years) if years else (day - birthday).days / 366
