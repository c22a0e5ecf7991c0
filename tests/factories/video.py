"""An online clinic: its licence, a confirmed video appointment, and the two who meet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tcmdesk.core.actor import Anonymous, Patient, Role, Staff
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import Kind, VisitType
from tcmdesk.features.consultations.service import calls, licence, links, opening, patient
from tcmdesk.features.consultations.types import CONSENT_VERSION, Licence, Room
from tcmdesk.features.identity.models import Doctor
from tests.factories.bookings import booking
from tests.factories.clinic import DAY, ZONE, SmallClinic

if TYPE_CHECKING:
    from tcmdesk.core.db.database import Database

BIRTHDAY = dt.date(1984, 3, 1)
LICENCE = Licence("杏林中医诊所（演示）", "DEMO-PDY-0001", "DEMO-HLW-0001", True, dt.date(2030, 1, 1), True)


@dataclass
class OnlineClinic:
    """A doctor who may, a patient seen in person last week, an appointment by video today at 14:00."""

    database: Database
    clinic: SmallClinic
    admin: Staff
    doctor: Staff
    patient_id: str
    appointment_id: str

    def write(self, actor: Any, work: Any, *arguments: Any, **options: Any) -> Any:
        """Run a service function in a transaction of its own."""
        return self.database.write(
            actor, "test:video:write", lambda uow: work(uow, actor, *arguments, **options)
        )

    def read(self, actor: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        return self.database.read(lambda connection: query(connection, actor, *arguments, **options))

    def visit(self) -> Any:
        return self.read(self.doctor, opening.visit, self.appointment_id, ZONE)

    def opened(self) -> Room:
        return self.write(self.doctor, opening.open_visit, self.appointment_id)

    def patient_in(self, room: Room, *, credential: str = "c" * 43) -> Patient:
        """The patient opens a link, says who it is, consents and waits."""
        link = self.write(self.doctor, links.issue_link, room.consultation_id)
        who = self.write(Anonymous(), links.redeem_link, link.token, credential)
        self.write(who, patient.confirm_identity, "沈若兰", BIRTHDAY)
        self.write(who, patient.consent, CONSENT_VERSION)
        self.write(who, patient.wait)
        return who

    def in_call(self) -> tuple[Room, Patient]:
        """Both in the room."""
        room = self.opened()
        who = self.patient_in(room)
        self.write(self.doctor, calls.admit, room.consultation_id)
        self.write(self.doctor, calls.begin, room.consultation_id)
        return room, who


def online_clinic(database: Database, *, seen_before: bool = True, licensed: bool = True) -> OnlineClinic:
    """Write the rows; run it where SQL is allowed."""
    clinic = SmallClinic(database)
    doctor_id = clinic.doctor("陈景和")
    with database.reads.connect() as connection:
        doctor_user = connection.execute(select(Doctor.user_id).where(Doctor.id == doctor_id)).scalar_one()
    doctor = Staff(doctor_user, "陈景和", Role.DOCTOR, doctor_id)
    admin = Staff(clinic.account("管理员", role="admin"), "管理员", Role.ADMIN)
    patient_id = clinic.account("沈若兰", phone="19900001111", birthday=BIRTHDAY)
    command = booking(doctor_id, patient_id, "14:00", visit_type=VisitType.VIDEO, kind=Kind.FOLLOW_UP)
    desk.book(database, clinic.clerk(), command, op_id=uuid7())
    made = OnlineClinic(database, clinic, admin, doctor, patient_id, command.appointment_id)
    if seen_before:
        clinic.platform_booking(
            doctor_id, patient_id, "09:00", day=DAY - dt.timedelta(days=7), status="completed"
        )
    if licensed:
        made.write(admin, licence.save_licence, LICENCE)
        made.write(admin, licence.save_eligibility, doctor_id, eligible=True, registration="DEMO-110001")
    return made
