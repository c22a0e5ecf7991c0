"""What a form says about a visit, and how it meets what someone else wrote meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcmdesk.features.appointments.types import KIND_LABELS, VISIT_TYPE_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import AppointmentCard, Kind, VisitType
    from tcmdesk.features.patients.types import PatientRef


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in two versions, as words; `both` when both sides changed it, and not to the same."""

    title: str
    mine: str
    theirs: str
    both: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields that an edit may change."""

    visit_type: VisitType
    kind: Kind
    symptoms: str
    patient: PatientRef

    @classmethod
    def of(cls, card: AppointmentCard) -> Draft:
        return cls(card.visit_type, card.kind, card.symptoms, card.ref)

    def merged(self, before: Draft, theirs: Draft) -> Draft:
        """Mine where I changed something, theirs everywhere else."""

        def pick(name: str) -> object:
            mine = getattr(self, name)
            return mine if mine != getattr(before, name) else getattr(theirs, name)

        return Draft(*map(pick, ("visit_type", "kind", "symptoms", "patient")))

    def differences(
        self, before: Draft, theirs: Draft, tr: Translator, names: Mapping[PatientRef, str]
    ) -> tuple[Difference, ...]:
        """Every field in both versions; `names` names the persons of the family."""
        _ = tr.gettext
        visits = {value: _(word) for value, word in VISIT_TYPE_LABELS.items()}
        kinds = {value: _(word) for value, word in KIND_LABELS.items()}
        rows = (
            (_("For whom"), "patient", names),
            (_("Visit"), "visit_type", visits),
            (_("Type"), "kind", kinds),
            (_("Symptoms"), "symptoms", {}),
        )
        return tuple(
            self._row(title, words, getattr(before, name), getattr(self, name), getattr(theirs, name))
            for title, name, words in rows
        )

    @staticmethod
    def _row(
        title: str, words: Mapping[object, str], before: object, mine: object, theirs: object
    ) -> Difference:
        both = mine != before and theirs not in {before, mine}
        return Difference(title, str(words.get(mine, mine)), str(words.get(theirs, theirs)), both)
