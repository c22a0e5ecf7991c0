"""Labels in the steps of the type scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.theme.tokens import Colour, TypeRole


class Text(Themed, QLabel):
    """A label that follows the look. Plain text only: what people typed is never read as markup.

    `elide` cuts with an ellipsis what does not fit, and then shows the whole in the tooltip;
    otherwise a text that does not fit is a fault that `clipping` finds.
    """

    def __init__(
        self,
        text: str = "",
        role: TypeRole = "body",
        colour: Colour = "text",
        *,
        bold: bool | None = None,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.elides = elide
        self._role: TypeRole = role
        self._colour: Colour = colour
        self._bold = bold
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self.setMinimumWidth(0)
        self.setText(text)
        self.start_theming()

    def set_colour(self, colour: Colour) -> None:
        self._colour = colour
        self.update()

    def apply_theme(self) -> None:
        self.setFont(current().font(self._role, bold=self._bold))
        if not self.wordWrap():
            self.setMinimumHeight(current().line_height(self._role))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self.elides else hint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        # Painted here because an application style sheet takes a label's palette away when it changes.
        room, shown = self.contentsRect(), self.text()
        if self.elides:
            shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room.width())
            self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(current().colour(self._colour if self.isEnabled() else "text3"))
        flags = self.alignment() | (Qt.TextFlag.TextWordWrap if self.wordWrap() else Qt.AlignmentFlag(0))
        painter.drawText(room, int(flags), shown)


def heading(text: str, parent: QWidget | None = None) -> Text:
    """The title of a panel, a pane or a dialog."""
    return Text(text, "heading", parent=parent)


def label(text: str, parent: QWidget | None = None) -> Text:
    """The label of a group of controls: 12 bold, quiet."""
    return Text(text, "small", "text2", bold=True, parent=parent)


def note(text: str, parent: QWidget | None = None) -> Text:
    """A hint or second line."""
    return Text(text, "small", "text3", parent=parent)
