"""Every component in every state, for developers: the picture that pull requests are compared with.

The samples are made up. Sections of features (appointment cards) are added by whoever opens the gallery,
because this floor knows no feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tcmdesk.ui.components.pane import Pane
from tcmdesk.ui.components.text import Text, label, note
from tcmdesk.ui.gallery_parts import content, samples
from tcmdesk.ui.gallery_parts.frame import Frame
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from tcmdesk.core.i18n import Translator

Side = Literal["left", "right"]


class _Section(Themed, QWidget):
    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(title, self))
        self._column.addWidget(content)
        self.start_theming()

    def apply_theme(self) -> None:
        self._column.setSpacing(current().px(10))


class Gallery(Pane):
    """The gallery; `add_section` puts a feature's own components among the others."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent=parent)
        _ = tr.gettext
        self.setAccessibleName(_("tcmdesk components"))
        page = Pane("canvas", parent=self)
        self._page = QVBoxLayout(page)
        head = QHBoxLayout()
        head.addWidget(Text(_("tcmdesk components"), "title", parent=page))
        head.addStretch(1)
        head.addWidget(note(_("One accent · 4 px grid · two weights"), page))
        self._page.addLayout(head)
        self._page.addWidget(samples.type_scale(_))
        self._page.addWidget(samples.Swatches())
        self._page.addWidget(samples.Line())
        self._columns = QHBoxLayout()
        self._sides: dict[Side, QVBoxLayout] = {"left": QVBoxLayout(), "right": QVBoxLayout()}
        for side in self._sides.values():
            self._columns.addLayout(side, 1)
        self._page.addLayout(self._columns)
        self._page.addWidget(_Section(_("The frame of a window"), Frame(_)))
        self._page.addStretch(1)
        self.focused = samples.focused_input(_)
        self.add_section(_("Buttons: 32 high (26–28 in rows, 36 for the main one)"), samples.buttons(_))
        self.add_section(_("Inputs"), samples.inputs(_, self.focused))
        self.add_section(_("Levels of a check · chips"), samples.marks(_))
        self.add_section(_("Hover, pressed, focus, disabled"), samples.button_states(_))
        right: Side = "right"
        self.add_section(
            _("Banners: at the top of a pane, never over it, never taking the focus"),
            samples.banners(_),
            right,
        )
        self.add_section(
            _("Empty · loading (after 300 ms) · error: in the place of the content"), content.states(_), right
        )
        self.add_section(
            _("Table: rows of 34 (compact 30), numbers at the right, a bar at the selected row"),
            content.table(_),
            right,
        )
        self.add_section(_("More inputs"), samples.more_inputs(_), right)
        for side in self._sides.values():
            side.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setAccessibleName(_("tcmdesk components"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.start_theming()

    def add_section(self, title: str, content: QWidget, side: Side = "left", at: int | None = None) -> None:
        """Add a section with a translated title at the end of a column, or before its section number `at`."""
        column = self._sides[side]
        section = _Section(title, content)
        if at is None:
            column.addWidget(section)
        else:
            column.insertWidget(at, section)

    def apply_theme(self) -> None:
        theme = current()
        self._page.setContentsMargins(theme.px(32), theme.px(24), theme.px(32), theme.px(20))
        self._page.setSpacing(theme.px(18))
        self._columns.setSpacing(theme.px(32))
        for side in self._sides.values():
            side.setSpacing(theme.px(22))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < current().px(1240)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focused.setFocus()
