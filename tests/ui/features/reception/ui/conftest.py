"""A front desk: real panels in a window, on real services and a SQLite file, at 10:22."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk as appointments
from tcmdesk.features.reception.service import desk as reception
from tcmdesk.features.reception.service import waiting
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme
from tests.factories.bookings import booking
from tests.factories.clinic import DAY, NOW, ZONE, SmallClinic
from tests.support.keyboard import NONE, press, type_text
from tests.support.sql import sql_allowed
from tests.support.ui_context import surroundings

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext

PATIENCE_MS = 5000


@dataclass
class Front:
    """A window at work, and what tests ask of it."""

    clinic: SmallClinic
    context: UiContext
    window: QWidget
    doctors: tuple[str, ...]
    qtbot: object
    said: list = field(default_factory=list)

    def add(self, make):
        """A panel, shown in the window."""
        panel = make(self.context, self.window)
        self.window.layout().addWidget(panel)
        panel.show()
        QApplication.processEvents()
        return panel

    def key(self, key, modifiers=NONE):
        press(self.window, key, modifiers)

    def type(self, text):
        type_text(text)

    def until(self, check):
        self.qtbot.waitUntil(check, timeout=PATIENCE_MS)

    def ring(self, *tables):
        """What the doorbell does."""
        self.context.changes.changed.emit(frozenset(tables or {"desk_visits"}))

    def book(self, name, start, minutes=15, doctor=0, **fields):
        with sql_allowed():
            command = booking(self.doctors[doctor], self.clinic.account(name), start, minutes, **fields)
            appointments.book(self.context.database, self.context.actor, command, op_id=uuid7())
        return command.appointment_id

    def arrive(self, *names_and_starts, minutes_apart=1):
        """Booked and arrived, one after the other."""
        ids = []
        for name, start in names_and_starts:
            ids.append(self.book(name, start))
            self.step("arrive", ids[-1])
            self.context.clock.advance(dt.timedelta(minutes=minutes_apart))
        return ids

    def step(self, name, appointment_id, *arguments):
        """What another desk does."""
        with sql_allowed():
            return getattr(reception, name)(
                self.context.database, self.context.actor, appointment_id, *arguments, ZONE, op_id=uuid7()
            )

    def room(self):
        with sql_allowed():
            return self.context.database.read(
                lambda connection: waiting.room(connection, self.context.actor, DAY, ZONE)
            )

    def card(self, name):
        room = self.room()
        return next(
            each.card for each in (*room.waiting, *room.in_consultation) if each.card.patient_name == name
        )


@pytest.fixture(autouse=True)
def _look(qapp):
    apply(qapp, Theme(motion=False, language="en"))
    yield
    apply(qapp, Theme())


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def clinic(sqlite_url):
    with sql_allowed():
        database = Database(sqlite_url, workstation="test", clock=FixedClock(NOW), give_up_seconds=5)
        yield SmallClinic(database)
        database.close()


@pytest.fixture
def make_front(clinic, qtbot):
    made = []

    def make(*, doctor=None):
        """Two doctors; `doctor` is the index of the one who is signed in, None for the clerk."""
        names = ("陈景和", "林若溪")
        with sql_allowed():
            ids = tuple(clinic.doctor(name) for name in names)
            actor = (
                clinic.clerk() if doctor is None else Staff(uuid7(), names[doctor], Role.DOCTOR, ids[doctor])
            )
        desk = surroundings(clinic.database, actor)
        context = desk.context
        window = QWidget()
        QHBoxLayout(window)
        qtbot.addWidget(window)
        window.resize(1000, 800)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        front = Front(clinic, context, window, ids, qtbot)
        context.messages.posted.connect(front.said.append)
        front.owner, front.bugs = desk.owner, desk.bugs
        made.append(front)
        return front

    yield make
    for front in made:
        front.context.executor.close()
        assert front.bugs == []


@pytest.fixture
def front(make_front):
    return make_front()
