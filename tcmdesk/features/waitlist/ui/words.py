"""Wishes and offers in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.patients.types import sex_age
from tcmdesk.features.waitlist.types import AFTERNOON, EVERY_DAY, MORNING, WHOLE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.waitlist.types import Entry, Fit, Offer, Wish

WEEKDAYS: Final = 0b0011111
WEEKEND: Final = 0b1100000
_WINDOWS: Final = {MORNING: N_("Morning"), AFTERNOON: N_("Afternoon")}


def patient_text(tr: Translator, entry: Entry) -> str:
    """The name, or that the person is no longer known."""
    return entry.patient_name or tr.gettext("Patient removed")


def whom(tr: Translator, entry: Entry) -> str:
    """``周怀瑾``, ``内科任一`` or ``任一医生``."""
    wish = entry.wish
    if wish.doctor_id is not None:
        return entry.doctor_name or tr.gettext("Doctor removed")
    if wish.department:
        return tr.gettext("Any of {department}").format(department=wish.department)
    return tr.gettext("Any doctor")


def window_text(tr: Translator, window: tuple[int, int]) -> str:
    """``上午``, ``09:00–11:00``; empty for the whole day."""
    if window == WHOLE_DAY:
        return ""
    if window in _WINDOWS:
        return tr.gettext(_WINDOWS[window])
    start, end = window
    return f"{start // 60:02d}:{start % 60:02d}–{end // 60:02d}:{end % 60:02d}"


def weekdays_text(tr: Translator, weekdays: int) -> str:
    """``周二、周四``, ``工作日``; empty for every day."""
    if weekdays == EVERY_DAY:
        return ""
    if weekdays == WEEKDAYS:
        return tr.gettext("Mon–Fri")
    if weekdays == WEEKEND:
        return tr.gettext("Weekend")
    monday = dt.date(2026, 11, 23)
    chosen = (monday + dt.timedelta(days=number) for number in range(7) if weekdays >> number & 1)
    return tr.gettext(", ").join(tr.weekday(day) for day in chosen)


def until_text(tr: Translator, wish: Wish, today: dt.date) -> str:
    """``今日``, ``本周``, ``至12月7日``."""
    if wish.last_day <= today:
        return tr.gettext("Today only")
    if wish.last_day <= today + dt.timedelta(days=6 - today.weekday()):
        return tr.gettext("This week")
    return tr.gettext("Until {day}").format(day=tr.date(wish.last_day, year=wish.last_day.year != today.year))


def when_text(tr: Translator, wish: Wish) -> str:
    """``周二、周四 上午``; ``任何时间`` when nothing was wished."""
    parts = (weekdays_text(tr, wish.weekdays), window_text(tr, wish.window))
    return " ".join(filter(None, parts)) or tr.gettext("Any time")


def wish_text(tr: Translator, entry: Entry, today: dt.date) -> str:
    """``周怀瑾 · 上午`` or ``内科任一 · 今日``: whom, and what narrows it most."""
    narrow = window_text(tr, entry.wish.window) or weekdays_text(tr, entry.wish.weekdays)
    return f"{whom(tr, entry)} · {narrow or until_text(tr, entry.wish, today)}"


def minutes_left(offer: Offer, server_now: dt.datetime) -> int:
    """Whole minutes, begun ones counted; 0 when it has run out."""
    seconds = (offer.expires_at - server_now).total_seconds()
    return max(0, -int(-seconds // 60))


def left_text(tr: Translator, offer: Offer, server_now: dt.datetime) -> str:
    """``剩 8 分钟``, ``剩不到 1 分钟``, ``已过期``."""
    minutes = minutes_left(offer, server_now)
    if minutes == 0:
        return tr.gettext("Ran out")
    if minutes == 1:
        return tr.gettext("under 1 min left")
    return tr.gettext("{minutes} min left").format(minutes=minutes)


def start_text(tr: Translator, moment: dt.datetime, zone: ZoneInfo, today: dt.date) -> str:
    """``10:45`` of today, ``11月26日 周四 10:45`` of another day."""
    local = moment.astimezone(zone)
    return (
        tr.time(local) if local.date() == today else f"{tr.date(local.date(), weekday=True)} {tr.time(local)}"
    )


def waited_text(tr: Translator, since: dt.datetime, now: dt.datetime) -> str:
    """``今天`` or ``3 天``."""
    days = (now - since).days
    return tr.gettext("{days} d waiting").format(days=days) if days else tr.gettext("Today")


def fit_sentence(tr: Translator, fit: Fit, zone: ZoneInfo, today: dt.date) -> str:
    """What a screen reader says of a row of who fits."""
    _: Callable[[str], str] = tr.gettext
    return " ".join(
        (
            patient_text(tr, fit.entry),
            sex_age(tr, fit.entry.gender, fit.entry.birthday, today),
            wish_text(tr, fit.entry, today),
            start_text(tr, fit.starts_at, zone, today),
            fit.doctor_name,
        )
    )
