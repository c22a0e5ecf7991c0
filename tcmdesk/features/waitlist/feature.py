"""The waitlist: who would come sooner."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import Feature, JobSpec
from tcmdesk.features.waitlist.types import READ

FEATURE = Feature(
    name="waitlist",
    title=N_("Waitlist"),
    icon="hourglass",
    order=14,
    permission=READ,
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
