"""The four lists of the hours screen, as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.schedules.types import (
    EXCEPTION_LABELS,
    RESOURCE_LABELS,
    HoursException,
    HoursRule,
    Resource,
    VisitKind,
)
from tcmdesk.features.schedules.ui import words
from tcmdesk.ui.columns import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcmdesk.core.i18n import Translator

Names = dict[str, str]


def week_columns(tr: Translator) -> tuple[Column[HoursRule], ...]:
    """Sessions of a week."""
    _ = tr.gettext
    return (
        Column(
            _("Weekday"), lambda rule: words.weekday(tr, rule.weekday), width=120, bold=True, colour="text"
        ),
        Column(_("Hours"), lambda rule: words.hours(rule.session), width=180, colour="text"),
        Column(_("A visit takes"), lambda rule: words.minutes(tr, rule.session.cell), width=140),
        Column(_("People"), lambda rule: words.seats(tr, rule.session), width=160),
        Column(_("Visits"), lambda rule: words.visits(tr, rule.session), width=190),
        Column(_("In force"), lambda rule: words.validity(tr, rule)),
    )


def exception_columns(tr: Translator, names: Names) -> tuple[Column[HoursException], ...]:
    """What differs from the week."""
    _ = tr.gettext

    def who(row: HoursException) -> str:
        return names.get(row.doctor_id, "") if row.doctor_id else _("Everybody")

    return (
        Column(_("Dates"), lambda row: words.days(tr, row), width=260, bold=True, colour="text"),
        Column(_("What"), lambda row: _(EXCEPTION_LABELS[row.kind]), width=170, icon=words.icon),
        Column(_("Hours"), lambda row: words.hours_of(tr, row), width=160),
        Column(_("Whom"), who, width=150, elide=True),
        Column(_("Reason"), lambda row: row.reason, elide=True),
    )


def resource_columns(
    tr: Translator, names: Names, departments: Mapping[str, str]
) -> tuple[Column[Resource], ...]:
    """Beds and rooms."""
    _ = tr.gettext

    def of_whom(row: Resource) -> str:
        if row.doctor_id:
            return names.get(row.doctor_id, "")
        return departments.get(row.department_id or "", "") or _("Everybody")

    return (
        Column(_("Bed or room"), lambda row: row.name, width=220, bold=True, colour="text", elide=True),
        Column(_("Kind"), lambda row: _(RESOURCE_LABELS[row.kind]), width=120),
        Column(_("People"), lambda row: str(row.seats), width=100, align="right"),
        Column(_("For"), of_whom, elide=True),
        Column(_("State"), lambda row: _("In use") if row.active else _("Not in use"), width=140),
    )


def kind_columns(tr: Translator, names: Names) -> tuple[Column[VisitKind], ...]:
    """Kinds of visit."""
    _ = tr.gettext
    return (
        Column(_("Kind of visit"), lambda row: row.name, width=180, bold=True, colour="text", elide=True),
        Column(_("Of the doctor"), lambda row: words.minutes(tr, row.doctor_minutes), width=140),
        Column(_("Besides"), lambda row: words.needs(tr, row), width=280),
        Column(_("For"), lambda row: names.get(row.doctor_id or "", "") or _("Everybody"), elide=True),
        Column(
            _("State"),
            lambda row: (_("Usual") if row.usual else _("In use")) if row.active else _("Not in use"),
            width=140,
        ),
    )
