import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.ui.components.inputs import ComboBox, SearchField, TextArea, TextInput
from tcmdesk.ui.theme.current import current


@pytest.mark.parametrize("make", [TextInput, lambda: ComboBox([(1, "甲")]), lambda: SearchField("查找")])
def test_inputs_are_32_high_and_ringed_when_focused(show, make):
    field = show(make())
    assert field.height() == 32
    field.setFocus()
    ring = current().colour("focus").name()
    image = field.grab().toImage()
    assert [image.pixelColor(field.width() // 2, y).name() for y in (0, 1)] == [ring, ring]
    assert image.pixelColor(field.width() // 2, 2).name() != ring


def test_a_combo_box_has_an_arrow(show):
    box = show(ComboBox([(1, "甲")]))
    box.clearFocus()
    image = box.grab().toImage()
    right = [
        image.pixelColor(x, y).name()
        for x in range(box.width() - 26, box.width() - 4)
        for y in range(8, box.height() - 8)
    ]
    assert len(set(right)) > 1


def test_a_combo_box_speaks_in_values(show):
    box = show(ComboBox([("a", "甲"), ("b", "乙")], value="b"))
    assert (box.value, box.currentText()) == ("b", "乙")
    with pytest.raises(ValueError, match="no option"):
        box.set_value("c")


def test_escape_empties_the_search_then_is_passed_on(show, qtbot):
    class Outer(QWidget):
        escapes = 0

        def keyPressEvent(self, event):
            self.escapes += event.key() == Qt.Key.Key_Escape

    outer = Outer()
    field = SearchField("查找", parent=outer)
    QVBoxLayout(outer).addWidget(field)
    show(outer)
    field.setText("沈")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), outer.escapes) == ("", 0)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert outer.escapes == 1


def test_a_text_area_of_one_line_is_as_high_as_an_input(show):
    assert show(TextArea(lines=1)).height() == show(TextInput()).height()
    assert show(TextArea(lines=3)).height() > 60


def test_tab_leaves_a_text_area(show, qtbot):
    outer = QWidget()
    column = QVBoxLayout(outer)
    area, after = TextArea(), TextInput()
    column.addWidget(area)
    column.addWidget(after)
    show(outer)
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.toPlainText() == ""
