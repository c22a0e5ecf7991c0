"""Pregnancy, lactation, children and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.knowledge import Level
from tcmdesk.features.prescriptions.types import AlertCode, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.safety.items import Item
    from tcmdesk.features.prescriptions.safety.knowledge import Caution, Warned
    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert, Bilingual

_LACTATION: Final = "lactation"
_CHILD: Final = "child"


def find(situation: Situation) -> Iterator[Alert]:
    """What this patient must not have, or only with caution; each herb once."""
    yield from _pregnancy(situation)
    told: set[tuple[AlertCode, str, str]] = set()
    for item in situation.own:
        for reading in item.readings:
            for caution in reading.herb.cautions:
                alert = _of_people(situation, item, caution)
                if alert is not None and (alert.code, item.label, caution.who) not in told:
                    told.add((alert.code, item.label, caution.who))
                    yield alert


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


def _of_people(situation: Situation, item: Item, caution: Caution) -> Alert | None:
    person = situation.person
    forbidden = caution.level is Level.FORBIDDEN
    if caution.who == _LACTATION:
        applies, code = person.lactating, AlertCode.LACT_CAUTION
        message = N_("{herb}: caution while breastfeeding.")
        forbidden = False
    elif caution.who == _CHILD:
        applies = person.child
        code = AlertCode.CHILD_FORBIDDEN if forbidden else AlertCode.CONDITION_CAUTION
        message = (
            N_("{herb} is forbidden for children.") if forbidden else N_("{herb}: caution for children.")
        )
    else:
        applies = caution.who in person.conditions
        code = AlertCode.CONDITION_FORBIDDEN if forbidden else AlertCode.CONDITION_CAUTION
        message = (
            N_("{herb} is forbidden with this patient's condition: {condition}.")
            if forbidden
            else N_("{herb}: caution with this patient's condition: {condition}.")
        )
    if not applies:
        return None
    return situation.alert(
        code,
        Severity.HARD if forbidden else Severity.SOFT,
        (item.label,),
        message,
        caution.source,
        detail=caution.who,
        herb=item.label,
        condition=_title(situation, caution.who),
    )


def _title(situation: Situation, key: str) -> Bilingual | str:
    conditions = situation.knowledge.patient_words.conditions
    return next((condition.title for condition in conditions if condition.key == key), "")
