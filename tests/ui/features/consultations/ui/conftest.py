"""A doctor's window with the panel docked, on a small online clinic in a file."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.core.db.executor import Executor
from tcmdesk.core.i18n import Translator
from tcmdesk.media import protocol
from tcmdesk.ui.changes import ChangeBus
from tcmdesk.ui.context import UiContext
from tcmdesk.ui.messages import Messages
from tcmdesk.ui.navigator import Navigator
from tcmdesk.ui.shortcuts import Shortcuts
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme
from tests.factories.clinic import NOW, ZONE
from tests.factories.video import online_clinic
from tests.support.sql import sql_allowed


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
        owner, bugs, tr = QObject(), [], Translator(language)
        context = UiContext(
            database=online.database,
            executor=Executor(embedded=True),
            feed=None,
            changes=ChangeBus(owner),
            actor=actor or online.doctor,
            tr=tr,
            clock=online.database.clock,
            zone=ZONE,
            theme=Theme(language=language),
            messages=Messages(tr, lambda error: bugs.append(error) or "7F3A"),
            navigator=Navigator(lambda name: pytest.fail(f"opens {name}")),
            shortcuts=Shortcuts(owner),
        )
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
        place = Place(online, context, window, qtbot, bugs)
        place.owner = owner
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
