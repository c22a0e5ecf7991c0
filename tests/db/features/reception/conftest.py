"""A front desk at work, at 10:22."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import insert, update

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import board, desk, present
from tcmdesk.features.appointments.types import Kind
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.reception.service import desk as reception
from tcmdesk.features.reception.service import paper, waiting
from tcmdesk.features.reception.types import WalkIn
from tcmdesk.features.schedules.models import DeskResource
from tests.factories.bookings import at, booking
from tests.factories.clinic import DAY, ZONE


@dataclass
class FrontDesk:
    """What one desk does; `actor` may be changed."""

    database: Any
    actor: Any
    clock: Any

    def book(self, *arguments, **fields):
        return desk.book(
            self.database, self.actor, booking(*arguments, **fields), op_id=uuid7()
        ).appointment_id

    def do(self, name, *arguments):
        return getattr(reception, name)(self.database, self.actor, *arguments, ZONE, op_id=uuid7())

    def arrive(self, appointment_id):
        return self.do("arrive", appointment_id)

    def undo(self, appointment_id, seen):
        return reception.undo(self.database, self.actor, appointment_id, seen, op_id=uuid7())

    def walk_in(self, doctor, patient, start, **fields):
        command = WalkIn(
            uuid7(), doctor, patient if isinstance(patient, PatientRef) else PatientRef(patient), at(start),
            Kind.FIRST, **fields,
        )  # fmt: skip
        return reception.walk_in(self.database, self.actor, command, ZONE, op_id=uuid7())

    def room(self):
        return self.database.read(lambda connection: waiting.room(connection, self.actor, DAY, ZONE))

    def called(self):
        return self.database.read(lambda connection: waiting.called(connection, self.actor, DAY, ZONE))

    def ticket(self, appointment_id):
        return self.database.read(
            lambda connection: paper.ticket(connection, self.actor, appointment_id, ZONE)
        )

    def card(self, appointment_id):
        return self.database.read(
            lambda connection: present.attended(connection, self.actor, appointment_id)
        ).card

    def day(self):
        return self.database.read(lambda connection: board.day_board(connection, self.actor, DAY, ZONE))

    def change(self, appointment_id, **values):
        """What another desk or the platform does meanwhile."""
        with self.database.writes.begin() as connection:
            connection.execute(update(Appointment).where(Appointment.id == appointment_id).values(**values))

    def give_room(self, doctor, name):
        with self.database.writes.begin() as connection:
            connection.execute(
                insert(DeskResource).values(
                    id=uuid7(), name=name, kind="room", seats=1, doctor_id=doctor, active=True, place=0,
                    created_at=self.clock.now(), updated_at=self.clock.now(),
                )
            )  # fmt: skip

    def wait(self, **time):
        self.clock.advance(dt.timedelta(**time))


@pytest.fixture
def front_desk(database, clerk, clock):
    return FrontDesk(database, clerk, clock)
