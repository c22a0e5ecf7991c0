"""The widgets of the video screen without what they do: bar, notice, the two lists, the panel beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.features.consultations.types import CALL, CONFIGURE
from tcmdesk.features.consultations.ui.visit_side import VisitSide
from tcmdesk.features.consultations.ui.visit_table import past_columns, today_columns
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.notice import Notice
from tcmdesk.ui.components.pane import TopBar
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.states import StateStack
from tcmdesk.ui.components.table import Table
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.row_model import RowTableModel
from tcmdesk.ui.screen import Screen
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tcmdesk.ui.context import UiContext

SIDE_FROM: int = 960
"""Width of the screen, px at 100 %, from which the panel stands beside the list."""


class ScreenParts(Screen):
    """A list with a panel beside it."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        _ = self._
        self.bar = TopBar(parent=self)
        self._date = Text("", "title", parent=self)
        self.bar.left.addWidget(self._date)
        self.parts = SegmentedControl(
            [("today", _("Today")), ("past", _("Past"))], name=_("Which visits"), parent=self
        )
        self.bar.right.addWidget(self.parts)
        self.bell = Button(
            icon="bell",
            kind="tool",
            name=_("Sound when a patient begins to wait"),
            checkable=True,
            parent=self,
        )
        self.bell.setVisible(context.allowed(CALL))
        self.bar.right.addWidget(self.bell)
        self.settings = Button(_("Licence and doctors"), icon="settings", key="S", parent=self)
        self.settings.setVisible(context.allowed(CONFIGURE))
        self.bar.right.addWidget(self.settings)
        self.notice = Notice(self)
        self.today = RowTableModel(today_columns(context), lambda visit: visit.appointment_id, self)
        self.past = RowTableModel(past_columns(context), lambda visit: visit.consultation_id, self)
        self.table = Table(self.today, name=_("Video visits of today"), parent=self)
        self.past_table = Table(self.past, name=_("Video visits that are over"), parent=self)
        self.side = VisitSide(context, self)
        self.pages = QStackedWidget(self)
        self._lay_out()

    def _lay_out(self) -> None:
        self.list_state = StateStack(self.table, self)
        first = QWidget(self)
        row = QHBoxLayout(first)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list_state, 1)
        row.addWidget(self.side)
        self.past_state = StateStack(self.past_table, self)
        self.pages.addWidget(first)
        self.pages.addWidget(self.past_state)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.bar)
        self._notice_place = QVBoxLayout()
        self._notice_place.addWidget(self.notice)
        self._column.addLayout(self._notice_place)
        self._column.addWidget(self.pages, 1)

    def message_place(self) -> QWidget | None:
        return self.bar.free

    def apply_theme(self) -> None:
        pad = current().px(12)
        self._notice_place.setContentsMargins(pad, 0 if self.notice.isHidden() else pad, pad, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # beside a call there is room for the list alone
        self.side.setVisible(self.width() >= current().px(SIDE_FROM))
