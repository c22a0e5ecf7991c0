"""The bar above the board: which day, whom to find, a new booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpacerItem

from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.types import BOOK
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.pane import TopBar
from tcmdesk.ui.components.text import Text, note
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext


class BoardBar(TopBar):
    """`day_step` brings -1 or 1; `today_requested` and `new_requested` say what they mean."""

    day_step = Signal(int)
    today_requested = Signal()
    new_requested = Signal()

    def __init__(self, context: UiContext, screen: QWidget) -> None:
        super().__init__(parent=screen)
        self._context = context
        _ = context.tr.gettext
        self.earlier = Button(icon="chevron-left", name=_("Previous day"), parent=self)
        self.today = Button(_("Today"), key="T", parent=self)
        self.later = Button(icon="chevron-right", name=_("Next day"), parent=self)
        self.title = Text("", "title", parent=self)
        self.relation = note("", self)
        for widget in (self.earlier, self.today, self.later):
            self.left.addWidget(widget)
        self.left.addSpacing(current().px(8))
        self.left.addWidget(self.title)
        self.left.addSpacing(current().px(4))
        self.left.addWidget(self.relation)
        self.search = panel("patient_finder")(context, screen)
        self.new = Button(_("New booking"), icon="plus", key="N", kind="primary", parent=self)
        self.new.setVisible(context.allowed(BOOK))
        self._under_sheet = QSpacerItem(0, 0)
        self.right.addItem(self._under_sheet)
        self.right.addWidget(self.search)
        self.right.addWidget(self.new)
        self.earlier.clicked.connect(lambda: self.day_step.emit(-1))
        self.later.clicked.connect(lambda: self.day_step.emit(1))
        self.today.clicked.connect(self.today_requested)
        self.new.clicked.connect(self.new_requested)
        self.apply_theme()

    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "search"):
            self.search.setFixedWidth(current().px(240))

    def show_day(self, day: dt.date, today: dt.date) -> None:
        """Say which day is shown, and how far from today it is."""
        tr = self._context.tr
        self.title.setText(tr.date(day, weekday=True, year=day.year != today.year))
        ahead = (day - today).days
        if ahead in {-1, 1}:
            word = tr.gettext("Tomorrow") if ahead == 1 else tr.gettext("Yesterday")
        elif ahead == 0:
            word = ""
        elif ahead > 0:
            word = tr.gettext("in {days} days").format(days=ahead)
        else:
            word = tr.gettext("{days} days ago").format(days=-ahead)
        self.relation.setText(word)

    def set_covered(self, width: int) -> None:
        """So much at the right lies under a sheet: nothing there may take the keyboard or say anything."""
        self.search.setVisible(not width)
        self.new.setVisible(not width and self._context.allowed(BOOK))
        self._under_sheet.changeSize(width, 0)
        self.right.invalidate()
