"""Beside a week: what is booked, how full the days are, the nearest openings, what waits for someone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.features.appointments.types import ACTIVE, Status, VisitType
from tcmdesk.features.appointments.ui.load_bars import Bar, LoadBars
from tcmdesk.features.appointments.ui.openings_source import OpeningsSource
from tcmdesk.features.appointments.ui.side_list import SideList
from tcmdesk.features.appointments.ui.side_model import Row, Title
from tcmdesk.features.appointments.ui.words import relative_day
from tcmdesk.ui import paint
from tcmdesk.ui.components.pane import PaneHead, SidePanel
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.features.appointments.types import Opening
    from tcmdesk.features.appointments.ui.layout import BoardLayout
    from tcmdesk.ui.context import UiContext

OPENINGS_SHOWN = 6
RETRY = "retry"


class Figures(Themed, QWidget):
    """Three numbers over their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[tuple[int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(64))

    def sizeHint(self) -> QSize:
        return QSize(current().px(200), current().px(64))

    def show_figures(self, *figures: tuple[int, str]) -> None:
        if figures != self._figures:
            self._figures = figures
            self.setAccessibleName(", ".join(f"{word} {number}" for number, word in figures))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        wide = [
            max(paint.text_width(str(number), "display", bold=True), paint.text_width(word, "small"))
            for number, word in self._figures
        ]
        gap = (self.width() - sum(wide)) / max(len(wide), 1)
        left = 0.0
        for (number, word), room in zip(self._figures, wide, strict=True):
            paint.text(painter, left, theme.px(22), str(number), "display", "text", bold=True)
            paint.text(painter, left, theme.px(48), word, "small", "text2")
            left = round(left + room + gap)


class WeekPanel(SidePanel):
    """`opening_chosen` brings an `Opening` to book, `card_chosen` the id of an appointment to look at."""

    opening_chosen = Signal(object)
    card_chosen = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        self._context = context
        _ = self._ = context.tr.gettext
        head = PaneHead(_("This week"), height="column_head")
        super().__init__("week_side", head, parent=parent)
        self._layout: BoardLayout | None = None
        self._openings: tuple[Opening, ...] = ()
        self._asked: tuple[str, object] | None = None
        self._unread = False
        self._source = OpeningsSource(context, self)
        self._source.runs_found.connect(self._on_source_runs_found)
        self._source.failed.connect(self._on_source_failed)
        self.figures = Figures(self)
        self.bars = LoadBars(44, self)
        self._bars_title = Text(_("Load by day"), "body", bold=True, parent=self)
        self.list = SideList(_("Nearest openings and to do"), self, ground="canvas")
        self._content = QVBoxLayout()
        self._content.addWidget(self.figures)
        self._content.addWidget(self._bars_title)
        self._content.addWidget(self.bars)
        self.body.addLayout(self._content)
        self.body.addWidget(self.list, 1)
        self.list.opened.connect(self._on_list_opened)
        self.apply_theme()

    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "_content"):
            theme = current()
            narrow = self.window().width() < theme.tokens.narrow_width * theme.scale
            self.setFixedWidth(theme.width("week_side_narrow" if narrow else "week_side"))
            self._content.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(8))
            self._content.setSpacing(theme.px(6))

    def show_week(self, layout: BoardLayout) -> None:
        """Show a week, and look for its doctor's openings."""
        self._layout = layout
        _, tr = self._, self._context.tr
        today = self._context.clock.now().astimezone(layout.zone).date()
        this = layout.days[0] <= today <= layout.days[-1]
        self.head.set_title(_("This week") if this else _("The week"))
        self.head.set_aside(_("Week {number}").format(number=layout.day.isocalendar().week))
        active = [card for card in layout.cards.values() if card.status in ACTIVE]
        video = sum(card.visit_type is VisitType.VIDEO for card in active)
        pending = sum(card.status is Status.PENDING for card in active)
        self.figures.show_figures(
            (len(active), _("Booked")), (pending, _("Unconfirmed")), (video, _("Video"))
        )
        self.bars.show_bars(
            tuple(
                Bar(tr.weekday(day), first + second, bold=day == today)
                for day, (first, second) in zip(layout.days, layout.halves, strict=True)
                if first.capacity + second.capacity
            )
        )
        doctor_id = layout.doctors[0].doctor_id
        now = self._context.clock.now()
        begin = max(now, layout.instant(layout.cell(0, 0)))
        asked = (doctor_id, layout.day)
        if asked != self._asked:
            self._openings, self._unread = (), False
        self._asked = asked
        self._source.ask(doctor_id, begin, 15)
        self._fill()

    def _on_source_runs_found(self, openings: tuple[Opening, ...]) -> None:
        self._openings, self._unread = openings, False
        self._fill()

    def _on_source_failed(self) -> None:
        self._unread = not self._openings
        self._fill()

    def _fill(self) -> None:
        layout = self._layout
        if layout is None:
            return
        _, tr, zone = self._, self._context.tr, self._context.zone
        today = self._context.clock.now().astimezone(zone).date()
        lines: list[Title | Row] = []
        if self._openings:
            lines.append(Title(_("Nearest openings"), key="F"))
            for opening in self._openings[:OPENINGS_SHOWN]:
                local = opening.starts_at.astimezone(zone)
                day = relative_day(tr, local.date(), today)
                aside = _("{minutes} min").format(minutes=opening.minutes)
                lines.append(
                    Row(f"o{opening.starts_at.isoformat()}", day, f"{local:%H:%M}", aside, _("Book"), opening)
                )
        elif self._unread:
            again = Row(RETRY, _("Openings could not be read"), "", "", _("Try again"), None)
            lines += [Title(_("Nearest openings"), key="F"), again]
        todo = self._todo(layout)
        if todo:
            lines += [Title(_("To do")), *todo]
        self.list.show_lines(tuple(lines))

    def _todo(self, layout: BoardLayout) -> list[Row]:
        _ = self._
        found = []
        pending = [each for each in layout.placed.values() if each.card.status is Status.PENDING]
        for key, icon, word, cards in (
            ("clash", "triangle-alert", _("Clashes"), [frame.placed[0].card for frame in layout.frames]),
            ("tray", "clock-alert", _("Time to be confirmed"), list(layout.tray)),
            (
                "pending",
                "circle-dashed",
                _("Unconfirmed"),
                [each.card for each in sorted(pending, key=lambda each: (each.column, each.start))],
            ),
        ):
            if cards:
                found.append(Row(key, word, "", str(len(cards)), "", cards[0].appointment_id, icon=icon))
        moved = sum(closure.moved for doctor in layout.doctors for closure in doctor.closures)
        if moved:
            found.append(
                Row("moved", _("Rebooked for leave"), "", str(moved), "", None, icon="calendar-clock")
            )
        return found

    def _on_list_opened(self, row: Row) -> None:
        if row.key == RETRY:
            if self._layout is not None:
                self.show_week(self._layout)
        elif isinstance(row.value, str):
            self.card_chosen.emit(row.value)
        elif row.value is not None:
            self.opening_chosen.emit(row.value)
