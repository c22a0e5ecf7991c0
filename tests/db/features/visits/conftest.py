"""A waiting room that is driven step by step."""

from dataclasses import dataclass
from typing import Any

import pytest

from tcmdesk.core.ids import uuid7
from tcmdesk.features.visits.queries import read_visit
from tcmdesk.features.visits.service import arrivals, calls
from tcmdesk.features.visits.types import Advance, Arrive, Call, Session
from tests.factories.bookings import at
from tests.factories.clinic import DAY


@dataclass
class Room:
    """One desk's doings; `actor` may be changed."""

    database: Any
    actor: Any
    doctor: str

    def write(self, work):
        return self.database.write(self.actor, "visits:test:step", work)

    def arrive(self, appointment_id=None, doctor=None, due="10:30", session=Session.MORNING, **fields):
        command = Arrive(appointment_id or uuid7(), doctor or self.doctor, DAY, session, at(due), **fields)
        state = self.write(lambda uow: arrivals.arrive(uow, self.actor, command))
        return command.appointment_id, state

    def no_show(self, appointment_id):
        command = Arrive(appointment_id, self.doctor, DAY, Session.MORNING, at("10:00"))
        return self.write(lambda uow: arrivals.no_show(uow, self.actor, command))

    def follow(self, appointment_id, doctor=None, day=DAY, due="15:00", session=Session.AFTERNOON):
        command = Arrive(appointment_id, doctor or self.doctor, day, session, at(due))
        return self.write(lambda uow: arrivals.follow_move(uow, self.actor, command))

    def call(self, appointment_id, count=0, room="诊室 1"):
        return self.write(lambda uow: calls.call(uow, self.actor, Call(appointment_id, count, room)))

    def turn(self, doctor=None):
        return self.write(
            lambda uow: calls.take_turn(uow, self.actor, doctor or self.doctor, DAY, Session.MORNING)
        )

    def start(self, appointment_id):
        return self.write(lambda uow: calls.start(uow, self.actor, Advance(appointment_id, None)))

    def finish(self, appointment_id):
        return self.write(lambda uow: calls.finish(uow, self.actor, Advance(appointment_id, None)))

    def undo(self, appointment_id, seen):
        return self.write(lambda uow: calls.undo(uow, self.actor, Advance(appointment_id, seen)))

    def row(self, appointment_id):
        return self.database.read(lambda connection: read_visit(connection, appointment_id))


@pytest.fixture
def room(database, clerk, doctor):
    return Room(database, clerk, doctor)
