import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton

from tcmdesk.ui.components.rail import Rail, RailItem

ITEMS = (
    RailItem("day", "日程", "calendar-days", "Ctrl 1"),
    RailItem("desk", "诊台", "stethoscope"),
    RailItem("patients", "患者", "users"),
)


@pytest.fixture
def rail(show):
    made = show(Rail(ITEMS, name="前往", user="方云", settings_text="设置"), 68, 700)
    made.set_current("desk")
    return made


def button(rail, name):
    return next(child for child in rail.findChildren(QAbstractButton) if child.accessibleName() == name)


def test_it_is_68_wide(rail):
    assert rail.width() == 68


def test_a_click_goes_there_but_marks_nothing_itself(rail, qtbot):
    with qtbot.waitSignal(rail.chosen) as signal:
        qtbot.mouseClick(button(rail, "患者"), Qt.MouseButton.LeftButton)
    assert signal.args == ["patients"]
    assert button(rail, "诊台").isChecked()
    assert not button(rail, "患者").isChecked()


def test_tab_has_one_stop_at_the_open_screen(rail):
    stops = [
        child.accessibleName()
        for child in rail.findChildren(QAbstractButton)
        if child.text() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["诊台"]


def test_arrows_move_and_enter_opens(rail, qtbot):
    button(rail, "诊台").setFocus()
    qtbot.keyClick(button(rail, "诊台"), Qt.Key.Key_Down)
    assert button(rail, "患者").hasFocus()
    qtbot.keyClick(button(rail, "患者"), Qt.Key.Key_Down)
    assert button(rail, "日程").hasFocus()
    with qtbot.waitSignal(rail.chosen) as signal:
        qtbot.keyClick(button(rail, "日程"), Qt.Key.Key_Return)
    assert signal.args == ["day"]


def test_destinations_are_named(rail):
    spoken = QAccessible.queryAccessibleInterface(button(rail, "日程"))
    assert spoken.text(QAccessible.Text.Name) == "日程"
    assert button(rail, "日程").toolTip() == "日程  Ctrl 1"


def test_settings_and_user_are_wishes(rail, qtbot):
    with qtbot.waitSignal(rail.settings_requested):
        qtbot.mouseClick(button(rail, "设置"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(rail.user_requested):
        qtbot.mouseClick(button(rail, "方云"), Qt.MouseButton.LeftButton)


def test_a_lost_connection_shows_at_the_user(rail):
    before = button(rail, "方云").grab().toImage()
    rail.set_connected(False)
    assert button(rail, "方云").grab().toImage() != before
