"""Rows of the lists in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.appointments.types import VISIT_TYPE_LABELS, Source, VisitType
from tcmdesk.features.patients.types import sex_age

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.worklists.types import ListRow


def name_text(tr: Translator, row: ListRow) -> str:
    """Who it is, or that the person is no longer known."""
    return row.card.patient_name or tr.gettext("Patient removed")


def about_text(tr: Translator, row: ListRow, today: dt.date) -> str:
    """``女34岁``."""
    return sex_age(tr, row.card.gender, row.card.birthday, today)


def when_text(tr: Translator, row: ListRow, zone: ZoneInfo, today: dt.date) -> str:
    """``今天 10:45``, ``11月26日 周四 10:45``, or the day and what the platform wrote for a time."""
    card = row.card
    moment = (card.starts_at or card.version.appointment_date).astimezone(zone)
    day = tr.gettext("Today") if moment.date() == today else tr.date(moment.date(), weekday=True)
    return f"{day} {tr.time(moment)}" if card.starts_at is not None else f"{day} “{card.slot_text}”"


def day_text(tr: Translator, row: ListRow, zone: ZoneInfo) -> str:
    """``11月24日 周二``."""
    moment = (row.card.starts_at or row.card.version.appointment_date).astimezone(zone)
    return tr.date(moment.date(), weekday=True)


def ago_text(tr: Translator, moment: dt.datetime, now: dt.datetime) -> str:
    """``8 分钟前``, ``3 小时前``, ``2 天前``."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return tr.gettext("{minutes} min ago").format(minutes=minutes)
    if minutes < 24 * 60:
        return tr.gettext("{hours} h ago").format(hours=minutes // 60)
    return tr.gettext("{days} d ago").format(days=minutes // (24 * 60))


def days_since(row: ListRow, zone: ZoneInfo, today: dt.date) -> int:
    """Whole days since the visit."""
    moment = row.card.starts_at or row.card.version.appointment_date
    return (today - moment.astimezone(zone).date()).days


def how_text(tr: Translator, row: ListRow) -> str:
    """``视频 · 平台``: how, and where it was booked."""
    parts = (
        [tr.gettext(VISIT_TYPE_LABELS[row.card.visit_type])] if row.card.visit_type is VisitType.VIDEO else []
    )
    if row.card.source is Source.PLATFORM:
        parts.append(tr.gettext("Platform"))
    return " · ".join(parts)


def whom_open(row: ListRow) -> bool:
    """Whether a booking of the platform does not yet say whom of the account it is for."""
    return row.family and row.card.source is Source.PLATFORM and not row.card.patient_confirmed
