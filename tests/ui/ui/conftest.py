"""The look that components are tested in."""

import pytest

from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme


@pytest.fixture(autouse=True)
def look(qapp):
    """Light, Chinese, 100 %; returns a function that puts another look in force for the rest of the test."""
    apply(qapp, Theme())

    def change(**changes):
        theme = Theme(**changes)
        apply(qapp, theme)
        return theme

    yield change
    apply(qapp, Theme())


@pytest.fixture
def show(qtbot):
    """Shows a widget, active, so that focus works."""

    def shown(widget, width=0, height=0):
        qtbot.addWidget(widget)
        if width:
            widget.resize(width, height or 400)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return shown
