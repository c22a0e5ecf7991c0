"""The palette by keyboard, over the real main window and a clinic with one administrator."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tcmdesk.app.key_overview import KeyOverview
from tcmdesk.app.palette.model import PaletteModel, Section
from tcmdesk.app.palette.window import Palette
from tcmdesk.ui.findings import Finding, Search
from tests.support.accessibility import unnamed_widgets


@pytest.fixture
def window(start, clinic_url):
    desk = start(clinic_url)
    desk.enter()
    window = desk.application.workplace.window
    desk.wait(lambda: window.context.navigator.current is not None)
    return window


def _open(qtbot, window, text=""):
    window.context.navigator.find()
    palette = window.findChild(Palette)
    if text:
        qtbot.keyClicks(palette.field, text)
    return palette


def test_a_screen_is_found_and_opened_by_keyboard_alone(qtbot, window):
    shown = []
    window.context.navigator.shown.connect(shown.append)
    palette = _open(qtbot, window, "sched")
    assert palette.results.current.title == "Schedule"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown
    assert window.findChild(Palette) is None or not window.findChild(Palette).isVisible()


def test_an_action_shows_its_own_key_and_runs_after_the_palette_has_gone(qtbot, window):
    palette = _open(qtbot, window, ">all keys")
    assert palette.results.current.key == "?"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.findChild(KeyOverview) is not None


def test_escape_closes_it_and_gives_the_keyboard_back(qtbot, window):
    before = window.rail.focusProxy() or window.rail
    before.setFocus()
    before = QApplication.focusWidget()
    palette = _open(qtbot, window, "new")
    assert palette.field.hasFocus()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(Palette) is None)
    assert QApplication.focusWidget() is before


def test_nothing_found_says_what_to_try(qtbot, window):
    palette = _open(qtbot, window, "zzzzqq")
    assert palette.nothing.isVisibleTo(palette)
    assert palette.results.current is None
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_it_is_opened_once(qtbot, window):
    first = _open(qtbot, window)
    window.context.navigator.find()
    assert window.findChildren(Palette) == [first]


def test_every_control_has_a_name(qtbot, window):
    assert unnamed_widgets(_open(qtbot, window)) == []


def test_the_model_is_sound(qtmodeltester):
    model = PaletteModel()
    model.show_sections(
        [Section("A", (Finding("one", "user", list), Finding("two", "user", list))), Section("B", ())]
    )
    assert model.rowCount() == 3
    qtmodeltester.check(model)


def test_opened_for_a_purpose_it_looks_for_people_only(qtbot, window):
    window.context.navigator.find(Search(prompt="Who has arrived?", do="arrival"))
    palette = window.findChild(Palette)
    assert palette.field.placeholderText() == "Who has arrived?"
    assert palette.results.lines.count == 0
    qtbot.keyClicks(palette.field, "schedule")
    assert palette.results.lines.count == 0
