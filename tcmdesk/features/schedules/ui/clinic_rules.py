"""The clinic's rules as rows: what each is set to, and what that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcmdesk.ui.columns import Column

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.settings.types import ClinicRules


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One of the rules. `name` is the field of `ClinicRules`, `effect` what its value does."""

    name: str
    title: str
    value: str
    effect: str
    rules: ClinicRules


def rule_columns(tr: Translator) -> tuple[Column[RuleRow], ...]:
    """Rule, value, effect."""
    _ = tr.gettext
    return (
        Column(_("Rule"), lambda row: row.title, width=230, bold=True, colour="text", elide=True),
        Column(_("Set to"), lambda row: row.value, width=150),
        Column(_("What it does"), lambda row: row.effect, elide=True),
    )


def rule_rows(tr: Translator, rules: ClinicRules) -> tuple[RuleRow, ...]:
    """All rules, in the order of their sheet."""
    _ = tr.gettext
    on, off = _("On"), _("Off")

    def row(name: str, title: str, value: str, effect: str) -> RuleRow:
        return RuleRow(name, title, value, effect, rules)

    return (
        row(
            "closures_refuse",
            _("Booking into time off"),
            _("Refused") if rules.closures_refuse else _("Warned"),
            _("Only an extra booking, with a reason, can still be made")
            if rules.closures_refuse
            else _("The desk is warned and may book all the same"),
        ),
        row(
            "extra_slots",
            _("Extra bookings at one time"),
            str(rules.extra_slots),
            _("Beyond a doctor's seats, each with a reason and the permission"),
        ),
        row(
            "mirror_closures",
            _("Closed time on the platform"),
            _("Taken by the clinic") if rules.mirror_closures else _("Marked only"),
            _("The clinic's own bookings take these half hours, four weeks ahead, until the reason goes")
            if rules.mirror_closures
            else _("The platform may still sell it; the board marks these half hours"),
        ),
        row(
            "long_wait",
            _("A long wait"),
            tr.ngettext("{count} minute", "{count} minutes", rules.long_wait).format(count=rules.long_wait),
            _("From then on the waiting room marks who waits"),
        ),
        row(
            "notifications",
            _("Messages to patients"),
            on if rules.notifications else off,
            _("Patients are told of bookings, moves and cancellations")
            if rules.notifications
            else _("Nobody is told anything, whatever the patient has set"),
        ),
    )
