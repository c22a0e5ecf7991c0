from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.theme.current import current


def edge(widget):
    image = widget.grab().toImage()
    return image.pixelColor(widget.width() // 2, 0).name()


def test_an_error_moves_nothing(show):
    field = show(Field("手机号", TextInput()))
    before, place = field.sizeHint(), field.control.geometry()
    field.set_error("少 1 位，应为 11 位")
    QApplication.processEvents()
    assert field.sizeHint().height() == before.height()
    assert field.control.geometry() == place


def test_an_error_is_red_and_spoken(show):
    field = show(Field("手机号", TextInput(), help_text="11 位"))
    field.control.clearFocus()
    field.set_error("少 1 位")
    spoken = QAccessible.queryAccessibleInterface(field.control)
    assert spoken.text(QAccessible.Text.Name) == "手机号"
    assert spoken.text(QAccessible.Text.Description) == "少 1 位"
    assert edge(field.control) == current().colour("danger").name()
    field.set_error("")
    assert edge(field.control) == current().colour("field_line").name()
    assert spoken.text(QAccessible.Text.Description) == "11 位"


def test_the_text_stays_put_when_the_edge_gets_thicker(show):
    field = show(Field("手机号", TextInput("138")))
    calm = field.control.cursorRect()
    field.set_error("少 8 位")
    QApplication.processEvents()
    assert field.control.cursorRect() == calm


def test_the_focus_goes_to_the_control(show):
    field = show(Field("手机号", TextInput()))
    field.setFocus()
    assert field.control.hasFocus()
