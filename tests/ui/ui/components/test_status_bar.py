import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from tcmdesk.ui.components.status_bar import StatusBar, StatusItem
from tcmdesk.ui.shortcuts import KeyHint

HINTS = [
    KeyHint("↑ ↓", "移动", 1),
    KeyHint("⏎", "预约／打开", 2),
    KeyHint("A", "到诊", 3),
    KeyHint("M", "改期", 4),
]
OVERVIEW = KeyHint("?", "全部快捷键")


@pytest.fixture
def bar(show):
    made = show(StatusBar(), 900, 28)
    made.set_hints(HINTS, OVERVIEW)
    return made


def test_it_is_28_high(bar):
    assert bar.height() == 28


def test_hints_that_do_not_fit_go_from_the_end_but_never_the_overview(bar):
    assert bar.shown_hints == [*HINTS, OVERVIEW]
    bar.resize(320, 28)
    assert bar.shown_hints == [*HINTS[:2], OVERVIEW]


def test_a_state_that_changes_keeps_the_focus(bar, qtbot):
    opened = []
    bar.set_states([StatusItem("1 处冲突", "triangle-alert", "danger", lambda: opened.append(1))])
    state = bar.findChild(QAbstractButton)
    qtbot.waitUntil(state.isVisible)
    state.setFocus()
    bar.set_states([StatusItem("2 处冲突", "triangle-alert", "danger", lambda: opened.append(2))])
    assert QApplication.focusWidget().accessibleName() == "2 处冲突"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert opened == [2]


def test_a_state_without_an_action_is_no_tab_stop(bar):
    bar.set_states([StatusItem("已连接", "database")])
    assert bar.findChild(QAbstractButton).focusPolicy() == Qt.FocusPolicy.NoFocus


def test_fewer_states_leave_no_rest(bar, qtbot):
    bar.set_states([StatusItem("一", "info"), StatusItem("二", "info")])
    bar.set_states([StatusItem("三", "info")])
    QApplication.processEvents()
    assert [child.text() for child in bar.findChildren(QAbstractButton) if child.isVisible()] == ["三"]
