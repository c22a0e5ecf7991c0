"""Appointments in words, for cards, panels and screen readers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tcmdesk.features.appointments.types import (
    KIND_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
    VISIT_TYPE_LABELS,
    AppointmentCard,
    DoctorColumn,
    Source,
    Status,
    VisitType,
)
from tcmdesk.features.patients.types import sex_age
from tcmdesk.features.visits.types import STAGE_LABELS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.core.i18n import Translator


def clock(minute: int) -> str:
    """``09:05`` of a minute after midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def span(start: int, end: int) -> str:
    """``09:05–09:20``."""
    return f"{clock(start)}–{clock(end)}"


def start_text(card: AppointmentCard, zone: ZoneInfo) -> str:
    """The clinic's time of a card, or what the platform wrote when that cannot be read."""
    return card.slot_text if card.starts_at is None else card.starts_at.astimezone(zone).strftime("%H:%M")


def date_and_span(card: AppointmentCard, tr: Translator, zone: ZoneInfo) -> str:
    """``11月24日 周二 10:15–10:45``, or the day and what the platform wrote for a time."""
    moment = card.version.appointment_date if card.starts_at is None else card.starts_at
    date = tr.date(moment.astimezone(zone).date(), weekday=True)
    if card.starts_at is None or card.ends_at is None:
        message = tr.gettext("{date}, time to be confirmed: “{text}”")
        return message.format(date=date, text=card.slot_text)
    return f"{date} {start_text(card, zone)}–{card.ends_at.astimezone(zone):%H:%M}"


def card_sentence(card: AppointmentCard, tr: Translator, zone: ZoneInfo, today: dt.date) -> str:
    """``10:15 沈若兰 女34岁 复诊 已确认``, with video and platform named when they apply."""
    _ = tr.gettext
    parts = [
        start_text(card, zone),
        card.patient_name,
        sex_age(tr, card.gender, card.birthday, today),
        card.visit_kind or _(KIND_LABELS[card.kind]),
        card.room or "",
        _("Extra slot") if card.extra else "",
        _(VISIT_TYPE_LABELS[card.visit_type]) if card.visit_type is VisitType.VIDEO else "",
        _(SOURCE_LABELS[card.source]) if card.source is Source.PLATFORM else "",
        state_text(card, tr),
    ]
    return " ".join(part for part in parts if part)


def number_of(card: AppointmentCard) -> int | None:
    """The number of somebody who has come."""
    return card.visit.number if card.visit is not None else None


def state_text(card: AppointmentCard, tr: Translator) -> str:
    """How far the visit has come, or the appointment's status: ``就诊中 7号``, ``已确认``."""
    _ = tr.gettext
    if card.visit is None or card.status is Status.CANCELLED:
        return _(STATUS_LABELS[card.status])
    number = number_of(card)
    said = _(STAGE_LABELS[card.visit.stage])
    return said if number is None else f"{said} {_('No. {number}').format(number=number)}"


def doctor_text(doctor: DoctorColumn) -> str:
    """``林若溪 妇科``."""
    return f"{doctor.name} {doctor.department}".strip()


def when_text(tr: Translator, moment: dt.datetime, zone: ZoneInfo) -> str:
    """``11月24日 周二 11:30`` or ``Tue 24 Nov 11:30``."""
    local = moment.astimezone(zone)
    return f"{tr.date(local.date(), weekday=True)} {local:%H:%M}"


def week_text(tr: Translator, first: dt.date, today: dt.date) -> str:
    """``11月23日 – 29日`` or ``23 – 29 Nov``, with what differs named at both ends."""
    last = first + dt.timedelta(days=6)
    year = last.year != today.year
    if first.month == last.month and tr.language == "zh_CN":
        return f"{tr.date(first, year=year)} – {last.day}日"
    if first.month == last.month:
        return f"{first.day} – {tr.date(last, year=year)}"
    return f"{tr.date(first)} – {tr.date(last, year=year)}"


def month_text(tr: Translator, day: dt.date) -> str:
    """``2026年11月`` or ``Nov 2026``."""
    if tr.language == "zh_CN":
        return f"{day.year}年{day.month}月"
    return tr.date(day.replace(day=1), year=True).removeprefix("1 ")


def relative_day(tr: Translator, day: dt.date, today: dt.date) -> str:
    """``今天``, ``明天 周三``, ``周四``, later ``12月3日 周四``."""
    _ = tr.gettext
    ahead = (day - today).days
    if ahead == 0:
        return _("Today")
    if ahead == 1:
        return _("Tomorrow") if tr.language == "en" else f"{_('Tomorrow')} {tr.weekday(day)}"
    return tr.weekday(day) if 1 < ahead < 7 else tr.date(day, weekday=True)
