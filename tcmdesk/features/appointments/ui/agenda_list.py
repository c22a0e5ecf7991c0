"""The side panel's list: what must be looked at, as rows one can open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tcmdesk.features.appointments.ui.agenda import TITLES, Entry, Heading, Line, Topic, fitting
from tcmdesk.features.appointments.ui.agenda_model import AgendaModel, AgendaRole
from tcmdesk.features.appointments.ui.words import clock
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.theme.tokens import Colour

Index = QModelIndex | QPersistentModelIndex


def heading_height() -> int:
    return current().px(36)


def entry_height() -> int:
    return current().px(50)


class AgendaDelegate(QStyledItemDelegate):
    """A heading with its count, or a row: time, name over detail, and what Enter does."""

    def __init__(self, tr: Translator, parent: QObject) -> None:
        super().__init__(parent)
        self._tr = tr

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        heading = isinstance(index.data(AgendaRole.LINE), Heading)
        return QSize(0, heading_height() if heading else entry_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(AgendaRole.LINE)
        if isinstance(line, Heading):
            self._heading(painter, QRectF(option.rect), line, first=index.row() == 0)
        else:
            self._entry(painter, option, index, line)

    def _heading(self, painter: QPainter, box: QRectF, heading: Heading, *, first: bool) -> None:
        theme = current()
        if not first:
            paint.separator(painter, box.left(), box.top() + theme.px(4), box.width())
        middle = box.top() + theme.px(22)
        title = self._tr.gettext(TITLES[heading.topic])
        paint.text(painter, box.left() + theme.px(16), middle, title, "body", "text", bold=True)
        if heading.topic is not Topic.NEXT:
            right = box.right() - theme.px(16)
            paint.text(painter, right, middle, str(heading.count), "small", "text3", align="right")

    def _entry(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: Entry) -> None:
        theme = current()
        box = QRectF(option.rect).adjusted(theme.px(8), 1, -theme.px(8), -1)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        urgent = entry.topic is Topic.CLASH
        if selected or urgent:
            paint.rounded(painter, box, theme.radius("card"), "surface", "line")
        elif hovered:
            paint.rounded(painter, box, theme.radius("card"), "hover")
        if focused:
            paint.focus_ring(painter, box, theme.radius("card"))
        ink, ground = self._tint(entry)
        mark = QRectF(box.left() + theme.px(8), box.center().y() - theme.px(16), theme.px(46), theme.px(32))
        paint.rounded(painter, mark, theme.radius("card"), ground)
        time = "" if entry.minute is None else clock(entry.minute % 1440)
        centre = mark.center()
        if time:
            paint.text(painter, centre.x(), centre.y(), time, "body", ink, bold=True, align="center")
        else:
            edge = theme.icon("control")
            paint.icon(painter, "clock-alert", centre.x() - edge / 2, centre.y(), edge, ink)
        left, right = mark.right() + theme.px(10), box.right() - theme.px(8)
        up, low = box.center().y() - theme.px(9), box.center().y() + theme.px(10)
        if urgent:
            word = self._tr.gettext("Resolve")
            right -= paint.key_cap(painter, right, low, "R", align="right") + theme.px(5)
            right -= paint.text(
                painter, right, low, word, "small", "danger", bold=True, align="right"
            ) + theme.px(8)
        elif entry.topic is Topic.UNCONFIRMED and selected:
            word = self._tr.gettext("Confirm")
            right -= paint.key_cap(painter, right, low, "O", align="right") + theme.px(5)
            right -= paint.text(
                painter, right, low, word, "small", "accent_text", bold=True, align="right"
            ) + theme.px(8)
        name_right = box.right() - theme.px(8)
        if entry.overdue:
            edge = theme.icon("inline")
            paint.icon(painter, "clock-alert", name_right - edge, up, edge, "warn")
            name_right -= edge + theme.px(4)
        paint.text(painter, left, up, index.data(AgendaRole.NAME), "subheading", max_width=name_right - left)
        paint.text(
            painter, left, low, index.data(AgendaRole.DETAIL), "small", "text2", max_width=right - left
        )

    def _tint(self, entry: Entry) -> tuple[Colour, Colour]:
        if entry.topic is Topic.CLASH:
            return "danger", "danger_soft"
        if entry.topic is Topic.TRAY or entry.overdue:
            return "warn", "warn_soft"
        return ("text2", "sunken") if entry.topic is Topic.NEXT else ("accent_text", "accent_soft")


class AgendaList(Themed, QListView):
    """Rows are the target: arrows choose, Enter or a click opens.

    `entry_chosen` brings the entry the keyboard is on, `entry_opened` the one to open.
    """

    entry_chosen = Signal(object)
    entry_opened = Signal(object)
    resized = Signal()

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agenda_model = AgendaModel(tr, self)
        self.setModel(self.agenda_model)
        self.setItemDelegate(AgendaDelegate(tr, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr.gettext("To do"))
        self._refilling = False
        self.clicked.connect(self._on_clicked)
        self.start_theming()

    def apply_theme(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), current().colour("canvas"))
        self.setPalette(palette)
        self.viewport().setAutoFillBackground(False)
        self.doItemsLayout()

    def fitting(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines that are worth their room in sight."""
        room = self.viewport().height()
        return fitting(lines, room, heading=heading_height(), entry=entry_height())

    def show_lines(self, lines: tuple[Line, ...], doctors: dict[str, str]) -> None:
        """Show a day's lines; the chosen one stays chosen, and the list where it was scrolled."""
        kept, scrolled = self.current_entry, self.verticalScrollBar().value()
        self._refilling = True
        try:
            self.agenda_model.show_lines(lines, doctors)
            if kept is not None:
                self._choose_again(kept)
        finally:
            self._refilling = False
        self.verticalScrollBar().setValue(scrolled)

    def _choose_again(self, kept: Entry) -> None:
        for row, line in enumerate(self.agenda_model.lines):
            same = isinstance(line, Entry) and line.card.appointment_id == kept.card.appointment_id
            if same and line.topic is kept.topic:
                self.setCurrentIndex(self.agenda_model.index(row))
                return

    @property
    def current_entry(self) -> Entry | None:
        line = self.currentIndex().data(AgendaRole.LINE) if self.currentIndex().isValid() else None
        return line if isinstance(line, Entry) else None

    @property
    def chosen_entry(self) -> Entry | None:
        """The entry the keyboard is on; None while the list has no focus."""
        return self.current_entry if self.hasFocus() else None

    def currentChanged(self, current_: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current_, previous)
        line = current_.data(AgendaRole.LINE) if current_.isValid() else None
        if isinstance(line, Entry) and not self._refilling:
            self.entry_chosen.emit(line)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Headings are stepped over."""
        index = super().moveCursor(action, modifiers)
        backwards = {QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePageUp}
        step = -1 if action in backwards else 1
        while index.isValid() and isinstance(index.data(AgendaRole.LINE), Heading):
            index = self.agenda_model.index(index.row() + step)
        return index if index.isValid() else self.currentIndex()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self.current_entry is None and self.agenda_model.rowCount() > 1:
            self.setCurrentIndex(self.agenda_model.index(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_entry is not None:
            self.entry_opened.emit(self.current_entry)
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are commands here, not a search in the list
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(AgendaRole.LINE)
        if isinstance(line, Entry):
            self.entry_opened.emit(line)
