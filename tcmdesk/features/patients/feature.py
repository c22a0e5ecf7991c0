"""Patients announce themselves; their screen is still to come."""

from __future__ import annotations

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import Feature, FinderSpec, JobSpec, PanelSpec
from tcmdesk.features.patients.types import READ

FEATURE = Feature(
    name="patients",
    title=N_("Patients"),
    icon="users",
    order=20,
    permission=READ,
    panels=(
        PanelSpec("patient_field", "tcmdesk.features.patients.ui.patient_field:PatientField"),
        PanelSpec("family_picker", "tcmdesk.features.patients.ui.family_picker:FamilyPicker"),
        PanelSpec("person_form", "tcmdesk.features.patients.ui.person_form:PersonForm"),
    ),
    finders=(FinderSpec(N_("Patients"), "tcmdesk.features.patients.ui.findings:PatientFindings", READ),),
    shots="tcmdesk.features.patients.ui.shots:SCENES",
    refresh_on=frozenset({"users", "patient_profiles"}),
    jobs=(
        JobSpec(
            name="index_people",
            path="tcmdesk.features.patients.jobs:index_people",
            wakes_on=frozenset({"users", "patient_profiles"}),
        ),
    ),
)
