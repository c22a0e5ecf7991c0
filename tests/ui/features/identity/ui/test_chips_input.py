"""Several short texts in one field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tcmdesk.features.identity.ui.chips_input import ChipsInput
from tests.support.accessibility import unnamed_widgets


@pytest.fixture
def chips(qtbot):
    chips = ChipsInput("Remove {text}", "Type one, then Enter")
    chips.setAccessibleName("Specialties")
    qtbot.addWidget(chips)
    chips.resize(300, 100)
    chips.show()
    qtbot.waitExposed(chips)
    chips.setFocus()
    return chips


def test_enter_and_commas_end_a_text(chips):
    for text in ("insomnia\r", "cough,", "gout"):
        QTest.keyClicks(chips.line, text.replace("\r", ""))
        if text.endswith("\r"):
            QTest.keyClick(chips.line, Qt.Key.Key_Return)
    assert chips.value == ("insomnia", "cough", "gout")
    assert chips.line.text() == "gout"


@pytest.mark.parametrize("separator", "、，,；;")
def test_every_separator(chips, separator):
    chips.line.setText(f"失眠{separator}")
    chips.line.textEdited.emit(chips.line.text())
    assert chips.value == ("失眠",)


def test_the_same_text_twice_is_once(chips):
    chips.set_value(("失眠",))
    chips.line.setText("失眠")
    QTest.keyClick(chips.line, Qt.Key.Key_Return)
    assert chips.value == ("失眠",)


def test_backspace_in_an_empty_line_takes_the_last_back(chips):
    chips.set_value(("失眠", "咳嗽"))
    QTest.keyClick(chips.line, Qt.Key.Key_Backspace)
    assert chips.value == ("失眠",)


def test_pressing_a_chip_takes_it_away(chips):
    chips.set_value(("失眠", "咳嗽"))
    next(iter(chips._chips)).click()
    assert chips.value == ("咳嗽",)


def test_many_wrap_and_all_are_inside(chips):
    chips.set_value(tuple(f"专长之{number}" for number in range(12)))
    chips.resize(300, chips.heightForWidth(300))
    chips.layout().activate()
    assert chips.heightForWidth(300) > chips.line.height() * 2
    for chip in chips._chips:
        assert chips.rect().contains(chip.geometry())
    assert not any(
        one.geometry().intersects(two.geometry())
        for one in chips._chips
        for two in chips._chips
        if one is not two
    )


def test_they_stand_in_order_with_the_line_last(chips):
    chips.set_value(("1", "2", "3"))
    chips.layout().activate()
    chips.layout().setGeometry(chips.rect())
    places = [(widget.y(), widget.x()) for widget in (*chips._chips, chips.line)]
    assert places == sorted(places)


def test_an_ampersand_stays_one(chips):
    chips.set_value(("A & B",))
    assert chips.value == ("A & B",)
    assert [chip._shown_text() for chip in chips._chips] == ["A & B"]


def test_every_control_has_a_name(chips):
    chips.set_value(("失眠",))
    assert unnamed_widgets(chips) == []
