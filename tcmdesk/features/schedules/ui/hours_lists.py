"""The lists of the hours screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.features.schedules.ui import tables
from tcmdesk.features.schedules.ui.clinic_rules import rule_columns
from tcmdesk.features.schedules.ui.hours_table import HoursTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.i18n import Translator

RULES: Final = "rules"
"""The section that only administrators have."""

SECTIONS: Final = ("week", "exceptions", "resources", "kinds", RULES)


def make_tables(
    tr: Translator, names: dict[str, str], departments: dict[str, str], parent: QWidget
) -> dict[str, HoursTable]:
    """A table for each of `SECTIONS`; `names` and `departments`, by id, may be filled later."""
    _ = tr.gettext
    made = (
        (tables.week_columns(tr), lambda row: row.rule_id, (
            "clock", _("The clinic's hours"), _("N gives this doctor hours of their own."))),
        (tables.exception_columns(tr, names), lambda row: row.exception_id, (
            "calendar-days", _("Nothing differs from the week"), _("N adds hours, L enters leave."))),
        (tables.resource_columns(tr, names, departments), lambda row: row.resource_id, (
            "door-open", _("No beds or rooms yet"), _("N adds one."))),
        (tables.kind_columns(tr, names), lambda row: row.kind_id, (
            "stethoscope", _("No kinds of visit yet"), _("N adds one."))),
        (rule_columns(tr), lambda row: row.name, ("settings", _("Rules"), "")),
    )  # fmt: skip
    return {
        name: HoursTable(name, columns, identify, empty, parent)
        for name, (columns, identify, empty) in zip(SECTIONS, made, strict=True)
    }
