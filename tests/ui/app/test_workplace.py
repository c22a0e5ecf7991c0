"""The main window in use: languages, look, keys, a database that comes and goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from tcmdesk.core.errors import Unavailable
from tcmdesk.ui.components.status_bar import StatusItem
from tcmdesk.ui.screen import Screen
from tests.support.accessibility import unnamed_widgets


class Notebook(Screen):
    """A screen with something unsaved."""

    def __init__(self, context):
        super().__init__(context)
        self.line = QLineEdit(self)
        self.line.setAccessibleName("line")
        self.opened_with = []

    def open(self, **params):
        self.opened_with.append(params)

    def can_close(self):
        return not self.line.text()

    def status_items(self):
        return [StatusItem("3 notes", "inbox")]


@pytest.fixture
def desk(start, clinic_url, monkeypatch):
    """The main window of the administrator, on a notebook."""
    monkeypatch.setattr("tcmdesk.core.registry.ScreenSpec.load", lambda self: Notebook)
    desk = start(clinic_url)
    desk.enter()
    return desk


def _window(desk):
    return desk.application.workplace.window


def test_every_control_has_a_name(desk):
    assert unnamed_widgets(_window(desk)) == []


def test_the_language_changes_while_the_screen_stays(desk):
    before = _window(desk)
    before.context.navigator.open("day_board", day="2026-11-24")

    desk.application.look.set_language("zh_CN")

    after = _window(desk)
    assert after is not before
    assert after.isVisible()
    assert not before.isVisible()
    assert after.context.tr.language == "zh_CN"
    assert after.context.navigator.place.params == {"day": "2026-11-24"}
    assert after.context.navigator.current.opened_with == [{"day": "2026-11-24"}]
    assert after.geometry() == before.geometry()
    assert desk.application.session.prepared.database is after.context.database


def test_typed_text_keeps_the_language_from_changing(desk):
    window = _window(desk)
    window.context.navigator.current.line.setText("half a sentence")

    desk.application.workplace._switch_language("zh_CN")

    assert _window(desk) is window
    assert window.context.tr.language == "en"
    assert "not saved yet" in window.bar.texts[0]


def test_typed_text_keeps_the_window_from_closing_until_it_is_given_up(desk, monkeypatch):
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    window = _window(desk)
    window.context.navigator.current.line.setText("half a sentence")

    window.close()
    assert window.isVisible()
    assert desk.application.session is not None

    window.bar._shown[0][1].buttons[0].click()
    assert desk.application.session is None


def test_dark_and_light_change_at_once_and_are_remembered(desk, settings):
    desk.application.look.set_mode("dark")

    assert settings.config.mode == "dark"
    assert _window(desk).context.theme.mode == "dark"
    desk.application.look.set_mode("light")


def test_a_database_that_goes_away_leaves_the_screen_and_comes_back(desk):
    window = _window(desk)
    window.context.feed.stop()  # or its first look would say that the database is there
    QApplication.processEvents()
    window.context.changes._status.emit(False)
    desk.wait(lambda: window.bar.texts != [])

    assert "cannot be reached" in window.bar.texts[0]
    assert window.context.navigator.current.isVisible()

    window.context.messages.show_error(Unavailable("db.away", "away"))
    window.context.changes._status.emit(True)
    desk.wait(lambda: any("is back" in text for text in window.bar.texts))
    assert len(window.bar.texts) == 1


def test_the_screens_own_states_stand_in_the_status_bar(desk):
    window = _window(desk)

    assert [state.text() for state in window.status._states] == ["3 notes", "Connected"]


def test_the_screens_are_reached_by_number(desk, qtbot):
    window = _window(desk)
    window.context.navigator.current.opened_with.clear()

    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)

    assert window.context.navigator.current.opened_with == [{}]


def test_f6_goes_from_pane_to_pane(desk, qtbot):
    window = _window(desk)
    line = window.context.navigator.current.line
    line.setFocus()

    qtbot.keyClick(line, Qt.Key.Key_F6)
    assert window.rail.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert QApplication.focusWidget() is line


def test_a_fault_is_told_with_its_number(desk):
    number = desk.application.crash.report(ValueError("沈若兰"))

    window = _window(desk)
    desk.wait(lambda: window.bar.texts != [])
    assert number in window.bar.texts[0]
    assert "沈若兰" not in window.bar.texts[0]


@pytest.mark.parametrize("request_menu", ["settings_requested", "user_requested"])
def test_the_menus_at_the_rails_foot_open_without_holding_the_program(desk, request_menu):
    getattr(_window(desk), request_menu).emit()

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()
    menu.close()


def test_the_key_overview_opens_and_closes(desk, qtbot):
    window = _window(desk)
    window.show_overview()

    overview = QApplication.activeModalWidget()
    assert overview.isVisible()
    qtbot.keyClick(overview, Qt.Key.Key_Escape)
    assert not overview.isVisible()


def test_a_screen_that_cannot_be_made_leaves_the_others_usable(start, clinic_url, monkeypatch):
    def broken(_self):
        raise RuntimeError("沈若兰")

    monkeypatch.setattr("tcmdesk.core.registry.ScreenSpec.load", broken)
    desk = start(clinic_url)
    desk.enter()

    assert type(_window(desk).context.navigator.current).__name__ == "BrokenScreen"
