"""Prescriptions as the platform writes them: names and texts, and none of our keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.core.ids import uuid7
from tcmdesk.features.prescriptions.models import Prescription

if TYPE_CHECKING:
    import datetime as dt

    from tests.factories.clinic import SmallClinic


def medicine(name: str, dosage: str = "10g", duration: str = "7天", **more: str) -> dict[str, str]:
    """One entry with the four fields that are always there."""
    return {"name": name, "dosage": dosage, "frequency": "每日1剂", "duration": duration, **more}


def platform_prescription(
    clinic: SmallClinic,
    doctor_id: str,
    user_id: str,
    medicines: Any,
    at: dt.datetime,
    *,
    patient_name: str = "沈若兰",
) -> str:
    """A row; returns its code."""
    row_id = uuid7()
    code = f"RX{at:%Y%m%d}{row_id[-8:]}"
    clinic.insert(
        Prescription.__table__,
        id=row_id,
        code=code,
        doctor_id=doctor_id,
        patient_id=user_id,
        patient_name=patient_name,
        diagnosis="试验",
        medicines=medicines,
        instructions="水煎服",
        prescription_date=at,
    )
    return code
