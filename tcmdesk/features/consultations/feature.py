"""Video visits: the call beside whatever is open, the list of the day, the licence."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import Feature, JobSpec, PanelSpec, ScreenSpec
from tcmdesk.features.consultations.types import READ

FEATURE = Feature(
    name="consultations",
    title=N_("Video"),
    icon="video",
    order=30,
    permission=READ,
    screens=(
        ScreenSpec(
            name="video",
            title=N_("Video"),
            icon="video",
            path="tcmdesk.features.consultations.ui.video_screen:VideoScreen",
            permission=READ,
            order=30,
        ),
    ),
    panels=(
        PanelSpec("video_call", "tcmdesk.features.consultations.ui.video_call:VideoCall"),
        PanelSpec("call_panel", "tcmdesk.features.consultations.ui.call_panel:CallPanel"),
    ),
    jobs=(
        JobSpec(
            name="keep_rooms",
            path="tcmdesk.features.consultations.jobs.housekeeping:keep_rooms",
            every_seconds=300.0,
        ),
    ),
    shots="tcmdesk.features.consultations.ui.shots:SCENES",
    refresh_on=frozenset(
        {
            "appointments",
            "video_consultations",
            "desk_video_visits",
            "desk_video_links",
            "desk_video_licences",
        }
    ),
)
