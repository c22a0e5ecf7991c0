import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.ui.components.inputs import ComboBox, TextArea, TextInput
from tcmdesk.ui.shortcuts import KeyHint, Shortcuts, cap, is_plain


@pytest.fixture
def window(show):
    return show(QWidget(), 300, 200)


@pytest.fixture
def shortcuts(window):
    return Shortcuts(window)


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


@pytest.mark.parametrize(
    ("keys", "plain"),
    [
        ("N", True),
        ("?", True),
        ("1", True),
        ("/", True),
        ("Ctrl+N", False),
        ("Alt+1", False),
        ("F5", False),
        ("Del", False),
        ("Shift+F10", False),
        ("Return", False),
    ],
)
def test_plain_keys_are_those_that_write(qapp, keys, plain):
    assert is_plain(keys) is plain


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("N", "N"),
        ("Ctrl+K", "Ctrl K"),
        ("Ctrl+Return", "Ctrl ⏎"),
        ("Alt+Left", "Alt ←"),
        ("Ctrl++", "Ctrl +"),
        ("F5", "F5"),
    ],
)
def test_caps(keys, shown):
    assert cap(keys) == shown


def test_a_letter_acts(window, shortcuts):
    pressed = []
    shortcuts.add(window, "N", "新预约", lambda: pressed.append("N"))
    press(window, Qt.Key.Key_N)
    assert pressed == ["N"]


@pytest.mark.parametrize("make", [TextInput, TextArea, QLineEdit])
def test_a_letter_is_written_while_a_text_field_has_the_focus(window, shortcuts, make):
    pressed = []
    shortcuts.add(window, "N", "新预约", lambda: pressed.append("N"))
    shortcuts.add(window, "Ctrl+N", "新患者", lambda: pressed.append("Ctrl N"))
    field = make(parent=window)
    field.show()
    field.setFocus()
    press(window, Qt.Key.Key_N)
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    written = field.toPlainText() if isinstance(field, TextArea) else field.text()
    assert (written, pressed) == ("n", ["Ctrl N"])


def test_a_letter_acts_while_a_choice_has_the_focus(window, shortcuts):
    pressed = []
    shortcuts.add(window, "N", "新预约", lambda: pressed.append("N"))
    box = ComboBox([(1, "甲")], name="选", parent=window)
    box.show()
    box.setFocus()
    press(window, Qt.Key.Key_N)
    assert pressed == ["N"]


def test_a_hidden_screen_has_no_shortcuts(window, shortcuts):
    pages = QStackedWidget(window)
    QVBoxLayout(window).addWidget(pages)
    first, second = QWidget(), QWidget()
    pages.addWidget(first)
    pages.addWidget(second)
    pressed = []
    shortcuts.add(first, "N", "预约", lambda: pressed.append("first"))
    shortcuts.add(second, "N", "处方", lambda: pressed.append("second"))
    QApplication.processEvents()
    press(window, Qt.Key.Key_N)
    pages.setCurrentWidget(second)
    press(window, Qt.Key.Key_N)
    assert pressed == ["first", "second"]
    assert [hint.text for hint in shortcuts.overview()] == ["处方"]


def test_hints_are_the_owner_s_most_used_first(window, shortcuts):
    other = QWidget(window)
    shortcuts.add(window, "M", "改期", lambda: None, rank=30)
    shortcuts.add(window, "N", "新预约", lambda: None, rank=10)
    shortcuts.add(window, "F6", "下一栏", lambda: None, listed=False)
    shortcuts.add(other, "X", "别处", lambda: None)
    assert shortcuts.hints(window) == [KeyHint("N", "新预约", 10), KeyHint("M", "改期", 30)]


def test_shortcuts_end_with_their_owner(window, shortcuts, qtbot):
    panel = QWidget(window)
    shortcuts.add(panel, "X", "关", lambda: None)
    with qtbot.waitSignal(shortcuts.changed):
        panel.deleteLater()
    assert shortcuts.overview() == []


def test_a_removed_shortcut_is_silent(window, shortcuts):
    pressed = []
    entry = shortcuts.add(window, "N", "新预约", lambda: pressed.append("N"))
    shortcuts.remove(entry)
    press(window, Qt.Key.Key_N)
    assert pressed == []
    assert shortcuts.hints(window) == []


@pytest.mark.parametrize("keys", ["", "Ctrl+Nonsense"])
def test_a_key_that_does_not_exist_is_refused(window, shortcuts, keys):
    with pytest.raises(ValueError, match="no such key"):
        shortcuts.add(window, keys, "无", lambda: None)


def test_it_is_an_object_of_the_window(window, shortcuts):
    assert isinstance(shortcuts, QObject)
    assert shortcuts.parent() is window
