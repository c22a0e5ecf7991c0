"""Every key that works now, on ``?``."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.dialog import Dialog
from tcmdesk.ui.components.key_cap import KeyCap
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.shortcuts import KeyHint

WIDTH: Final = 960
COLUMNS: Final = 3
ROW: Final = 26
AROUND: Final = 220
"""What the dialog's head and foot and the window around it take of the window's height."""


def one_line_an_action(hints: Iterable[KeyHint]) -> list[tuple[str, tuple[str, ...]]]:
    """Each action once, in order, with every key that does it."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for hint in hints:
        if hint.keys not in keys[hint.text]:
            keys[hint.text].append(hint.keys)
    return [(text, tuple(found)) for text, found in keys.items()]


class KeyOverview(Dialog):
    """A list to look something up in; Esc closes it."""

    def __init__(self, context: UiContext, *, parent: QWidget) -> None:
        _ = context.tr.gettext
        width = min(WIDTH, round(parent.window().width() / current().scale) - 64)
        super().__init__(_("All keys"), close_text=_("Close"), width=width, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        screen = context.navigator.current
        own = screen.key_hints() if screen is not None else []
        taken = {hint.keys for hint in own}
        others = [hint for hint in context.shortcuts.overview() if hint.keys not in taken]
        lines = one_line_an_action([*own, *others])
        inner = QWidget()
        self._fill(QGridLayout(inner), lines)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(_("All keys"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        for plain in (inner, scroll.viewport()):
            plain.setAutoFillBackground(False)
        needed = inner.sizeHint().height()
        scroll.setFixedHeight(min(needed, parent.window().height() - current().px(AROUND)))
        self.body.addWidget(scroll)
        done = self.add_action(Button(_("Close"), kind="primary", key="⏎", parent=self))
        done.clicked.connect(self.accept)

    def _fill(self, grid: QGridLayout, lines: list[tuple[str, tuple[str, ...]]]) -> None:
        theme = current()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(0)
        rows = -(-len(lines) // COLUMNS)
        for at, (text, keys) in enumerate(lines):
            row, column = at % rows, 2 * (at // rows)
            caps = QHBoxLayout()
            caps.setSpacing(theme.px(3))
            caps.addStretch(1)
            for number, combination in enumerate(keys):
                caps.addSpacing(theme.px(5) if number else 0)
                for key in combination.split(" "):
                    caps.addWidget(KeyCap(key, self))
            grid.addLayout(caps, row, column)
            grid.addWidget(Text(text, elide=True, parent=self), row, column + 1)
            grid.setRowMinimumHeight(row, theme.px(ROW))
        for column in range(COLUMNS):
            grid.setColumnStretch(2 * column + 1, 1)
