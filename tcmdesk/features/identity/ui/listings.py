"""The columns of staff, doctors and departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.identity.types import ROLE_LABELS, is_placeholder
from tcmdesk.features.identity.ui.directory import Listing
from tcmdesk.ui.columns import Column

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.identity.types import DepartmentRow, DoctorListRow, StaffRow
    from tcmdesk.ui.theme.tokens import Colour


def staff_listing(tr: Translator) -> Listing[StaffRow]:
    """Who works here and may sign in."""
    _ = tr.gettext

    def state(row: StaffRow) -> str:
        if not row.active:
            return _("Suspended")
        if row.locked_minutes:
            return _("Locked, {minutes} min").format(minutes=row.locked_minutes)
        return _("May sign in")

    def icon(row: StaffRow) -> str:
        return "ban" if not row.active else "lock" if row.locked_minutes else "circle-check"

    def tint(row: StaffRow) -> Colour:
        return "text3" if not row.active else "warn" if row.locked_minutes else "text2"

    def phone(row: StaffRow) -> str:
        return "" if is_placeholder(row.fields.phone) else row.fields.phone

    return Listing(
        _("Staff"),
        "users",
        (
            Column(_("Name"), lambda row: row.fields.name, bold=True, colour="text", elide=True),
            Column(_("Role"), lambda row: _(ROLE_LABELS[row.fields.role]), 150),
            Column(_("Account"), lambda row: row.fields.account, 180, elide=True),
            Column(_("Phone"), phone, 150),
            Column(_("Department"), lambda row: row.department, 180, elide=True),
            Column(_("Sign-in"), state, 190, icon=icon, tint=tint),
        ),
        lambda row: row.user_id,
        lambda row: row.spelled,
        (_("Nobody works here yet"), _("Add the first person.")),
    )


def doctor_listing(tr: Translator) -> Listing[DoctorListRow]:
    """What is said about whom."""
    _ = tr.gettext

    def state(row: DoctorListRow) -> str:
        if row.doctor_id is None:
            return _("Details missing")
        return _("Sees patients") if row.active else _("Suspended")

    def icon(row: DoctorListRow) -> str:
        return "triangle-alert" if row.doctor_id is None else "circle-check" if row.active else "ban"

    def tint(row: DoctorListRow) -> Colour:
        return "warn" if row.doctor_id is None else "text2" if row.active else "text3"

    return Listing(
        _("Doctors"),
        "stethoscope",
        (
            Column(_("Name"), lambda row: row.name, bold=True, colour="text", elide=True),
            Column(_("Professional title"), lambda row: row.title, 180, elide=True),
            Column(_("Department"), lambda row: row.department, 180, elide=True),
            Column(_("Hospital"), lambda row: row.hospital, 280, elide=True),
            Column(_("State"), state, 190, icon=icon, tint=tint),
        ),
        lambda row: row.user_id,
        lambda row: row.spelled,
        (_("There is no doctor yet"), _("Add staff with the role of doctor.")),
    )


def department_listing(tr: Translator) -> Listing[DepartmentRow]:
    """The parts of the clinic."""
    _ = tr.gettext
    return Listing(
        _("Departments"),
        "door-open",
        (
            Column(_("Department"), lambda row: row.fields.name, bold=True, colour="text", elide=True),
            Column(_("Code"), lambda row: row.fields.code, 200, elide=True),
            Column(_("Contact"), lambda row: row.fields.contact_person, 180, elide=True),
            Column(_("Contact phone"), lambda row: row.fields.contact_phone, 190),
            Column(_("Doctors"), lambda row: str(row.doctors), 110, align="right"),
            Column(
                _("State"),
                lambda row: _("In use") if row.fields.active else _("Not in use"),
                150,
                icon=lambda row: "circle-check" if row.fields.active else "ban",
                tint=lambda row: "text2" if row.fields.active else "text3",
            ),
        ),
        lambda row: row.department_id,
        lambda row: row.spelled,
        (_("There is no department yet"), _("Add the first one.")),
    )
