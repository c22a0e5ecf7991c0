"""The bar above the board: which days, how much of time, whose; whom to find, openings, a new booking."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSpacerItem, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.types import BOOK, Span
from tcmdesk.features.appointments.ui.words import doctor_text, month_text, week_text
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import ComboBox
from tcmdesk.ui.components.pane import TopBar
from tcmdesk.ui.components.search_box import SearchBox
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import Text, note
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tcmdesk.features.appointments.types import BoardView, DoctorColumn
    from tcmdesk.ui.context import UiContext

SPANS: Final = {Span.DAY: N_("Day"), Span.WEEK: N_("Week"), Span.MONTH: N_("Month")}
_PRESENT: Final = {Span.DAY: N_("Today"), Span.WEEK: N_("This week"), Span.MONTH: N_("This month")}
_STEPS: Final = {
    Span.DAY: (N_("Previous day"), N_("Next day")),
    Span.WEEK: (N_("Previous week"), N_("Next week")),
    Span.MONTH: (N_("Previous month"), N_("Next month")),
}

TIGHT: Final = 1020
"""Width of the bar, px at 100 %, below which buttons stand without their words: a call is docked beside the board."""

Whose = tuple[str, str]
"""A doctor's id and a department; both empty for everybody."""


class BoardBar(TopBar):
    """`stepped` brings -1 or 1, `span_chosen` a `Span`, `whose_chosen` a doctor's id and a department."""

    stepped = Signal(int)
    today_requested = Signal()
    find_requested = Signal()
    new_requested = Signal()
    span_chosen = Signal(object)
    whose_chosen = Signal(str, str)

    def __init__(self, context: UiContext, screen: QWidget) -> None:
        super().__init__(parent=screen)
        self._context = context
        _ = self._ = context.tr.gettext
        self._options: list[tuple[Whose, str]] = []
        self._covered = 0
        self._offers_whose = False
        self.earlier = Button(icon="chevron-left", name=_("Previous day"), parent=self)
        self.today = Button(_("Today"), key="T", parent=self)
        self.later = Button(icon="chevron-right", name=_("Next day"), parent=self)
        self.title = Text("", "title", parent=self)
        self.relation = note("", self)
        self.span = SegmentedControl(
            [(span, _(word)) for span, word in SPANS.items()], name=_("Shown"), parent=self
        )
        self.whose = ComboBox(name=_("Whose"), parent=self)
        self.whose.hide()
        self.views = Button(icon="bookmark", kind="ghost", name=_("Saved views"), parent=self)
        self.search = SearchBox(context, self)
        self.find = Button(_("Find openings"), icon="calendar-search", key="F", parent=self)
        self.new = Button(_("New booking"), icon="plus", key="N", kind="primary", parent=self)
        for button in (self.find, self.new):
            # beside a call they lose their words
            button.setAccessibleName(button.text())
            button.setToolTip(button.text())
        self.inbox = self._inbox()
        self._lay_out()
        self.earlier.clicked.connect(lambda: self.stepped.emit(-1))
        self.later.clicked.connect(lambda: self.stepped.emit(1))
        self.today.clicked.connect(self.today_requested)
        self.find.clicked.connect(self.find_requested)
        self.new.clicked.connect(self.new_requested)
        self.span.value_changed.connect(self.span_chosen)
        self.whose.activated.connect(self._on_whose_activated)
        self.room = QWidget(self)
        self.room.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.room.lower()
        self.free.installEventFilter(self)
        self.set_covered(0)
        self.apply_theme()

    def _inbox(self) -> QWidget | None:
        try:
            return panel("inbox_button")(self._context, self)
        except LookupError:
            return None

    def _lay_out(self) -> None:
        for widget in (self.earlier, self.today, self.later):
            self.left.addWidget(widget)
        self.left.addSpacing(current().px(8))
        self.left.addWidget(self.title)
        self.left.addSpacing(current().px(8))
        self.left.addWidget(self.span)
        self.left.addWidget(self.whose)
        self.left.addWidget(self.views)
        self.left.addWidget(self.relation)
        self._under_sheet = QSpacerItem(0, 0)
        self.right.addItem(self._under_sheet)
        for widget in (self.search, self.find, self.new, self.inbox):
            if widget is not None:
                self.right.addWidget(widget)

    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "search"):
            self._fit()

    def _fit(self) -> None:
        """What yields in a narrow window: how far the day is from today, then room of the search."""
        theme = current()
        narrow, tight = self._narrow, self.width() < theme.px(TIGHT)
        for button, word in ((self.find, self._("Find openings")), (self.new, self._("New booking"))):
            shown = "" if tight else word
            if button.text() != shown:
                button.setText(shown)
        self.relation.setVisible(not narrow and not tight and not self._covered)
        week = self.span.value is Span.WEEK
        yields = tight or (narrow and week)
        self.search.setFixedWidth(theme.px(128 if yields else 196 if narrow else 240))
        self.whose.setFixedWidth(theme.px(120 if narrow else 156))
        self.views.setVisible(not self._covered and not yields)
        self.whose.setVisible(self._offers_whose and not self._covered)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Messages stand over the free room and the search, which has a key: nothing to click is covered by them."""
        if watched is self.free and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            left, right = self.free.geometry(), self.search.geometry()
            self.room.setGeometry(left.united(right) if self.search.isVisibleTo(self) else left)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_place(
        self, view: BoardView, day: dt.date, today: dt.date, doctors: tuple[DoctorColumn, ...] = ()
    ) -> None:
        """Say which day, week or month is shown, and how far a day is from today."""
        tr, span = self._context.tr, view.span
        match span:
            case Span.DAY:
                title = tr.date(day, weekday=True, year=day.year != today.year)
            case Span.WEEK:
                title = week_text(tr, day - dt.timedelta(days=day.weekday()), today)
            case Span.MONTH:
                title = month_text(tr, day)
        self.title.setText(title)
        self.relation.setText(self._relation(day, today) if span is Span.DAY else "")
        self.span.set_value(span)
        self.today.setText(self._(_PRESENT[span]))
        for button, word in zip((self.earlier, self.later), _STEPS[span], strict=True):
            button.setAccessibleName(self._(word))
            button.setToolTip(self._(word))
        if doctors:
            self.show_doctors(view, doctors)

    def show_doctors(self, view: BoardView, doctors: tuple[DoctorColumn, ...]) -> None:
        """Whom one can choose: in a week a doctor; in a day or month also everybody or a department."""
        if not doctors:
            return
        persons = [((doctor.doctor_id, ""), self._word(doctor)) for doctor in doctors]
        options: list[tuple[Whose, str]] = persons
        if view.span is not Span.WEEK:
            departments = dict.fromkeys(doctor.department for doctor in doctors if doctor.department)
            options = [
                (("", ""), self._("All doctors")),
                *((("", name), name) for name in departments),
                *persons,
            ]
        if options != self._options:
            self._options = options
            self.whose.set_options(options)
        chosen = (view.doctor_id, "" if view.doctor_id else view.department)
        at = next((at for at, (value, _word) in enumerate(options) if value == chosen), 0)
        self.whose.setCurrentIndex(at)
        self._offers_whose = view.span is Span.WEEK or chosen != ("", "") or self.whose.hasFocus()
        self._fit()

    @property
    def _narrow(self) -> bool:
        theme = current()
        return self.window().width() < theme.tokens.narrow_width * theme.scale

    def _word(self, doctor: DoctorColumn) -> str:
        return doctor.name if self._narrow else " · ".join(doctor_text(doctor).split())

    def choose_whose(self) -> None:
        """Open the list of doctors."""
        if self.whose.count():
            self._offers_whose = True
            self._fit()
            self.whose.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.whose.showPopup()

    def step_whose(self, by: int) -> None:
        """The next or previous entry of that list."""
        if self.whose.count():
            at = (self.whose.currentIndex() + by) % self.whose.count()
            self.whose.setCurrentIndex(at)
            self._on_whose_activated(at)

    def _on_whose_activated(self, at: int) -> None:
        if 0 <= at < len(self._options):
            self.whose_chosen.emit(*self._options[at][0])

    def _relation(self, day: dt.date, today: dt.date) -> str:
        ahead = (day - today).days
        if ahead in {-1, 1}:
            return self._("Tomorrow") if ahead == 1 else self._("Yesterday")
        if ahead == 0:
            return ""
        if ahead > 0:
            return self._("in {days} days").format(days=ahead)
        return self._("{days} days ago").format(days=-ahead)

    def set_covered(self, width: int) -> None:
        """So much at the right lies under a sheet: nothing there may take the keyboard or say anything."""
        self._covered = width
        may_book = self._context.allowed(BOOK)
        self.search.setVisible(not width)
        self.find.setVisible(not width and may_book)
        self.new.setVisible(not width and may_book)
        if self.inbox is not None:
            self.inbox.setVisible(not width)
        self._under_sheet.changeSize(width, 0)
        self.right.invalidate()
        self._fit()
