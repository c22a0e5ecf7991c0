import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tcmdesk.ui.components.banner import Action, Banner
from tcmdesk.ui.components.inputs import TextInput


def test_it_appears_without_taking_the_focus(show):
    outer = QWidget()
    column = QVBoxLayout(outer)
    field = TextInput()
    column.addWidget(field)
    show(outer)
    field.setFocus()
    banner = Banner("连不上诊所数据库", "danger", actions=(Action("重试", lambda: None),))
    column.addWidget(banner)
    banner.show()
    QApplication.processEvents()
    assert field.hasFocus()
    assert banner.height() == 40


def test_its_actions_run(show, qtbot):
    ran = []
    banner = show(
        Banner(
            "改过",
            actions=(
                Action("差别", lambda: ran.append("diff")),
                Action("用我的", lambda: ran.append("mine")),
            ),
        )
    )
    for button in banner.buttons:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ran == ["diff", "mine"]


def test_three_actions_are_too_many():
    action = Action("做", lambda: None)
    with pytest.raises(ValueError, match="two actions"):
        Banner("太多", actions=(action, action, action))
