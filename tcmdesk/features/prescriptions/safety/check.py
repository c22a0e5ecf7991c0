"""`check`: a draft in, every alert out; a fault of the engine is an answer too, and a closed door."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Final

from tcmdesk.core.incidents import number_of
from tcmdesk.features.prescriptions.safety.items import itemise
from tcmdesk.features.prescriptions.safety.persons import read_person
from tcmdesk.features.prescriptions.safety.rules import (
    allergy,
    dose,
    incompatibility,
    law,
    names,
    people,
    usage,
)
from tcmdesk.features.prescriptions.safety.situation import Situation
from tcmdesk.features.prescriptions.types import Check

if TYPE_CHECKING:
    from tcmdesk.features.prescriptions.safety.knowledge import Knowledge
    from tcmdesk.features.prescriptions.types import Draft

log = logging.getLogger(__name__)

RULES: Final = (
    law.find,
    incompatibility.find,
    people.find,
    allergy.find,
    dose.find,
    usage.find,
    names.find,
)


def check(knowledge: Knowledge, draft: Draft) -> Check:
    """Judge a prescription; never raises.

    Returns:
        The alerts, worst first. After an internal error there are none and `Check.fault` is its number in the log.
    """
    fingerprint = ""
    try:
        fingerprint = _fingerprint(knowledge, draft)
        itemised = itemise(knowledge, draft)
        situation = Situation(
            knowledge, draft, itemised.items, itemised.unknown, read_person(knowledge, draft.patient)
        )
        alerts = [alert for rule in RULES for alert in rule(situation)]
        alerts.sort(key=lambda alert: alert.severity.rank)
        return Check(
            alerts=tuple(alerts),
            unresolved=itemised.unknown,
            ambiguous={item.label: item.names for item in situation.own if item.ambiguous},
            unchecked=dose.unchecked(situation),
            edition=knowledge.edition,
            fingerprint=fingerprint,
        )
    except Exception as error:  # noqa: BLE001  (whatever it is, the prescription must not be issued)
        number = number_of(error)
        return Check((), (), {}, (), getattr(knowledge, "edition", ""), fingerprint, fault=number)


def _fingerprint(knowledge: Knowledge, draft: Draft) -> str:
    # the representation of frozen dataclasses names every field in order
    return hashlib.sha256(f"{knowledge.digest}\n{draft!r}".encode()).hexdigest()
