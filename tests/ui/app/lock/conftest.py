"""The main window of the administrator, on a screen with something to hide."""

import pytest
from PySide6.QtWidgets import QLineEdit

from tcmdesk.ui.screen import Screen


class Notebook(Screen):
    """A screen with a patient's name, and a line that may be half written."""

    def __init__(self, context):
        super().__init__(context)
        self.line = QLineEdit(self)
        self.line.setAccessibleName("line")
        self.ran = []
        context.shortcuts.add(self, "F9", "run", lambda: self.ran.append("F9"))

    def activate(self):
        super().activate()
        self.set_title("沈若兰")

    def can_close(self):
        return not self.line.text()


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.setattr("tcmdesk.core.registry.ScreenSpec.load", lambda self: Notebook)


@pytest.fixture
def desk(start, clinic_url, notebook):
    desk = start(clinic_url)
    desk.enter()
    desk.window = desk.application.workplace.window
    desk.lock = desk.application.workplace.lock
    desk.notebook = desk.window.context.navigator.current
    return desk
