import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.dialog import Dialog, Scrim
from tcmdesk.ui.components.inputs import TextArea, TextInput
from tcmdesk.ui.theme.current import current


@pytest.fixture
def window(show):
    return show(QWidget(), 800, 600)


@pytest.fixture
def dialog(window, qtbot):
    made = Dialog("取消预约", note="立即通知患者。", close_text="关闭", parent=window)
    made.field = TextInput(name="原因")
    made.body.addWidget(made.field)
    made.keep = made.add_action(Button("保留", key="Esc", size="sheet"))
    made.go = made.add_action(Button("取消预约", kind="primary", size="sheet"))
    made.go.clicked.connect(made.accept)
    made.open()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_head_and_foot_are_60_high(dialog):
    assert dialog.body.geometry().top() == 61
    assert dialog.height() - dialog.body.geometry().bottom() - 1 == 61


def test_escape_leaves(dialog, qtbot):
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)


def test_enter_presses_the_primary_button(dialog, qtbot):
    dialog.field.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)


def test_enter_in_a_text_area_is_a_new_line(dialog, qtbot):
    area = TextArea(name="备注", parent=dialog)
    dialog.body.addWidget(area)
    area.setFocus()
    with qtbot.assertNotEmitted(dialog.accepted):
        qtbot.keyClick(area, Qt.Key.Key_Return)
    assert area.toPlainText() == "\n"
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_window_is_dimmed_while_it_is_open(dialog, window, qtbot):
    assert window.findChild(Scrim).size() == window.size()
    window.resize(900, 700)
    assert window.findChild(Scrim).size() == window.size()
    dialog.reject()
    QApplication.sendPostedEvents(None, 0)
    qtbot.waitUntil(lambda: window.findChild(Scrim) is None)


def test_it_blocks_its_window_only(dialog):
    assert dialog.windowModality() == Qt.WindowModality.WindowModal


def test_corners_are_round(dialog):
    image = dialog.grab().toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(280, 20) == current().colour("raised")


def test_it_follows_the_scale(dialog, look):
    look(scale=1.3)
    assert dialog.width() == round(560 * 1.3)


def test_it_stands_in_the_middle_of_its_window(dialog, window):
    place = dialog.mapToGlobal(dialog.rect().center()) - window.mapToGlobal(window.rect().center())
    assert place.manhattanLength() <= 2
