"""A month: how full each half-day is, where nobody works, what is unconfirmed. Enter opens a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QTableView

from tcmdesk.features.appointments.types import BoardView
from tcmdesk.features.appointments.ui.load_bars import load_bar
from tcmdesk.features.appointments.ui.month_days import SHOWN, MonthDays, first_shown
from tcmdesk.features.appointments.ui.month_model import MonthModel, MonthRole
from tcmdesk.features.appointments.ui.month_source import MonthSource
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from tcmdesk.features.appointments.types import DayLoad, DoctorColumn
    from tcmdesk.features.appointments.ui.loads import Load
    from tcmdesk.features.appointments.ui.month_days import DoctorLoad, MonthDay
    from tcmdesk.ui.context import UiContext


class _Head(Themed, QHeaderView):
    """The weekdays, level with the head of the panel beside them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("column_head"))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current().height("column_head"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("surface"))
        middle = self.viewport().height() - theme.px(18)
        for column in range(self.count()):
            left = self.sectionViewportPosition(column) + theme.px(12)
            word = self.model().headerData(column, Qt.Orientation.Horizontal)
            paint.text(painter, left, middle, word, "small", "text2", bold=True)
        paint.separator(painter, 0, self.viewport().height() - 1, self.viewport().width())


class _Day(QStyledItemDelegate):
    """Date, how many are booked, the two halves, what is unconfirmed."""

    def __init__(self, view: MonthView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, view = current(), self._view
        box = QRectF(option.rect)
        day, load = index.data(MonthRole.DAY), index.data(MonthRole.LOAD)
        shown, today = day.month == view.month, day == view.today
        past = day < view.today
        painter.fillRect(
            box, theme.colour("accent_soft" if today else "canvas" if past or not shown else "surface")
        )
        closed = load is not None and load.closed is not None
        if closed:
            paint.hatch(painter, box)
        painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), theme.colour("line_soft"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.colour("line_soft"))
        if today:
            painter.fillRect(
                QRectF(box.left(), box.top(), box.width() - 1, theme.px(3)), theme.colour("accent")
            )
        ink = "text3" if past or not shown else "text"
        first = box.top() + theme.px(20)
        left, right = box.left() + theme.px(12), box.right() - theme.px(12)
        number = str(day.day) if day.day > 1 or not shown else view.translator.date(day)
        paint.text(painter, left, first, number, "subheading", ink, bold=True)
        if load is not None:
            if closed:
                self._plate(painter, box, load.closed or view.translator.gettext("No hours"))
            self._figures(
                painter, QRectF(left, box.top(), right - left, box.height()), load, faint=past or not shown
            )
        if option.state & QStyle.StateFlag.State_HasFocus or (
            index == view.currentIndex() and not view.hasFocus()
        ):
            ring = "focus" if view.hasFocus() else "field_line"
            paint.focus_ring(painter, box.adjusted(2, 2, -3, -3), theme.radius("card"), ring)

    @staticmethod
    def _plate(painter: QPainter, box: QRectF, word: str) -> None:
        theme = current()
        wide = min(paint.text_width(word, "small", bold=True) + theme.px(24), box.width() - theme.px(24))
        plate = QRectF(0, 0, wide, theme.px(28))
        plate.moveCenter(box.center())
        plate = paint.pixel_aligned(plate)
        paint.rounded(painter, plate, theme.radius("card"), "surface", "line")
        paint.text(
            painter, plate.center().x(), plate.center().y(), word, "small", "text2", bold=True, align="center",
            max_width=wide - theme.px(12),
        )  # fmt: skip

    def _figures(self, painter: QPainter, box: QRectF, load: MonthDay, *, faint: bool) -> None:
        theme, _ = current(), self._view.translator.gettext
        first = box.top() + theme.px(20)
        if load.visits.count:
            ink = "text3" if faint else "text2"
            paint.text(
                painter, box.right(), first, str(load.visits.count), "body", ink, bold=True, align="right"
            )
        if load.closed is None:
            top = first + theme.px(24)
            self._half(painter, box, top, _("AM"), load.morning, _("AM off"), faint=faint)
            self._half(painter, box, top + theme.px(18), _("PM"), load.afternoon, _("PM off"), faint=faint)
        if load.visits.unconfirmed and not faint:
            bottom = box.bottom() - theme.px(14)
            edge = theme.icon("inline")
            paint.icon(painter, "circle-dashed", box.left(), bottom, edge, "text2")
            said = _("{count} unconfirmed").format(count=load.visits.unconfirmed)
            room = box.width() - edge - theme.px(5)
            if box.height() < theme.px(88):
                return
            paint.text(
                painter, box.left() + edge + theme.px(5), bottom, said, "small", "text2", max_width=room
            )

    def _half(
        self, painter: QPainter, box: QRectF, middle: float, word: str, load: Load, off: str, *, faint: bool
    ) -> None:
        theme = current()
        ink = "text3" if faint else "text2"
        if load.share is None:
            paint.text(painter, box.left(), middle, off, "small", "text3")
            return
        paint.text(painter, box.left(), middle, word, "small", ink)
        left = box.left() + theme.px(34)
        share = f"{load.share:.0%}"
        right = box.right() - theme.px(36)
        paint.text(
            painter, box.right(), middle, share, "small", ink, align="right", bold=load.is_full and not faint
        )
        load_bar(painter, left, middle, right - left, load.share, full=load.is_full and not faint)


