import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState, StateStack


@pytest.fixture
def stack(show):
    return show(StateStack(QWidget()), 300, 200)


def test_a_quick_answer_shows_no_loading(stack):
    stack.show_loading(LoadingState("读取中"))
    QTest.qWait(100)
    assert stack.shows_content
    stack.show_content()
    QTest.qWait(350)
    assert stack.shows_content


def test_a_slow_answer_does(stack, qtbot):
    state = LoadingState("读取中")
    stack.show_loading(state)
    qtbot.waitUntil(lambda: stack.currentWidget() is state, timeout=2000)
    stack.show_content()
    assert stack.shows_content


def test_each_state_has_the_size_of_the_content(stack):
    size = stack.currentWidget().size()
    for state in (EmptyState("armchair", "无人候诊"), ErrorState("没能读取", "编号 7F3A")):
        stack.show_state(state)
        assert stack.currentWidget() is state
        assert state.size() == size


def test_only_the_last_state_is_kept(stack, qtbot):
    for _ in range(5):
        stack.show_state(EmptyState("armchair", "无人候诊"))
    assert stack.count() == 2


def test_retry_runs(stack, qtbot):
    tried = []
    state = ErrorState("没能读取", "编号 7F3A", retry=Action("重试", lambda: tried.append(1), "F5"))
    stack.show_state(state)
    qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    assert tried == [1]
