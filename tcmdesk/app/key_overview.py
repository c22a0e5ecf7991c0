"""Every key that works now, on ``?``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.dialog import Dialog
from tcmdesk.ui.components.key_cap import KeyCap
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext

COLUMNS: Final = 2


class KeyOverview(Dialog):
    """A list to look something up in; Esc closes it."""

    def __init__(self, context: UiContext, *, parent: QWidget) -> None:
        _ = context.tr.gettext
        super().__init__(_("All keys"), close_text=_("Close"), width=640, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        screen = context.navigator.current
        own = screen.key_hints() if screen is not None else []
        keys = {hint.keys for hint in own}
        hints = [*own, *(hint for hint in context.shortcuts.overview() if hint.keys not in keys)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(current().px(24))
        grid.setVerticalSpacing(current().px(8))
        rows = -(-len(hints) // COLUMNS)
        for at, hint in enumerate(hints):
            column = 2 * (at // rows)
            caps = QHBoxLayout()
            caps.setSpacing(current().px(3))
            for key in hint.keys.split(" "):
                caps.addWidget(KeyCap(key, self))
            caps.addStretch(1)
            grid.addLayout(caps, at % rows, column)
            grid.addWidget(Text(hint.text, parent=self), at % rows, column + 1)
        for column in range(COLUMNS):
            grid.setColumnStretch(2 * column + 1, 1)
        self.body.addLayout(grid)
        done = self.add_action(Button(_("Close"), kind="primary", key="⏎", parent=self))
        done.clicked.connect(self.accept)
