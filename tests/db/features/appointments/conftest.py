"""What every test of appointments asks."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment, DeskAppointment, DeskSlot
from tcmdesk.features.appointments.service import board, desk
from tcmdesk.features.notifications.models import Notification
from tests.factories.bookings import booking
from tests.factories.clinic import DAY, ZONE


@dataclass
class Schedule:
    """A desk at work on one day, and looks into the tables behind it."""

    database: Any
    actor: Any

    def book(self, *arguments, **fields):
        return desk.book(self.database, self.actor, booking(*arguments, **fields), op_id=uuid7())

    def day(self, day=DAY):
        return self.database.read(lambda connection: board.day_board(connection, self.actor, day, ZONE))

    def card(self, appointment_id):
        return self.database.read(
            lambda connection: board.appointment(connection, self.actor, appointment_id, ZONE)
        )

    def row(self, appointment_id):
        with self.database.reads.connect() as connection:
            return connection.execute(
                select(Appointment.__table__).where(Appointment.id == appointment_id)
            ).one()

    def desk_row(self, appointment_id):
        with self.database.reads.connect() as connection:
            return connection.execute(
                select(DeskAppointment.__table__).where(DeskAppointment.appointment_id == appointment_id)
            ).one_or_none()

    def held(self, appointment_id):
        """The cells an appointment holds."""
        with self.database.reads.connect() as connection:
            return sorted(
                connection.execute(
                    select(DeskSlot.cell).where(DeskSlot.appointment_id == appointment_id)
                ).scalars()
            )

    def messages(self):
        with self.database.reads.connect() as connection:
            return connection.execute(
                select(
                    Notification.type, Notification.title, Notification.content, Notification.related_id
                ).order_by(Notification.id)
            ).all()


@pytest.fixture
def schedule(database, clerk):
    return Schedule(database, clerk)
