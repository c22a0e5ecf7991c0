"""Hours in words, for tables and screen readers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tcmdesk.features.schedules.types import DAY_MINUTES, RESOURCE_LABELS, ExceptionKind, Session

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.schedules.types import HoursException, HoursRule, VisitKind

_MONDAY: Final = dt.date(2026, 11, 23)


def weekday(tr: Translator, number: int) -> str:
    """``周一`` or ``Mon``; 0 is Monday."""
    return tr.weekday(_MONDAY + dt.timedelta(days=number))


def clock(minutes: int) -> str:
    """``09:05`` of minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def hours(session: Session) -> str:
    """``08:30–12:00``."""
    return f"{clock(session.start)}–{clock(session.end)}"


def hours_of(tr: Translator, exception: HoursException) -> str:
    """The hours of an exception, or that it is the whole day."""
    session = exception.session
    if (session.start, session.end) == (0, DAY_MINUTES):
        return tr.gettext("Whole day")
    return hours(session)


def seats(tr: Translator, session: Session) -> str:
    """How many at once."""
    return tr.ngettext("{count} at a time", "{count} at a time", session.seats).format(count=session.seats)


def minutes(tr: Translator, number: int) -> str:
    """``15 min``."""
    return tr.gettext("{minutes} min").format(minutes=number)


def visits(tr: Translator, session: Session) -> str:
    """What sort of visits a session is for."""
    _ = tr.gettext
    if session.video and session.in_person:
        return _("Video and in person")
    return _("Video") if session.video else _("In person")


def validity(tr: Translator, rule: HoursRule) -> str:
    """From when until when a rule is in force; empty for always."""
    first = tr.date(rule.valid_from, year=True) if rule.valid_from else ""
    last = tr.date(rule.valid_until, year=True) if rule.valid_until else ""
    if not first and not last:
        return tr.gettext("Always")
    return f"{first} – {last}".strip()


def days(tr: Translator, exception: HoursException) -> str:
    """The day or days of an exception."""
    first = tr.date(exception.from_day, weekday=True)
    if exception.from_day == exception.until_day:
        return first
    return f"{first} – {tr.date(exception.until_day, weekday=True)}"


def needs(tr: Translator, kind: VisitKind) -> str:
    """What a kind of visit takes besides the doctor."""
    _ = tr.gettext
    if kind.needs is None:
        return _("Nothing else")
    words = _("{resource}, {minutes} min, after {offset} min")
    return words.format(
        resource=_(RESOURCE_LABELS[kind.needs]), minutes=kind.resource_minutes, offset=kind.offset
    )


def icon(exception: HoursException) -> str:
    """The mark of an exception."""
    return {
        ExceptionKind.LEAVE: "user-x", ExceptionKind.HOLIDAY: "ban", ExceptionKind.EXTRA: "circle-plus",
        ExceptionKind.CHANGED: "clock",
    }[exception.kind]  # fmt: skip
