from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tests.support.accessibility import unnamed_widgets


def window(qtbot, *children):
    root = QWidget()
    qtbot.addWidget(root)
    layout = QVBoxLayout(root)
    for child in children:
        layout.addWidget(child)
    return root


def test_fields_without_a_name_are_found(qtbot):
    edit, button = QLineEdit(), QToolButton()
    edit.setObjectName("phone")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    found = unnamed_widgets(window(qtbot, edit, button, QComboBox(), QSpinBox(), QListWidget()))
    assert len(found) == 5
    assert "QWidget > QLineEdit “phone”" in found


def test_a_name_may_be_text_a_label_or_given(qtbot):
    labelled, named, label = QLineEdit(), QListWidget(), QLabel("&Phone")
    label.setBuddy(labelled)
    named.setAccessibleName("Patients")
    assert unnamed_widgets(window(qtbot, QPushButton("Book"), label, labelled, named)) == []


def test_what_the_keyboard_cannot_reach_needs_none(qtbot):
    button = QToolButton()
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert unnamed_widgets(window(qtbot, button)) == []


def test_a_hidden_page_is_looked_at_too(qtbot):
    edit = QLineEdit()
    edit.hide()
    assert unnamed_widgets(window(qtbot, edit)) == ["QWidget > QLineEdit"]
