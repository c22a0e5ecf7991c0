"""Hours, leave, beds and rooms announce themselves."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import CommandSpec, Feature, ScreenSpec
from tcmdesk.features.schedules.types import READ, WRITE

FEATURE = Feature(
    name="schedules",
    title=N_("Rota"),
    icon="clock",
    order=80,
    permission=READ,
    screens=(
        ScreenSpec(
            name="hours",
            title=N_("Rota"),
            icon="clock",
            path="tcmdesk.features.schedules.ui.hours_screen:HoursScreen",
            permission=READ,
            order=80,
        ),
    ),
    commands=(
        CommandSpec(N_("Working hours"), "clock", "hours", (("show", "week"),), READ),
        CommandSpec(N_("Leave and holidays"), "user-x", "hours", (("show", "exceptions"),), READ),
        CommandSpec(N_("Beds and rooms"), "door-open", "hours", (("show", "resources"),), READ),
        CommandSpec(N_("Kinds of visit"), "stethoscope", "hours", (("show", "kinds"),), READ),
        CommandSpec(N_("Rules of the clinic"), "settings", "hours", (("show", "rules"),), WRITE),
        CommandSpec(N_("Close the clinic on a day"), "ban", "hours", (("do", "close_clinic"),), WRITE),
    ),
    shots="tcmdesk.features.schedules.ui.shots:SCENES",
    refresh_on=frozenset(
        {
            "desk_hours",
            "desk_exceptions",
            "desk_leave_moves",
            "desk_resources",
            "desk_visit_kinds",
            "system_configs",
            "doctors",
            "users",
        }
    ),
)
