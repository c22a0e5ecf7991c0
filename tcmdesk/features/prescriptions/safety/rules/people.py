"""Pregnancy, lactation, children and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.knowledge import Level
from tcmdesk.features.prescriptions.types import AlertCode, Bilingual, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.safety.items import Item
    from tcmdesk.features.prescriptions.safety.knowledge import Caution, Warned
    from tcmdesk.features.prescriptions.safety.persons import Person
    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert

_LACTATION: Final = "lactation"
_CHILD: Final = "child"


def find(situation: Situation) -> Iterator[Alert]:
    """What this patient must not have, or only with caution; each herb once for each code."""
    yield from _pregnancy(situation)
    told: set[tuple[AlertCode, str]] = set()
    for item in situation.own:
        by_code: dict[AlertCode, dict[str, Caution]] = {}
        for reading in item.readings:
            for caution in reading.herb.cautions:
                code = _code(situation.person, caution)
                if code is not None:
                    by_code.setdefault(code, {}).setdefault(caution.who, caution)
        for code, cautions in by_code.items():
            if (code, item.label) not in told:
                told.add((code, item.label))
                yield _of_people(situation, item, code, tuple(cautions.values()))


def _pregnancy(situation: Situation) -> Iterator[Alert]:
    warned: dict[str, Warned] = {}
    for item in situation.own:
        words = [reading.pregnancy for reading in item.readings if reading.pregnancy is not None]
        if words:
            gravest = min(words, key=lambda word: word.level is not Level.FORBIDDEN)
            known = warned.setdefault(item.label, gravest)
            if gravest.level is Level.FORBIDDEN and known.level is not Level.FORBIDDEN:
                warned[item.label] = gravest
    if situation.person.may_be_pregnant and warned:
        yield situation.alert(
            AlertCode.PREG_STATUS_UNKNOWN,
            Severity.SOFT,
            warned,
            N_("Ask whether she is pregnant: {herbs} would matter."),
            next(iter(warned.values())).source,
            herbs="、".join(warned),
        )
    if not situation.person.pregnant:
        return
    for herb, word in warned.items():
        if word.level is Level.FORBIDDEN:
            yield situation.alert(
                AlertCode.PREG_FORBIDDEN,
                Severity.HARD,
                (herb,),
                N_("{herb} is forbidden in pregnancy."),
                word.source,
                herb=herb,
            )
        else:
            yield situation.alert(
                AlertCode.PREG_CAUTION,
                Severity.SOFT,
                (herb,),
                N_("{herb}: caution in pregnancy."),
                word.source,
                herb=herb,
            )


def _code(person: Person, caution: Caution) -> AlertCode | None:
    """What a caution says about this person; None when it is not for them."""
    forbidden = caution.level is Level.FORBIDDEN
    if caution.who == _LACTATION:
        return AlertCode.LACT_CAUTION if person.lactating else None
    if caution.who == _CHILD:
        if not person.child:
            return None
        return AlertCode.CHILD_FORBIDDEN if forbidden else AlertCode.CONDITION_CAUTION
    if caution.who not in person.conditions:
        return None
    return AlertCode.CONDITION_FORBIDDEN if forbidden else AlertCode.CONDITION_CAUTION


def _of_people(situation: Situation, item: Item, code: AlertCode, cautions: tuple[Caution, ...]) -> Alert:
    titles = [_title(situation, caution.who) for caution in cautions]
    return situation.alert(
        code,
        Severity.HARD if code in _HARD else Severity.SOFT,
        (item.label,),
        _MESSAGES[code],
        cautions[0].source,
        herb=item.label,
        condition=Bilingual("、".join(title.zh for title in titles), ", ".join(title.en for title in titles)),
    )


def _title(situation: Situation, who: str) -> Bilingual:
    conditions = situation.knowledge.patient_words.conditions
    return next((condition.title for condition in conditions if condition.key == who), _CHILDREN)


_CHILDREN: Final = Bilingual("儿童", "childhood")
_HARD: Final = frozenset({AlertCode.CHILD_FORBIDDEN, AlertCode.CONDITION_FORBIDDEN})
_MESSAGES: Final = {
    AlertCode.LACT_CAUTION: N_("{herb}: caution while breastfeeding."),
    AlertCode.CHILD_FORBIDDEN: N_("{herb} is forbidden for children."),
    AlertCode.CONDITION_FORBIDDEN: N_("{herb} is forbidden with this patient's condition: {condition}."),
    AlertCode.CONDITION_CAUTION: N_("{herb}: caution with this patient's condition: {condition}."),
}
