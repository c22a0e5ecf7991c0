import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tcmdesk.ui.components.number_input import NumberInput


@pytest.fixture
def number(show):
    return show(NumberInput(15, low=5, high=60, step=5, unit="分", name="时长"), 120, 32)


def wheel(widget):
    place = QPointF(widget.rect().center())
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            place, widget.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def test_keys_and_arrows_step(number, qtbot):
    qtbot.keyClick(number, Qt.Key.Key_Up)
    assert (number.value(), number.text()) == (20, "20 分")
    corner = QPoint(number.width() - 8, number.height() - 8)
    qtbot.mouseClick(number, Qt.MouseButton.LeftButton, pos=corner)
    assert number.value() == 15


def test_the_wheel_changes_it_only_with_the_focus(number):
    number.clearFocus()
    wheel(number)
    assert number.value() == 15
    number.setFocus()
    wheel(number)
    assert number.value() == 20


def test_its_arrows_are_painted(number):
    image = number.grab().toImage()
    right = {image.pixelColor(x, y).name() for x in range(102, 116) for y in range(6, 26)}
    assert len(right) > 1
