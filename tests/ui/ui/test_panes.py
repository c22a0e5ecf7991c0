"""F6 through panes."""

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from tcmdesk.ui.panes import focus_next


@pytest.fixture
def row(qtbot):
    window = QWidget()
    layout = QHBoxLayout(window)
    panes = []
    for _ in range(3):
        pane = QWidget()
        inner = QHBoxLayout(pane)
        for _ in range(2):
            inner.addWidget(QLineEdit())
        layout.addWidget(pane)
        panes.append(pane)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield panes
    window.hide()


def _here(panes):
    return next(at for at, pane in enumerate(panes) if pane.isAncestorOf(QApplication.focusWidget()))


def test_it_goes_round(row):
    row[0].findChild(QLineEdit).setFocus()
    visited = []
    for _ in range(3):
        focus_next(row)
        visited.append(_here(row))

    assert visited == [1, 2, 0]


def test_it_goes_back(row):
    row[0].findChild(QLineEdit).setFocus()
    focus_next(row, back=True)

    assert _here(row) == 2


def test_a_hidden_pane_is_left_out(row):
    row[0].findChild(QLineEdit).setFocus()
    row[1].hide()
    focus_next(row)

    assert _here(row) == 2


def test_a_pane_gives_back_what_had_the_keyboard_last(row):
    second = row[0].findChildren(QLineEdit)[1]
    second.setFocus()
    focus_next(row)
    focus_next(row, back=True)

    assert QApplication.focusWidget() is second


def test_without_a_place_for_the_keyboard_nothing_happens(qtbot):
    empty = QWidget()
    qtbot.addWidget(empty)
    empty.show()

    focus_next([empty])
