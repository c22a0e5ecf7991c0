"""The place beside the screens in which a call is docked."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from tcmdesk.ui import dock as module
from tcmdesk.ui.dock import Dock


class Note(QLabel):
    """A panel."""

    def __init__(self, context, parent=None):
        super().__init__("note", parent)
        self.context = context


class Other(Note):
    """Another one."""


@pytest.fixture
def dock(qtbot, monkeypatch):
    offered = {"note": Note, "other": Other}

    def panel(name):
        if name not in offered:
            raise LookupError(name)
        return offered[name]

    monkeypatch.setattr(module, "panel", panel)
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(QLabel("rail"))
    row.addWidget(QLabel("screen"))
    dock = Dock(window)
    dock.settle(row, 1)
    qtbot.addWidget(window)
    window.show()
    dock.row, dock.window = row, window
    return dock


def test_a_panel_stands_between_rail_and_screen(dock):
    panel = dock.open("context", "note")
    assert dock.row.itemAt(1).widget() is panel
    assert (panel.isVisible(), panel.context) == (True, "context")


def test_a_panel_is_made_once_and_kept(dock, qtbot):
    panel = dock.open("context", "note")
    with qtbot.waitSignal(dock.changed):
        dock.close()
    assert not panel.isVisible()
    assert dock.current is None
    assert dock.open("context", "note") is panel


def test_one_is_shown_at_a_time(dock):
    first, second = dock.open("context", "note"), dock.open("context", "other")
    assert (first.isVisible(), second.isVisible()) == (False, True)
    assert dock.panels == (first, second)


def test_a_panel_that_nobody_offers(dock):
    with pytest.raises(LookupError):
        dock.open("context", "nothing")
    assert dock.current is None
