"""Staff, doctors and departments; signing in belongs to the application's windows."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import Feature, PanelSpec
from tcmdesk.features.identity.types import READ_DOCTORS

FEATURE = Feature(
    name="identity",
    title=N_("Staff"),
    icon="users",
    order=85,
    permission=READ_DOCTORS,
    panels=(
        PanelSpec("change_password", "tcmdesk.features.identity.ui.change_password:ChangePasswordDialog"),
    ),
)
