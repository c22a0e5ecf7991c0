"""The front desk's day: the waiting room, walk-ins, calls and papers."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import CommandSpec, Feature, PanelSpec
from tcmdesk.features.visits.types import ARRIVE, READ

FEATURE = Feature(
    name="reception",
    title=N_("Front desk"),
    icon="armchair",
    order=15,
    permission=READ,
    panels=(
        PanelSpec("waiting_room", "tcmdesk.features.reception.ui.waiting_room:WaitingRoomPanel"),
        PanelSpec("walk_in", "tcmdesk.features.reception.ui.walk_in:WalkInSheet"),
        PanelSpec("visit_actions", "tcmdesk.features.reception.ui.visit_actions:VisitActions"),
    ),
    commands=(
        CommandSpec(N_("Register a walk-in"), "user-plus", "day_board", (("do", "walk_in"),), ARRIVE),
        CommandSpec(N_("Show the call display"), "monitor", "day_board", (("do", "call_display"),), READ),
    ),
    shots="tcmdesk.features.reception.ui.shots:SCENES",
    refresh_on=frozenset({"desk_visits"}),
)
