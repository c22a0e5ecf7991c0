"""Allergies, by every name of a herb, by its other forms and by the groups people name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.identity import resolve
from tcmdesk.features.prescriptions.types import AlertCode, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.safety.knowledge import Allergens, Knowledge
    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert

_ENTRIES: Final = re.compile(r"[，,。；;、/\n]+")


def find(situation: Situation) -> Iterator[Alert]:
    """One alert for every herb that an entry of the patient's allergies names."""
    entries = {entry: _herbs_of(situation.knowledge, entry) for entry in _entries(situation) if entry}
    told: set[str] = set()
    for item in situation.own:
        entry = next((entry for entry, herbs in entries.items() if not herbs.isdisjoint(item.names)), None)
        if entry is not None and item.label not in told:
            told.add(item.label)
            yield _alert(situation, item.label, entry)
    for name in situation.unknown:
        written = situation.knowledge.text.normalise(name)
        if written in entries:
            yield _alert(situation, name, written)


def _alert(situation: Situation, herb: str, entry: str) -> Alert:
    return situation.alert(
        AlertCode.ALLERGY,
        Severity.HARD,
        (herb,),
        N_("The record names an allergy to “{entry}”: {herb}."),
        "prescription-law",
        herb=herb,
        entry=entry,
    )


def _entries(situation: Situation) -> Iterator[str]:
    knowledge = situation.knowledge
    for text in situation.draft.patient.allergies:
        for written in _ENTRIES.split(text):
            entry = knowledge.text.normalise(written)
            if not any(entry.startswith(denial) for denial in knowledge.patient_words.denials):
                yield _bare(entry, knowledge.allergens)


def _bare(entry: str, allergens: Allergens) -> str:
    """The name within an entry; a group is looked for after every cut, because 虫类药 is one and 虫 is not."""
    for prefix in allergens.prefixes:
        entry = entry.removeprefix(prefix)
    for suffix in allergens.suffixes:
        if entry in allergens.groups:
            break
        entry = entry.removesuffix(suffix)
    return entry


def _herbs_of(knowledge: Knowledge, entry: str) -> frozenset[str]:
    # a group wins over a herb's alias: an allergy to 花粉 is one to pollen, not to 天花粉
    group = knowledge.allergens.groups.get(entry)
    if group is not None:
        return frozenset(group)
    named = [name for part in resolve(knowledge, entry).parts for name in part.candidates]
    return frozenset().union(*(knowledge.kin[name] for name in named))
