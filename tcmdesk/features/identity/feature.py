"""Staff, doctors and departments; signing in belongs to the application's windows."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import CommandSpec, Feature, PanelSpec, ScreenSpec
from tcmdesk.features.identity.types import MANAGE_STAFF, READ_DOCTORS, READ_STAFF

FEATURE = Feature(
    name="identity",
    title=N_("Staff"),
    icon="users",
    order=85,
    permission=READ_DOCTORS,
    screens=(
        ScreenSpec(
            "staff",
            N_("Staff"),
            "users",
            "tcmdesk.features.identity.ui.staff_screen:StaffScreen",
            READ_STAFF,
            order=85,
        ),
    ),
    commands=(
        CommandSpec(N_("Staff list"), "users", "staff", (("show", "staff"),), READ_STAFF),
        CommandSpec(N_("Doctors' details"), "stethoscope", "staff", (("show", "doctors"),), READ_STAFF),
        CommandSpec(N_("Departments"), "door-open", "staff", (("show", "departments"),), READ_STAFF),
        CommandSpec(N_("Add staff"), "user-plus", "staff", (("do", "add_staff"),), MANAGE_STAFF),
    ),
    shots="tcmdesk.features.identity.ui.shots:SCENES",
    refresh_on=frozenset({"users", "desk_staff", "desk_sign_ins", "doctors", "departments"}),
    panels=(
        PanelSpec("change_password", "tcmdesk.features.identity.ui.change_password:ChangePasswordDialog"),
    ),
)
