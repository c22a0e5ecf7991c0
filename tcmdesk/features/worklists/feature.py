"""The desk's lists: what came from the platform, what is unconfirmed, who should come again, who did not come."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import CommandSpec, Feature, JobSpec, PanelSpec, ScreenSpec
from tcmdesk.features.worklists.types import LIST_LABELS, READ

FEATURE = Feature(
    name="worklists",
    title=N_("Lists"),
    icon="inbox",
    order=16,
    permission=READ,
    screens=(
        ScreenSpec(
            name="worklists",
            title=N_("Lists"),
            icon="inbox",
            path="tcmdesk.features.worklists.ui.lists_screen:ListsScreen",
            permission=READ,
            order=16,
        ),
    ),
    panels=(PanelSpec("inbox_button", "tcmdesk.features.worklists.ui.inbox_button:InboxButton"),),
    commands=tuple(
        CommandSpec(
            title=title, icon="inbox", screen="worklists", params=(("list", name.value),), permission=READ
        )
        for name, title in LIST_LABELS.items()
    ),
    jobs=(
        JobSpec(
            name="auto_confirm",
            path="tcmdesk.features.worklists.jobs:auto_confirm",
            wakes_on=frozenset({"appointments", "system_configs"}),
        ),
    ),
    shots="tcmdesk.features.worklists.ui.shots:SCENES",
    refresh_on=frozenset(
        {
            "appointments",
            "desk_appointments",
            "desk_visits",
            "desk_list_marks",
            "desk_inbox_marks",
            "users",
            "patient_profiles",
        }
    ),
)
