"""What every test of the waitlist asks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, update

from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import DeskHold, DeskSlot
from tcmdesk.features.notifications.models import Notification
from tcmdesk.features.waitlist.models import WaitlistOffer
from tcmdesk.features.waitlist.service import desk, entries
from tcmdesk.features.waitlist.types import MakeOffer
from tests.factories.bookings import at
from tests.factories.clinic import DAY
from tests.factories.waiting import add


@dataclass
class List:
    """A desk at the waitlist, and looks into the tables behind it."""

    database: Any
    actor: Any

    def add(self, *arguments, **fields):
        command = add(*arguments, **fields)
        desk.add(self.database, self.actor, command, op_id=uuid7())
        return command.entry_id

    def offer(self, entry_id, doctor_id, start="14:00", **fields):
        command = MakeOffer(uuid7(), entry_id, doctor_id, at(start), **fields)
        return desk.make_offer(self.database, self.actor, command, op_id=uuid7())

    def accept(self, offer_id):
        desk.accept(self.database, self.actor, offer_id, op_id=uuid7())

    def entry(self, entry_id):
        return self.database.read(
            lambda connection: entries.entry(connection, self.actor, entry_id, now=self.database.clock.now())
        )

    def waiting(self, day=DAY):
        return self.database.read(
            lambda connection: entries.waiting(
                connection, self.actor, today=day, now=self.database.clock.now()
            )
        )

    def run_out(self, offer_id):
        """Let an offer's time run out, by the server's clock as by the computer's."""
        past = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        with self.database.writes.begin() as connection:
            connection.execute(update(DeskHold).where(DeskHold.id == offer_id).values(expires_at=past))
            connection.execute(
                update(WaitlistOffer).where(WaitlistOffer.id == offer_id).values(expires_at=past)
            )

    def status(self, offer_id):
        with self.database.reads.connect() as connection:
            return connection.execute(
                select(WaitlistOffer.status).where(WaitlistOffer.id == offer_id)
            ).scalar_one()

    def cells(self, holder):
        with self.database.reads.connect() as connection:
            return connection.execute(
                select(DeskSlot.cell).where(DeskSlot.appointment_id == holder).order_by(DeskSlot.cell)
            ).scalars().all()  # fmt: skip

    def holds(self):
        with self.database.reads.connect() as connection:
            return connection.execute(select(DeskHold.id)).scalars().all()

    def messages(self):
        with self.database.reads.connect() as connection:
            return connection.execute(
                select(Notification.type, Notification.title, Notification.content).order_by(Notification.id)
            ).all()


@pytest.fixture
def waitlist(database, clerk):
    return List(database, clerk)


@pytest.fixture
def other(clinic):
    return clinic.account("罗文彬", gender="male")