class MonthView(Themed, QTableView):
    """`day_opened` brings the day of Enter or a click, `chosen_changed` says that another day or month is chosen."""

    day_opened = Signal(object)
    chosen_changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.translator = context.tr
        self._view = BoardView()
        self._raw: tuple[object, ...] | None = None
        self.days: MonthDays | None = None
        self.month = 0
        self.today = dt.date.min
        self.month_model = MonthModel(context.tr, self)
        self.source = MonthSource(context, self)
        self.source.loaded.connect(self._on_source_loaded)
        self.source.failed.connect(self._on_source_failed)
        self.setModel(self.month_model)
        self.setItemDelegate(_Day(self))
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(context.tr.gettext("Month"))
        self.clicked.connect(lambda index: self.day_opened.emit(self.month_model.day_at(index)))
        self.start_theming()

    def apply_theme(self) -> None:
        self.viewport().update()

    @property
    def chosen(self) -> dt.date | None:
        """The day that the keyboard is on."""
        index = self.currentIndex()
        return self.month_model.day_at(index) if index.isValid() else None

    def show_month(self, day: dt.date, view: BoardView) -> None:
        """Show the month of a day, with that day chosen, and read it."""
        self._view, self.month = view, day.month
        self.today = self._context.clock.now().astimezone(self._context.zone).date()
        first = first_shown(day)
        if self.days is not None and self.days.first == first:
            self._fill()
        else:
            self.days = None
            self.month_model.show_first(first)
        self.setCurrentIndex(self.month_model.index_of(day))
        self.viewport().update()
        self.chosen_changed.emit()
        self.source.load(first)

    def reload(self) -> None:
        """Read the same month again."""
        if self.month:
            self.source.load(self.month_model.day_at(self.month_model.index(0, 0)))

    def doctors(self) -> tuple[DoctorLoad, ...]:
        """The doctors of the chosen day."""
        return self.days.doctors(self.chosen) if self.days is not None and self.chosen is not None else ()

    def _on_source_loaded(
        self, first: dt.date, doctors: tuple[tuple[DoctorColumn, ...], ...], loads: tuple[DayLoad, ...]
    ) -> None:
        self._raw = (first, doctors, loads)
        self._fill()
        self.chosen_changed.emit()

    def _fill(self) -> None:
        if self._raw is not None:
            first, doctors, loads = self._raw
            self.days = MonthDays(first, doctors, loads, self._view)
            self.month_model.show_days(self.days)

    def _on_source_failed(self, _first: dt.date, error: BaseException) -> None:
        if self._context.changes.connected:
            self._context.messages.show_error(error, retry=self.reload)

    def currentChanged(self, current_: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current_, previous)
        self.viewport().update()
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        weeks, days = SHOWN
        at = self.currentIndex().row() * days + self.currentIndex().column()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -days, Qt.Key.Key_Down: days}
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif event.key() in steps:
            to = min(max(at + steps[Qt.Key(event.key())], 0), weeks * days - 1)
            self.setCurrentIndex(self.month_model.index(to // days, to % days))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.chosen:
            self.day_opened.emit(self.chosen)
        else:
            event.ignore()
