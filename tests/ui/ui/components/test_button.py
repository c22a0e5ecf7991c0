import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.theme.current import current

KINDS = ("primary", "plain", "ghost", "danger", "danger_fill", "tool", "link")


def colours(widget):
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_enter_press_it(show, qtbot, key):
    button = show(Button("预约", kind="primary"))
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


@pytest.mark.parametrize("kind", KINDS)
def test_the_focus_can_be_seen(show, kind):
    button = show(Button("预约", kind=kind))
    button.clearFocus()
    before = button.grab().toImage()
    button.setFocus()
    assert button.grab().toImage() != before
    edge = {button.grab().toImage().pixelColor(x, 0).name() for x in range(8, button.width() - 8)}
    assert edge == {current().colour("focus").name()}


@pytest.mark.parametrize("kind", KINDS)
def test_disabled_looks_different_and_does_nothing(show, qtbot, kind):
    button = show(Button("预约", kind=kind))
    enabled = button.grab().toImage()
    button.setEnabled(False)
    assert button.grab().toImage() != enabled
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not pressed


@pytest.mark.parametrize(("size", "height"), [("regular", 32), ("small", 28), ("row", 26), ("sheet", 36)])
def test_heights(show, size, height):
    assert show(Button("预约", size=size)).sizeHint().height() == height


def test_it_is_wide_enough_for_icon_word_and_key(show):
    bare, full = Button("预约"), Button("预约", icon="plus", key="Ctrl N")
    assert show(full).sizeHint().width() > show(bare).sizeHint().width() + 16 + 30


def test_a_button_without_a_word_needs_a_name():
    with pytest.raises(ValueError, match="needs a name"):
        Button(icon="x")


def test_a_name_is_spoken_and_shown(show):
    button = show(Button(icon="x", kind="tool", name="关闭"))
    spoken = QAccessible.queryAccessibleInterface(button)
    assert spoken.text(QAccessible.Text.Name) == "关闭"
    assert spoken.role() == QAccessible.Role.Button
    assert button.toolTip() == "关闭"


def test_a_badge_is_painted_and_described(show):
    button = show(Button(icon="inbox", kind="tool", name="收件箱"))
    assert current().colour("danger").name() not in colours(button)
    button.set_badge("3", "3 条新消息")
    assert current().colour("danger").name() in colours(button)
    assert button.accessibleDescription() == "3 条新消息"
