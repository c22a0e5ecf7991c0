"""Visits in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.visits.types import STAGE_LABELS

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.reception.types import QueueEntry


def number_text(tr: Translator, number: int | None) -> str:
    """``7号`` or ``No. 7``; empty without a number."""
    return tr.gettext("No. {number}").format(number=number) if number else ""


def minutes_text(tr: Translator, minutes: int) -> str:
    """``34 分钟`` or ``34 min``; from two hours on ``2 小时 05 分`` or ``2 h 05 min``."""
    if minutes < 120:
        return tr.gettext("{minutes} min").format(minutes=minutes)
    return tr.gettext("{hours} h {minutes:02d} min").format(hours=minutes // 60, minutes=minutes % 60)


def place_text(entry: QueueEntry) -> str:
    """``陈景和 · 诊室 1``."""
    return " · ".join(part for part in (entry.doctor_name, entry.room) if part)


def entry_sentence(entry: QueueEntry, tr: Translator, minutes: int) -> str:
    """``8号 罗文彬 陈景和 · 诊室 1 已到 34 分钟``, for screen readers."""
    parts = (
        number_text(tr, entry.number),
        entry.card.patient_name,
        place_text(entry),
        tr.gettext(STAGE_LABELS[entry.visit.stage]),
        minutes_text(tr, minutes),
    )
    return " ".join(part for part in parts if part)
