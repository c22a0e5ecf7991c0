"""The schedule: who comes when."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import CommandSpec, Feature, JobSpec, PanelSpec, ScreenSpec
from tcmdesk.features.appointments.types import BOOK, READ

FEATURE = Feature(
    name="appointments",
    title=N_("Schedule"),
    icon="calendar-days",
    order=10,
    permission=READ,
    screens=(
        ScreenSpec(
            name="day_board",
            title=N_("Schedule"),
            icon="calendar-days",
            path="tcmdesk.features.appointments.ui.day_board:DayBoardScreen",
            permission=READ,
            order=10,
        ),
    ),
    panels=(
        PanelSpec("who", "tcmdesk.features.appointments.ui.who_section:WhoSection"),
        PanelSpec("leave_sheet", "tcmdesk.features.appointments.ui.leave_sheet:LeaveSheet"),
        PanelSpec("hours_check", "tcmdesk.features.appointments.service.hours_check:displaced"),
    ),
    commands=(
        CommandSpec(N_("New booking"), "plus", "day_board", (("do", "new_booking"),), BOOK),
        CommandSpec(N_("Find openings"), "calendar-search", "day_board", (("do", "find_openings"),), BOOK),
    ),
    jobs=(
        JobSpec(
            name="note_visits", path="tcmdesk.features.appointments.jobs:note_visits", every_seconds=600.0
        ),
        JobSpec(
            name="keep_blocks",
            path="tcmdesk.features.appointments.jobs:keep_blocks",
            wakes_on=frozenset(
                {"appointments", "desk_hours", "desk_exceptions", "system_configs", "doctors", "users"}
            ),
            every_seconds=3600.0,
        ),
    ),
    shots="tcmdesk.features.appointments.ui.shots:SCENES",
    samples="tcmdesk.features.appointments.ui.samples:cards",
    refresh_on=frozenset(
        {
            "appointments",
            "desk_appointments",
            "desk_visits",
            "desk_holds",
            "desk_saved_views",
            "desk_board_pins",
            "desk_hours",
            "desk_exceptions",
            "desk_leave_moves",
            "desk_resources",
            "desk_visit_kinds",
            "users",
            "doctors",
            "patient_profiles",
            "system_configs",
        }
    ),
)
