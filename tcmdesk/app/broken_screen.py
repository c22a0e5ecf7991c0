"""Stands in for a screen that could not be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from tcmdesk.ui.components.states import ErrorState
from tcmdesk.ui.screen import Screen

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext


class BrokenScreen(Screen):
    """Says that the screen could not be opened and which number to quote; every other screen still works."""

    def __init__(self, context: UiContext, number: str) -> None:
        super().__init__(context)
        _ = context.tr.gettext
        detail = _("The other screens still work. Number to quote: {number}").format(number=number)
        column = QVBoxLayout(self)
        column.addWidget(ErrorState(_("This screen could not be opened"), detail, parent=self))
