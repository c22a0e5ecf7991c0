"""What the law forbids or limits: banned herbs, the 28 toxic drugs, narcotics, prescribing at a distance, supply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.prescriptions.safety.items import Route
from tcmdesk.features.prescriptions.safety.knowledge import Control
from tcmdesk.features.prescriptions.safety.rules.dose import ceiling
from tcmdesk.features.prescriptions.types import AlertCode, Severity, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.prescriptions.safety.items import Item, Reading
    from tcmdesk.features.prescriptions.safety.situation import Situation
    from tcmdesk.features.prescriptions.types import Alert

SUPPLY_DAYS: Final = 7
NARCOTIC_DAYS: Final = 3
POISON_DAYS: Final = 2
GUARDIAN_AGE: Final = 6
"""Completed years under which a patient seen at a distance needs a guardian beside."""

_BANNED: Final = "banned-notices"
_POISON: Final = "poison-law-1988"
_NARCOTIC: Final = "narcotic-law"
_PRESCRIPTION: Final = "prescription-law"
_ONLINE: Final = "online-law"


def find(situation: Situation) -> Iterator[Alert]:
    """Everything the law says about this prescription; each herb once for each rule."""
    told: set[tuple[AlertCode, str]] = set()
    for item in situation.own:
        for alert in _certain(situation, item):
            if (alert.code, item.label) not in told:
                told.add((alert.code, item.label))
                yield alert
    yield from _visit(situation)
    doses = situation.draft.doses
    if doses is not None and doses > SUPPLY_DAYS:
        yield situation.alert(
            AlertCode.SUPPLY_OVER_7D,
            Severity.SOFT,
            (),
            N_("{doses} doses are more than {days} days' supply: give the reason."),
            _PRESCRIPTION,
            doses=doses,
            days=SUPPLY_DAYS,
        )


def _certain(situation: Situation, item: Item) -> Iterator[Alert]:
    """What the law says about the herb; about an ambiguous name only what holds for each of its meanings.

    The name has to be resolved before anything is issued, and then the rest is said.
    """
    said = [list(_of_reading(situation, item, reading)) for reading in item.readings]
    for alert in said[0]:
        if all(any(other.code is alert.code for other in others) for others in said[1:]):
            yield alert


def _of_reading(situation: Situation, item: Item, reading: Reading) -> Iterator[Alert]:
    control = reading.herb.control
    if control is Control.BANNED:
        yield situation.alert(
            AlertCode.BANNED,
            Severity.BLOCK,
            (item.label,),
            N_("{herb} is banned or withdrawn and cannot be prescribed."),
            _BANNED,
            herb=item.label,
        )
    if control is Control.NARCOTIC:
        yield _narcotic(situation, item)
    if _is_controlled(reading):
        yield _poison(situation, item, reading)
    elif reading.external_only and reading.toxicity and item.route is not Route.EXTERNAL:
        yield _external_poison(situation, item, reading.herb.sources[0])
    if situation.draft.visit is Visit.VIDEO and (control is Control.NARCOTIC or _is_controlled(reading)):
        yield situation.alert(
            AlertCode.ONLINE_NOT_ALLOWED,
            Severity.BLOCK,
            (item.label,),
            N_("{herb} is not prescribed at a distance: narcotics and controlled poisons need a visit."),
            _ONLINE,
            herb=item.label,
        )


def _is_controlled(reading: Reading) -> bool:
    control = reading.herb.control
    return control is Control.POISON or (control is Control.POISON_RAW and reading.raw)


def _poison(situation: Situation, item: Item, reading: Reading) -> Alert:
    if reading.external_only and item.route is not Route.EXTERNAL:
        return _external_poison(situation, item, _POISON)
    doses, most = situation.draft.doses, ceiling(item, reading)
    if item.grams is not None and doses is not None and most is not None:
        message = N_(
            "{herb} is a controlled poison: {total} g prescribed, at most {limit} g (two days' maximum) allowed."
        )
        total, limit = item.grams * doses, most * POISON_DAYS
    else:
        message = N_("{herb} is a controlled poison: at most two days' maximum, kept two years.")
        total, limit = 0.0, 0.0
    return situation.alert(
        AlertCode.CONTROLLED_POISON,
        Severity.HARD,
        (item.label,),
        message,
        _POISON,
        herb=item.label,
        total=f"{total:g}",
        limit=f"{limit:g}",
    )


def _external_poison(situation: Situation, item: Item, source: str) -> Alert:
    return situation.alert(
        AlertCode.CONTROLLED_POISON,
        Severity.BLOCK,
        (item.label,),
        N_("{herb} is a poison for external use; it is not given by mouth."),
        source,
        herb=item.label,
    )


def _narcotic(situation: Situation, item: Item) -> Alert:
    person, doses = situation.person, situation.draft.doses
    severity = Severity.BLOCK
    if person.child:
        message = N_("{herb} is a narcotic; it is not given to children.")
    elif person.pregnant:
        message = N_("{herb} is a narcotic; it is not given in pregnancy.")
    elif doses is not None and doses > NARCOTIC_DAYS:
        message = N_("{herb} is a narcotic: {doses} days, at most {days} allowed.")
    elif len({label for own in situation.own for label in own.names}) == 1 and not situation.unknown:
        severity = Severity.HARD
        message = N_("{herb} is a narcotic: it is not dispensed alone.")
    else:
        severity = Severity.HARD
        message = N_(
            "{herb} is a narcotic: narcotic form, at most {days} days, at most 7 days in a row, kept three years."
        )
    return situation.alert(
        AlertCode.NARCOTIC,
        severity,
        (item.label,),
        message,
        _NARCOTIC,
        herb=item.label,
        doses=doses,
        days=NARCOTIC_DAYS,
    )


def _visit(situation: Situation) -> Iterator[Alert]:
    """The rules for a visit at a distance; what nobody said is asked, what is denied stops."""
    draft = situation.draft
    if draft.visit is not Visit.VIDEO:
        return
    if draft.diagnosed_in_person is not True:
        denied = draft.diagnosed_in_person is False
        yield situation.alert(
            AlertCode.ONLINE_NOT_ALLOWED,
            Severity.BLOCK if denied else Severity.SOFT,
            (),
            N_("A first visit is not held at a distance: the disease has to be diagnosed in person before.")
            if denied
            else N_("Record that this disease was diagnosed in person before."),
            _ONLINE,
            detail="diagnosis",
        )
    age = draft.patient.age
    if age is not None and age < GUARDIAN_AGE and draft.patient.guardian is not True:
        denied = draft.patient.guardian is False
        yield situation.alert(
            AlertCode.ONLINE_NOT_ALLOWED,
            Severity.BLOCK if denied else Severity.SOFT,
            (),
            N_("Under six, a guardian has to be present.")
            if denied
            else N_("Record that a guardian is present: the patient is under six."),
            _ONLINE,
            detail="guardian",
        )
