"""The list under the patient field: it is always there, so nothing moves when it fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tcmdesk.features.patients.types import masked_phone, relationship_text, sex_age
from tcmdesk.features.patients.ui.highlight import in_name, in_phone, in_reading
from tcmdesk.features.patients.ui.match_model import MatchModel, MatchRole
from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.patients.types import PatientMatch
    from tcmdesk.features.patients.ui.highlight import Span
    from tcmdesk.ui.theme.tokens import Colour, TypeRole

Index = QModelIndex | QPersistentModelIndex


def marked_text(
    painter: QPainter, x: float, middle: float, text: str, spans: tuple[Span, ...], role: TypeRole,
    colour: Colour, *, bold: bool = False, max_width: float,
) -> None:  # fmt: skip
    """A line in which `spans` stand out in the accent."""
    if not spans or paint.text_width(text, role, bold=True) > max_width:
        paint.text(painter, x, middle, text, role, colour, bold=bold, max_width=max_width)
        return
    at = 0
    for start, end in (*spans, (len(text), len(text))):
        x += paint.text(painter, x, middle, text[at:start], role, colour, bold=bold)
        x += paint.text(painter, x, middle, text[start:end], role, "accent_text", bold=True)
        at = end


class MatchDelegate(QStyledItemDelegate):
    """One match: name over reading, sex and age, phone, last visit, family."""

    def __init__(self, tr: Translator, today: dt.date, owner: MatchList) -> None:
        super().__init__(owner)
        self._tr = tr
        self._today = today
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, self._owner.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        match: PatientMatch = index.data(MatchRole.MATCH)
        box = QRectF(option.rect).adjusted(theme.px(4), 0, -theme.px(4), 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            paint.rounded(painter, box, theme.radius("control"), "sel" if chosen else "hover")
        quiet: Colour = "text2" if chosen else "text3"
        typed, middle = self._owner.typed, box.center().y()
        left, right = box.left() + theme.px(12), box.right() - theme.px(12)
        who, phone, visit = (left + theme.px(at) for at in (104, 178, 298))
        name_room = who - left - theme.px(8)
        up = middle - theme.px(9) if match.reading else middle
        marked_text(
            painter, left, up, match.name, in_name(match.name, typed), "subheading", "text",
            bold=True, max_width=name_room,
        )  # fmt: skip
        if match.reading:
            spans = in_reading(match.reading, typed)
            low = middle + theme.px(9)
            marked_text(painter, left, low, match.reading, spans, "small", quiet, max_width=name_room)
        person = sex_age(self._tr, match.gender, match.birthday, self._today)
        paint.text(painter, who, middle, person, "body", "text2", max_width=phone - who - theme.px(4))
        number = "" if match.placeholder_phone else masked_phone(match.phone)
        spans = in_phone(number, typed)
        marked_text(
            painter, phone, middle, number, spans, "body", "text2", max_width=visit - phone - theme.px(8)
        )
        right -= self._aside(painter, right, middle, match, chosen=chosen)
        model = index.model()
        if isinstance(model, MatchModel):
            paint.text(
                painter, visit, middle, model.visit_text(match), "small", quiet, max_width=right - visit
            )

    def _aside(
        self, painter: QPainter, right: float, middle: float, match: PatientMatch, *, chosen: bool
    ) -> float:
        theme = current()
        used = 0.0
        if chosen:
            used += paint.key_cap(painter, right, middle, "⏎", align="right") + theme.px(8)
        word = relationship_text(self._tr, match.ref, match.relationship) if match.ref.profile_id else ""
        if word:
            used += paint.text(
                painter, right - used, middle, word, "small", "text2", align="right"
            ) + theme.px(8)
        elif match.family > 1:
            count = str(match.family)
            used += paint.text(
                painter, right - used, middle, count, "small", "text3", align="right"
            ) + theme.px(4)
            edge = theme.icon("inline")
            paint.icon(painter, "users", right - used - edge, middle, edge, "text3")
            used += edge + theme.px(8)
        return used


class MatchList(Themed, QListView):
    """Matches under the field; the keyboard stays in the field and steps through them from there.

    `chosen` comes from the mouse.
    """

    chosen = Signal(object)

    def __init__(self, tr: Translator, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed = ""
        self.rows = 4
        self._placeholder = ""
        self.match_model = MatchModel(tr, today, self)
        self.setModel(self.match_model)
        self.setItemDelegate(MatchDelegate(tr, today, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr.gettext("Patients found"))
        self.clicked.connect(self._on_clicked)
        self.start_theming()

    @property
    def row_height(self) -> int:
        return current().height("match_row" if self.rows > 3 else "match_row_short")

    def set_rows(self, rows: int) -> None:
        """How many matches are in sight; the list keeps that height even when empty."""
        if rows != self.rows:
            self.rows = rows
            self.apply_theme()
            self.doItemsLayout()

    def apply_theme(self) -> None:
        self.setFixedHeight(self.rows * self.row_height)

    def show_matches(self, matches: tuple[PatientMatch, ...], typed: str) -> None:
        """Show what was found for `typed`; the first one is chosen for Enter."""
        self.typed = typed
        self.match_model.show_matches(matches)
        if matches:
            self.setCurrentIndex(self.match_model.index(0))

    def set_placeholder(self, text: str) -> None:
        """What stands here while there is nobody to show."""
        self._placeholder = text
        self.viewport().update()

    @property
    def current_match(self) -> PatientMatch | None:
        return self.currentIndex().data(MatchRole.MATCH) if self.currentIndex().isValid() else None

    @property
    def beyond(self) -> int:
        """How many matches do not fit in sight."""
        return max(self.match_model.rowCount() - self.rows, 0)

    def step(self, by: int) -> None:
        """Choose the next or previous match."""
        count = self.match_model.rowCount()
        if count:
            row = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self.match_model.index(row))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(MatchRole.MATCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._placeholder and not self.match_model.rowCount():
            painter = QPainter(self.viewport())
            box = QRectF(self.viewport().rect())
            paint.text(
                painter, box.center().x(), box.center().y(), self._placeholder, "small", "text3",
                align="center", max_width=box.width() - current().px(32),
            )  # fmt: skip
