"""What hours may be, whoever enters them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.features.schedules.types import (
    DAY_MINUTES,
    GRID_MINUTES,
    MOST_SEATS,
    NAME_MAX,
    REASON_MAX,
    WEEKDAYS,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from tcmdesk.features.schedules.types import HoursRule, Session

LONGEST_DAYS: Final = 366
"""Days that one exception may cover."""


def check_session(session: Session) -> None:
    """Raise `ValidationError` for hours that are empty, off the grid, or of impossible cells or seats."""
    if not 0 <= session.start < session.end <= DAY_MINUTES:
        raise ValidationError(
            "schedules.hours", N_("Hours begin before they end. Correct {start}–{end}."), field="end",
            start=clock(session.start), end=clock(session.end),
        )  # fmt: skip
    if session.start % GRID_MINUTES or session.end % GRID_MINUTES:
        raise ValidationError(
            "schedules.grid", N_("Hours begin and end at a multiple of {minutes} minutes."), field="start",
            minutes=GRID_MINUTES,
        )  # fmt: skip
    if session.cell % GRID_MINUTES or not GRID_MINUTES <= session.cell <= session.end - session.start:
        raise ValidationError(
            "schedules.cell",
            N_("A visit takes {minutes} minutes at least, in steps of {minutes}, and fits into its session."),
            field="cell",
            minutes=GRID_MINUTES,
        )
    if not 1 <= session.seats <= MOST_SEATS:
        raise ValidationError(
            "schedules.seats", N_("Between 1 and {most} people can be seen at once."), field="seats",
            most=MOST_SEATS,
        )  # fmt: skip
    if not (session.video or session.in_person):
        raise ValidationError(
            "schedules.visits", N_("Choose video visits, visits in person, or both."), field="in_person"
        )


def check_week(rules: Sequence[HoursRule]) -> None:
    """Raise `ValidationError` for a rule that is impossible, or for two that overlap."""
    for rule in rules:
        check_session(rule.session)
        if not 0 <= rule.weekday < WEEKDAYS:
            raise ValidationError("schedules.weekday", N_("Choose a day of the week."), field="weekday")
        if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
            raise ValidationError(
                "schedules.validity", N_("The last day is before the first."), field="valid_until"
            )
    for rule, other in itertools.combinations(rules, 2):
        if (
            rule.weekday == other.weekday
            and _valid_together(rule, other)
            and meet(rule.session, other.session)
        ):
            raise overlap(rule.session, other.session)


def meet(session: Session, other: Session) -> bool:
    """Whether two sessions of a day overlap."""
    return session.start < other.end and other.start < session.end


def overlap(session: Session, other: Session) -> ValidationError:
    """Two sessions claim the same time."""
    return ValidationError(
        "schedules.overlap", N_("{first} and {second} overlap. Change one of them."), field="start",
        first=f"{clock(session.start)}–{clock(session.end)}", second=f"{clock(other.start)}–{clock(other.end)}",
    )  # fmt: skip


def check_days(from_day: dt.date, until_day: dt.date, today: dt.date) -> None:
    """Raise `ValidationError` for days in the wrong order, too many of them, or all of them over."""
    if until_day < from_day:
        raise ValidationError("schedules.order", N_("The last day is before the first."), field="until_day")
    if until_day < today:
        raise past()
    if (until_day - from_day).days >= LONGEST_DAYS:
        raise ValidationError(
            "schedules.days", N_("Enter at most {most} days at once."), field="until_day", most=LONGEST_DAYS
        )


def past() -> ValidationError:
    """The days are over."""
    return ValidationError(
        "schedules.past", N_("These days are over. Leave can be entered from today on."), field="until_day"
    )


def check_reason(text: str) -> str:
    """The reason, trimmed; raises `ValidationError` when it is missing or too long."""
    reason = text.strip()
    if not reason or len(reason) > REASON_MAX:
        raise ValidationError(
            "schedules.reason",
            N_("Give a reason of 1 to {most} characters."),
            field="reason",
            most=REASON_MAX,
        )
    return reason


def check_name(text: str) -> str:
    """A name, trimmed; raises `ValidationError` when it is missing or too long."""
    name = text.strip()
    if not name or len(name) > NAME_MAX:
        raise ValidationError(
            "schedules.name", N_("Give a name of 1 to {most} characters."), field="name", most=NAME_MAX
        )
    return name


def clock(minutes: int) -> str:
    """``HH:MM`` of minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _valid_together(rule: HoursRule, other: HoursRule) -> bool:
    starts_late = rule.valid_from and other.valid_until and other.valid_until < rule.valid_from
    ends_early = rule.valid_until and other.valid_from and rule.valid_until < other.valid_from
    return not (starts_late or ends_early)
