"""Filled models of the palette."""

from __future__ import annotations

from tcmdesk.app.palette.model import PaletteModel, Section
from tcmdesk.ui.findings import Finding
from tests.support.item_models import makes


@makes("tcmdesk.app.palette.model:PaletteModel")
def palette_model() -> PaletteModel:
    model = PaletteModel()
    people = tuple(
        Finding(name, "user", list, detail="42", aside="10:30") for name in ("李晓敏", "林晓", "刘敏")
    )
    model.show_sections(
        (
            Section("Patients", people),
            Section("Nothing", ()),
            Section("Actions", (Finding("Lock", "lock", list),)),
        )
    )
    return model
