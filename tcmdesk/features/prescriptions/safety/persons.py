"""What a patient's record says that rules ask for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.features.prescriptions.types import Sex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.prescriptions.safety.knowledge import Knowledge, PatientWords
    from tcmdesk.features.prescriptions.types import Patient

CHILDBEARING: Final = range(14, 51)
"""Completed years in which a woman is asked whether she is pregnant."""

ADULT: Final = 18
"""Completed years; the pharmacopoeia's 儿童 without an age is read as everyone under it (Convention on the Rights of the Child)."""

_CLAUSES: Final = re.compile(r"[，,。；;、\n]+")


@dataclass(frozen=True, slots=True)
class Person:
    """`pregnant` and `lactating` as the record says; `may_be_pregnant` when nobody has said and it is possible.

    `conditions` are keys of the table of conditions.
    """

    pregnant: bool
    may_be_pregnant: bool
    lactating: bool
    child: bool
    conditions: frozenset[str]


def read_person(knowledge: Knowledge, patient: Patient) -> Person:
    """What the rules need to know of a patient."""
    words = knowledge.patient_words
    clauses = list(_affirmed(patient.conditions))
    pregnant = patient.pregnant
    if pregnant is None and patient.sex is not Sex.MALE and _says_pregnant(clauses, words):
        pregnant = True
    lactating = patient.lactating
    if lactating is None and _says(clauses, words.lactation, words.not_lactation, words):
        lactating = True
    return Person(
        pregnant=pregnant is True,
        may_be_pregnant=pregnant is None and _may_bear(patient),
        lactating=lactating is True,
        child=patient.age is not None and patient.age < ADULT,
        conditions=frozenset(
            condition.key for condition in words.conditions if _says(clauses, condition.words, (), words)
        ),
    )


def _says_pregnant(clauses: list[str], words: PatientWords) -> bool:
    weeks = (clause for clause in clauses if words.pregnancy_weeks.search(clause))
    return _says(clauses, words.pregnancy, words.not_pregnancy, words) or any(
        not any(other in clause for other in words.not_pregnancy) for clause in weeks
    )


def _may_bear(patient: Patient) -> bool:
    if patient.sex is Sex.MALE:
        return False
    return patient.age is None or math.floor(patient.age) in CHILDBEARING


def _affirmed(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        for clause in _CLAUSES.split(text):
            if clause.strip():
                yield clause.strip().lower()


def _says(
    clauses: Iterable[str], words: tuple[str, ...], except_in: tuple[str, ...], known: PatientWords
) -> bool:
    for clause in clauses:
        if any(other in clause for other in except_in):
            continue
        for word in words:
            at = clause.find(word)
            if at >= 0 and not any(denial in clause[:at] for denial in known.denials):
                return True
    return False
