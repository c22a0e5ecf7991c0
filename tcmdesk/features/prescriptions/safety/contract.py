"""The JSON form of a prescription and of its check, as commands and other programs exchange them.

Keys that are absent or null mean "not known". A key that looks like a misspelt one is refused, because "pregnent" must not
silently mean that nobody knows; other unknown keys are left alone.
"""

from __future__ import annotations

import difflib
import math
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.dosage import grams as parse_grams
from tcmdesk.features.prescriptions.safety.knowledge import MOST_CONCENTRATED
from tcmdesk.features.prescriptions.types import UNREVIEWED, Draft, Form, Line, Patient, Sex, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.prescriptions.safety.knowledge import Knowledge
    from tcmdesk.features.prescriptions.types import Alert, Check, Reader

E = TypeVar("E", bound=StrEnum)

_OLDEST: Final = 150
_PATIENT: Final = ("sex", "age", "pregnant", "lactating", "allergies", "conditions", "guardian")
_DRAFT: Final = ("patient", "form", "doses", "visit", "diagnosed_in_person", "running", "herbs")
_HERB: Final = ("name", "g", "method", "granule_ratio")
_ALIKE: Final = 0.75


class ContractError(ValidationError):
    """The input is not a prescription; `field` is the path of what is wrong, such as ``herbs[2].g``."""

    def __init__(self, field: str, message: str, **params: object) -> None:
        super().__init__("rx.input", message, field=field, **params)


def read_draft(knowledge: Knowledge, document: object) -> Draft:
    """A prescription from its JSON form.

    Raises:
        ContractError: something is missing, of another type, or outside its range.
    """
    draft = _object(document, "")
    _spelling(draft, _DRAFT, "")
    patient = _object(_needed(draft, "patient", ""), "patient")
    _spelling(patient, _PATIENT, "patient.")
    lines = tuple(_lines(knowledge, _needed(draft, "herbs", ""), "herbs"))
    if not lines:
        raise ContractError("herbs", N_("is empty"))
    return Draft(
        patient=Patient(
            sex=_choice(patient, "sex", Sex, "patient."),
            age=_age(patient),
            pregnant=_flag(patient, "pregnant", "patient."),
            lactating=_flag(patient, "lactating", "patient."),
            allergies=_texts(patient, "allergies"),
            conditions=_texts(patient, "conditions"),
            guardian=_flag(patient, "guardian", "patient."),
        ),
        lines=lines,
        form=_form(knowledge, draft),
        doses=_doses(draft),
        visit=_choice(draft, "visit", Visit, ""),
        diagnosed_in_person=_flag(draft, "diagnosed_in_person", ""),
        running=tuple(_lines(knowledge, draft.get("running") or [], "running")),
    )


def check_as_json(check: Check, reader: Reader) -> dict[str, Any]:
    """The answer: alerts with canonical names, and the names nobody knows."""
    return {
        "alerts": [alert_as_json(alert, reader) for alert in check.alerts],
        "unresolved": list(check.unresolved),
    }


def alert_as_json(alert: Alert, reader: Reader) -> dict[str, Any]:
    """One alert, its text in the reader's language."""
    return {
        "code": alert.code.value,
        "herbs": list(alert.herbs),
        "severity": alert.severity.value,
        "message": alert.text(reader),
        "source": f"{alert.source.text(reader)} [{alert.edition}; {reader.gettext(UNREVIEWED)}]",
    }


def _object(value: object, field: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ContractError(field or "(whole)", N_("is not an object"))
    return value


def _needed(record: dict[str, Any], key: str, path: str) -> object:
    if record.get(key) is None:
        raise ContractError(path + key, N_("is missing"))
    return record[key]


def _spelling(record: dict[str, Any], known: Iterable[str], path: str) -> None:
    for key in record:
        if key in known:
            continue
        alike = difflib.get_close_matches(key.lower(), known, n=1, cutoff=_ALIKE)
        if alike:
            raise ContractError(path + key, N_("is not a field; is “{name}” meant?"), name=alike[0])


def _flag(record: dict[str, Any], key: str, path: str) -> bool | None:
    value = record.get(key)
    if value is not None and not isinstance(value, bool):
        raise ContractError(path + key, N_("is neither true, false nor null"))
    return value


def _choice(record: dict[str, Any], key: str, values: type[E], path: str) -> E | None:
    value = record.get(key)
    if value is None:
        return None
    if value not in list(values):
        raise ContractError(path + key, N_("is none of {values}"), values=", ".join(values))
    return values(value)


def _number(value: object, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ContractError(field, N_("is not a number"))
    return float(value)


def _age(patient: dict[str, Any]) -> float | None:
    if patient.get("age") is None:
        return None
    age = _number(patient["age"], "patient.age")
    if not 0 <= age <= _OLDEST:
        raise ContractError("patient.age", N_("is not an age in years"))
    return age


def _doses(draft: dict[str, Any]) -> int | None:
    value = draft.get("doses")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ContractError("doses", N_("is not a whole number above zero"))
    return value


def _texts(record: dict[str, Any], key: str) -> tuple[str, ...]:
    value = record.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ContractError(f"patient.{key}", N_("is not a list of texts"))
    return tuple(value)


def _form(knowledge: Knowledge, draft: dict[str, Any]) -> Form | None:
    value = draft.get("form")
    if value is None:
        return None
    form = knowledge.text.form(value) if isinstance(value, str) else None
    if form is None:
        raise ContractError("form", N_("is not a dosage form"))
    return form


def _lines(knowledge: Knowledge, value: object, field: str) -> Iterable[Line]:
    if not isinstance(value, list):
        raise ContractError(field, N_("is not a list"))
    for at, one in enumerate(value):
        path = f"{field}[{at}]"
        record = _object(one, path)
        _spelling(record, _HERB, f"{path}.")
        name = _needed(record, "name", f"{path}.")
        if not isinstance(name, str) or not name.strip():
            raise ContractError(f"{path}.name", N_("is not a name"))
        method = record.get("method")
        if method is not None and not isinstance(method, str):
            raise ContractError(f"{path}.method", N_("is not a text"))
        yield Line(
            name.strip(),
            _grams(knowledge, record, path),
            method or "",
            granule_ratio=_granule_ratio(record, path),
        )


def _granule_ratio(record: dict[str, Any], path: str) -> float | None:
    value = record.get("granule_ratio")
    if value is None:
        return None
    ratio = _number(value, f"{path}.granule_ratio")
    if not 0 < ratio <= MOST_CONCENTRATED:
        raise ContractError(f"{path}.granule_ratio", N_("is not above 0 and at most 100"))
    return ratio


def _grams(knowledge: Knowledge, record: dict[str, Any], path: str) -> float:
    value = _needed(record, "g", f"{path}.")
    if isinstance(value, str):
        written = parse_grams(value, knowledge.text.units)
        if written is None:
            raise ContractError(f"{path}.g", N_("is not a weight"))
        return written
    amount = _number(value, f"{path}.g")
    if amount <= 0:
        raise ContractError(f"{path}.g", N_("is not above zero"))
    return amount
