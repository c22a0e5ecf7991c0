"""A small clinic in a database: doctors, patients with families, bookings of the desk and of the platform."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.service.index import reindex
from tcmdesk.features.settings.models import SystemConfig

if TYPE_CHECKING:
    from sqlalchemy import Table

    from tcmdesk.core.db.database import Database

ZONE = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 10, 22, tzinfo=ZONE)


class SmallClinic:
    """Writes rows the way the platform and an installation do; run it where SQL is allowed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._phone = 19900000000

    def insert(self, table: Table, **values: Any) -> None:
        with self.database.writes.begin() as connection:
            connection.execute(insert(table).values(**values))

    def clerk(self, name: str = "方前台") -> Staff:
        return Staff(self.account(name, role="patient"), name, Role.FRONT_DESK)

    def account(
        self,
        name: str,
        *,
        gender: str = "female",
        birthday: dt.date | None = dt.date(1984, 3, 1),
        phone: str | None = None,
        role: str = "patient",
    ) -> str:
        """A user; returns the id."""
        user_id = uuid7()
        self._phone += 1
        number = phone or str(self._phone)
        self.insert(
            User.__table__, id=user_id, account=number, name=name, password_hash="x", gender=gender,
            phone=number, birthday=birthday, role=role, status="active",
        )  # fmt: skip
        return user_id

    def doctor(self, name: str, department: str = "内科") -> str:
        """A doctor; returns `doctors.id`."""
        doctor_id = uuid7()
        self.insert(
            Doctor.__table__, id=doctor_id, user_id=self.account(name, role="doctor"),
            certificate_type="physician", id_number=doctor_id[-12:], hospital="杏林", department=department,
            title="主治医师",
        )  # fmt: skip
        return doctor_id

    def member(self, user_id: str, name: str, relationship: str, **values: Any) -> str:
        """A family profile; returns its id."""
        profile_id = uuid7()
        row = {"gender": "male", "birthday": dt.date(2018, 1, 1)} | values
        self.insert(
            PatientProfile.__table__,
            id=profile_id,
            user_id=user_id,
            name=name,
            relationship=relationship,
            **row,
        )
        return profile_id

    def platform_booking(
        self, doctor_id: str, user_id: str, slot: str, *, day: dt.date = DAY, status: str = "pending"
    ) -> str:
        """A row as the platform writes it: any time of day in the date, free text in the slot."""
        appointment_id = uuid7()
        self.insert(
            Appointment.__table__, id=appointment_id, patient_id=user_id, doctor_id=doctor_id,
            appointment_date=dt.datetime.combine(day, dt.time(19, 7), ZONE), time_slot=slot,
            visit_type="offline", symptoms="头晕", has_visited_before=False, status=status,
        )  # fmt: skip
        return appointment_id

    def hours(self, text: str) -> None:
        """The clinic's hours as the settings keep them."""
        self.insert(
            SystemConfig.__table__, id=uuid7(), category="clinic", config_key="hours", config_value=text,
            value_type="json",
        )  # fmt: skip

    def index(self) -> None:
        """Make everybody findable."""
        reindex(self.database, lambda _done, _all: None, lambda: False)
