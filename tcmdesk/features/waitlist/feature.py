"""The waitlist: who would come sooner."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import CommandSpec, Feature, JobSpec, PanelSpec, ScreenSpec
from tcmdesk.features.waitlist.types import READ, WRITE

FEATURE = Feature(
    name="waitlist",
    title=N_("Waitlist"),
    icon="hourglass",
    order=14,
    permission=READ,
    screens=(
        ScreenSpec(
            name="waitlist",
            title=N_("Waitlist"),
            icon="hourglass",
            path="tcmdesk.features.waitlist.ui.waitlist_screen:WaitlistScreen",
            permission=READ,
            order=14,
        ),
    ),
    panels=(
        PanelSpec("waitlist_fits", "tcmdesk.features.waitlist.ui.waitlist_fits:WaitlistFits"),
        PanelSpec("waitlist_form", "tcmdesk.features.waitlist.ui.waitlist_form:WaitlistForm"),
    ),
    commands=(
        CommandSpec(
            title=N_("Add to waitlist"),
            icon="hourglass",
            screen="waitlist",
            params=(("do", "add"),),
            permission=WRITE,
        ),
    ),
    shots="tcmdesk.features.waitlist.ui.shots:SCENES",
    jobs=(
        JobSpec(
            name="keep_offers",
            path="tcmdesk.features.waitlist.jobs:keep_offers",
            wakes_on=frozenset({"appointments"}),
            every_seconds=10.0,
        ),
    ),
    refresh_on=frozenset(
        {"desk_waitlist", "desk_waitlist_offers", "desk_holds", "appointments", "users", "patient_profiles"}
    ),
)
