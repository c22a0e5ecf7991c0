"""A desk: the real screen in a window, on real services and a SQLite file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.ui import board_aside, board_bar, board_visits, sheet_set
from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot
from tcmdesk.ui.messages import MessageBar
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme
from tests.factories.clinic import DAY, NOW, ZONE, SmallClinic
from tests.support.keyboard import NONE, press, type_text
from tests.support.sql import sql_allowed
from tests.support.ui_context import surroundings

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext

PATIENCE_MS = 5000


@dataclass
class Desk:
    """A screen at work, and what tests ask of it."""

    clinic: SmallClinic
    context: UiContext
    window: QWidget
    bar: MessageBar
    screen: DayBoardScreen
    doctors: tuple[str, ...]
    qtbot: object
    bugs: list

    def key(self, key, modifiers=NONE):
        press(self.window, key, modifiers)

    def keys(self, *keys):
        for key in keys:
            self.key(key)

    def type(self, text):
        type_text(text)

    def until(self, check):
        self.qtbot.waitUntil(check, timeout=PATIENCE_MS)

    def cards(self, day=DAY):
        """What the database says of a day, by patient."""
        with sql_allowed():
            found = self.context.database.read(
                lambda connection: reading.day_board(connection, self.context.actor, day, ZONE)
            )
        return {card.patient_name: card for card in (*found.cards, *found.unreadable)}

    def shown(self):
        """The names on the grid."""
        return {placed.card.patient_name for placed in self.screen.grid.board.placed.values()}

    def choose(self, name):
        """Put the keyboard on a patient's card."""
        placed = self.screen.grid.board.placed
        spot = next(CardSpot(key) for key, each in placed.items() if each.card.patient_name == name)
        self.screen.grid.setFocus()
        self.screen.grid.set_spot(spot)

    def choose_cell(self, doctor, time):
        hours, minutes = time.split(":")
        self.screen.grid.setFocus()
        self.screen.grid.set_spot(CellSpot(self.doctors[doctor], int(hours) * 60 + int(minutes)))

    def loaded(self):
        self.until(lambda: not self.screen.source.loading and self.screen.grid.board is not None)

    def reload(self, *tables):
        """What the doorbell does."""
        self.context.changes.changed.emit(frozenset(tables or {"appointments"}))
        self.loaded()

    def clock(self, card):
        return card.starts_at.astimezone(ZONE).strftime("%H:%M")


@pytest.fixture(autouse=True)
def _look(qapp):
    apply(qapp, Theme(motion=False, language="en"))
    yield
    apply(qapp, Theme())


@pytest.fixture
def offered():
    """Panels that other features offer, by name: none but what a test puts in."""
    return {}


@pytest.fixture(autouse=True)
def _other_features(monkeypatch, offered):
    for module in (board_aside, board_bar, board_visits, sheet_set):
        monkeypatch.setattr(module, "panel", lambda name: _offered(offered, name))


def _offered(offered, name):
    if name not in offered:
        raise LookupError(name)
    return offered[name]


@pytest.fixture
def clinic(sqlite_url):
    with sql_allowed():
        database = Database(sqlite_url, workstation="test", clock=FixedClock(NOW), give_up_seconds=0.3)
        yield SmallClinic(database)
        database.close()


@pytest.fixture
def make_desk(clinic, qtbot, qapp):
    """``make_desk(doctors=2)``: opens the board on what the clinic holds by then."""
    opened = []

    def make(*, doctors=2, size=(1372, 816), language="en"):
        names = ("陈景和", "林若溪", "何仲明", "苏婉清", "周怀瑾", "顾青禾")
        with sql_allowed():
            ids = tuple(clinic.doctor(name) for name in names[:doctors])
            clerk = clinic.clerk()
            clinic.index()
        return open_desk(ids, clerk, size, language=language)

    def open_desk(ids, clerk, size=(1372, 816), *, wait=True, language="en"):
        made = surroundings(clinic.database, clerk, language=language, clock=FixedClock(NOW))
        context = made.context
        window = QWidget()
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        bar = MessageBar(context.messages, "Close")
        screen = DayBoardScreen(context)
        column.addWidget(bar)
        column.addWidget(screen, 1)
        qtbot.addWidget(window)
        context.shortcuts.add(window, "Ctrl+Z", "Undo", lambda: bar.undo and bar.undo.run())
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        screen.activate()
        screen.setFocus()
        desk = Desk(clinic, context, window, bar, screen, ids, qtbot, made.bugs)
        desk.owner = made.owner
        opened.append(desk)
        if wait:
            desk.loaded()
        return desk

    make.open = open_desk
    yield make
    for desk in opened:
        desk.screen.deactivate()
        desk.context.executor.close()
        assert desk.bugs == []


@pytest.fixture
def desk(make_desk):
    return make_desk()
