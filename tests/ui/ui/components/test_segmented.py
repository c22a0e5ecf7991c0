import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QRadioButton

from tcmdesk.ui.components.segmented import SegmentedControl


@pytest.fixture
def control(show):
    return show(SegmentedControl([("day", "日"), ("week", "周"), ("month", "月")], value="week", name="范围"))


def test_arrows_choose(control, qtbot):
    control.setFocus()
    with qtbot.waitSignal(control.value_changed) as signal:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert signal.args == ["month"]
    assert control.value == "month"


def test_tab_enters_at_the_chosen_word(control):
    control.set_value("month")
    control.setFocus()
    assert QApplication.focusWidget().text() == "月"


def test_setting_a_value_is_silent(control, qtbot):
    with qtbot.assertNotEmitted(control.value_changed):
        control.set_value("day")
    assert control.value == "day"


def test_a_click_anywhere_in_a_segment_chooses_it(control, qtbot):
    first = control.findChildren(QRadioButton)[0]
    with qtbot.waitSignal(control.value_changed):
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=first.rect().bottomRight())
    assert control.value == "day"


def test_choosing_moves_nothing(control):
    before = [segment.geometry() for segment in control.findChildren(QRadioButton)]
    control.set_value("month")
    QApplication.processEvents()
    assert [segment.geometry() for segment in control.findChildren(QRadioButton)] == before


def test_segments_are_radio_buttons_for_screen_readers(control):
    segment = control.findChildren(QRadioButton)[1]
    spoken = QAccessible.queryAccessibleInterface(segment)
    assert spoken.role() == QAccessible.Role.RadioButton
    assert spoken.text(QAccessible.Text.Name) == "周"
    assert spoken.state().checked


def test_an_unknown_value_is_refused(control):
    with pytest.raises(ValueError, match="year"):
        control.set_value("year")


def test_other_options_take_the_place_of_the_old_ones(control, qtbot):
    control.set_options([("year", "年"), ("day", "日")])
    assert (control.value, control.values) == ("year", ("year", "day"))
    control.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert control.value == "day"
    assert QApplication.focusWidget().accessibleDescription() == "范围"
