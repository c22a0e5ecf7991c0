"""A doctor's window with the panel docked, on a small online clinic in a file."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.media import protocol
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme
from tests.factories.clinic import NOW
from tests.factories.video import online_clinic
from tests.support.sql import sql_allowed
from tests.support.ui_context import surroundings


@dataclass
class Place:
    """The window, its context, and what a test asks."""

    online: Any
    context: Any
    window: QWidget
    qtbot: Any
    bugs: list = field(default_factory=list)

    def panel(self):
        """The panel with synthetic devices, shown."""
        panel = self.context.dock.open(self.context, "call_panel")
        panel.session.camera = panel.session.microphone = protocol.TEST_PATTERN
        panel.session.speaker = protocol.NO_DEVICE
        return panel

    def until(self, what, seconds=20):
        def look():
            # a test's thread is the UI thread; it may look into the database, a screen may not
            with sql_allowed():
                assert what()

        self.qtbot.waitUntil(look, timeout=seconds * 1000)

    def idle(self):
        self.qtbot.wait(50)
        QApplication.processEvents()

    def written(self, actor, work, *arguments, **options):
        with sql_allowed():
            return self.online.write(actor, work, *arguments, **options)


@pytest.fixture(autouse=True)
def _look(qapp):
    apply(qapp, Theme(motion=False, language="en"))
    yield
    apply(qapp, Theme())


@pytest.fixture(autouse=True)
def _own_choices(monkeypatch, tmp_path):
    """What a workstation remembers stays in the test."""
    monkeypatch.setattr("tcmdesk.core.paths.config_dir", lambda: tmp_path)


@pytest.fixture
def online(sqlite_url):
    with sql_allowed():
        database = Database(sqlite_url, workstation="desk-1", clock=FixedClock(NOW), give_up_seconds=0.3)
        yield online_clinic(database)
        database.close()


@pytest.fixture
def make_place(online, qtbot):
    made = []

    def make(actor=None, language="en", size=(1280, 800)):
        desk = surroundings(online.database, actor or online.doctor, language=language)
        context = desk.context
        window = QWidget()
        row = QHBoxLayout(window)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        context.dock.settle(row, 0)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        place = Place(online, context, window, qtbot, desk.bugs)
        place.owner = desk.owner
        made.append(place)
        return place

    yield make
    for place in made:
        for panel in place.context.dock.panels:
            if hasattr(panel, "session"):
                panel.session.close()
        place.context.executor.close()
        assert place.bugs == []


@pytest.fixture
def place(make_place):
    return make_place()
