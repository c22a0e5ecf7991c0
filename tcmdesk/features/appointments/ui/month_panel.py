"""Beside a month: its figures, and the doctors of the chosen day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.features.appointments.types import HalfDay
from tcmdesk.features.appointments.ui.load_bars import Bar, LoadBars
from tcmdesk.features.appointments.ui.loads import Load
from tcmdesk.features.appointments.ui.week_panel import Figures
from tcmdesk.features.appointments.ui.words import month_text
from tcmdesk.ui.components.pane import PaneHead, SidePanel
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.month_view import MonthView
    from tcmdesk.ui.context import UiContext


class MonthPanel(SidePanel):
    """Follows the day that the keyboard is on."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        self._context = context
        self._ = context.tr.gettext
        super().__init__("week_side", PaneHead(self._("Month"), height="column_head"), parent=parent)
        self.figures = Figures(self)
        self._day = Text("", "body", bold=True, parent=self)
        self.bars = LoadBars(84, self)
        self._note = Text("", "small", "text2", wrap=True, parent=self)
        self._content = QVBoxLayout()
        for widget in (self.figures, self._day, self.bars, self._note):
            self._content.addWidget(widget)
        self.body.addLayout(self._content)
        self.body.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.apply_theme()

    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "_content"):
            theme = current()
            narrow = self.window().width() < theme.tokens.narrow_width * theme.scale
            self.setFixedWidth(theme.width("week_side_narrow" if narrow else "week_side"))
            self._content.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(8))
            self._content.setSpacing(theme.px(8))

    def show_month(self, view: MonthView) -> None:
        """Show the figures of a month's view."""
        _, tr, chosen = self._, self._context.tr, view.chosen
        if chosen is None:
            return
        shown = view.days.month(chosen) if view.days is not None else ()
        total = sum((day.visits for day in shown), HalfDay())
        load = sum((day.whole for day in shown), Load(0, 0))
        self.head.set_title(month_text(tr, chosen))
        self.head.set_aside("" if load.share is None else _("{share} full").format(share=f"{load.share:.0%}"))
        self.figures.show_figures((total.count, _("Booked")), (total.unconfirmed, _("Unconfirmed")))
        self._day.setText(tr.date(chosen, weekday=True))
        doctors = view.doctors()
        self.bars.show_bars(tuple(Bar(each.doctor.name, each.load) for each in doctors))
        day = view.days.at(chosen) if view.days is not None else None
        self._note.setText("" if doctors or day is None else (day.closed or _("No hours")))
