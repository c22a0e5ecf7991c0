"""Theirs and mine, side by side, until one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.appointments.ui.draft import Difference


class VersionsView(Themed, QWidget):
    """A table of the fields that differ, with a button below each side."""

    theirs_chosen = Signal(object)
    mine_chosen = Signal(object)

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        _ = tr.gettext
        self._theirs: AppointmentCard | None = None
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(IconView("circle-alert", "control", "warn", parent=self))
        head.addWidget(
            Text(_("Changed by someone else while you were editing"), "body", "warn", bold=True, parent=self)
        )
        head.addStretch(1)
        self._column.addLayout(head)
        self._grid = QGridLayout()
        self._column.addLayout(self._grid)
        self._cells: list[QWidget] = []
        buttons = QHBoxLayout()
        self.take_theirs = Button(_("Take theirs"), size="small", parent=self)
        self.keep_mine = Button(_("Save mine"), size="small", parent=self)
        buttons.addStretch(1)
        buttons.addWidget(self.take_theirs)
        buttons.addWidget(self.keep_mine)
        self._column.addLayout(buttons)
        self.take_theirs.clicked.connect(lambda: self.theirs_chosen.emit(self._theirs))
        self.keep_mine.clicked.connect(lambda: self.mine_chosen.emit(self._theirs))
        self.start_theming()

    @property
    def texts(self) -> list[str]:
        """Every word of the comparison, row by row."""
        return [cell.text() for cell in self._cells if isinstance(cell, Text)]

    def show_versions(self, theirs: AppointmentCard, rows: tuple[Difference, ...]) -> None:
        """Show the fields that differ; those that both changed are the ones to decide."""
        _ = self._tr.gettext
        self._theirs = theirs
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        self._put(0, "", _("Theirs"), _("Mine"), bold=True)
        shown = [row for row in rows if row.mine != row.theirs]
        for at, row in enumerate(shown, start=1):
            self._put(at, row.title, row.theirs or "–", row.mine or "–", bold=row.both)
        self.setAccessibleName(" ".join(self.texts))
        self.show()
        self.take_theirs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, row: int, title: str, theirs: str, mine: str, *, bold: bool) -> None:
        cells = (
            Text(title, "small", "text3", parent=self),
            Text(theirs, "body", bold=bold, wrap=True, parent=self),
            Text(mine, "body", bold=bold, wrap=True, parent=self),
        )
        for column, cell in enumerate(cells):
            cell.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(cell, row, column)
            cell.show()
            self._cells.append(cell)

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        self._column.setSpacing(theme.px(8))
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint.rounded(QPainter(self), QRectF(self.rect()), current().radius("card"), "warn_soft", "warn_line")
