"""Find openings: of a doctor, a department or anyone, by part of the day; one key takes one into a booking.

The keyboard stays in one field: letters say whom, arrows choose, Enter takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.core.errors import TranslatableError
from tcmdesk.features.appointments.types import (
    LENGTHS,
    PART_OF_DAY_LABELS,
    VISIT_TYPE_LABELS,
    DoctorColumn,
    Opening,
    VisitType,
)
from tcmdesk.features.appointments.ui.openings_search import DAYS, OpeningsSearch, Wish
from tcmdesk.features.appointments.ui.section import Section, WarningLine
from tcmdesk.features.appointments.ui.side_list import SideList
from tcmdesk.features.appointments.ui.side_model import Line, Row, Title
from tcmdesk.features.appointments.ui.words import relative_day
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.states import EmptyState
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent

    from tcmdesk.ui.context import UiContext

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


class OpeningsPanel(Sheet):
    """`taken` brings an `Opening` and how the visit is wanted (a `VisitType` or None), `pointed` one to show."""

    taken = Signal(object, object)
    pointed = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Find openings"), _("Close"), parent)
        self._context = context
        self._ = _
        self._doctors: tuple[DoctorColumn, ...] = ()
        self._from: dt.datetime | None = None
        self._take_when_known = False
        self.search = OpeningsSearch(context, self)
        self._build()
        self._wire()
        self.start_theming()

    def _build(self) -> None:
        _ = self._
        self.whom = TextInput(
            placeholder=_("Anyone: type a name, initials or a department"),
            name=_("Doctor or department"),
            main=True,
        )
        self.body.addWidget(Section(_("Doctor or department"), self.whom, parent=self))
        self.part = SegmentedControl(
            [(None, _("Any time")), *((part, _(word)) for part, word in PART_OF_DAY_LABELS.items())],
            name=_("Part of the day"), parent=self,
        )  # fmt: skip
        self.minutes = SegmentedControl(
            [(length, str(length)) for length in LENGTHS], name=_("Minutes"), parent=self
        )
        kinds = (VisitType.IN_PERSON, VisitType.VIDEO)
        self.visit = SegmentedControl(
            [(None, _("Either")), *((kind, _(VISIT_TYPE_LABELS[kind])) for kind in kinds)],
            name=_("Visit"), parent=self,
        )  # fmt: skip
        self._choices = QHBoxLayout()
        self._choices.addWidget(Section(_("Part of the day"), self.part, _("Alt ← →"), self))
        self._choices.addStretch(1)
        self.body.addLayout(self._choices)
        self._more = QHBoxLayout()
        self._more.addWidget(Section(_("Minutes"), self.minutes, _("Alt 1–4"), self))
        self._more.addWidget(Section(_("Visit"), self.visit, _("Alt 5–7"), self))
        self._more.addStretch(1)
        self.body.addLayout(self._more)
        self.list = SideList(_("Openings"), self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = EmptyState(
            "calendar-search",
            _("No opening in the next two weeks"),
            _("Another part of the day or length may have one"),
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        place = QVBoxLayout()
        place.addWidget(self._stack, 1)
        self.body.addLayout(place, 1)
        self.warning = WarningLine(self)
        self.body.addWidget(self.warning)
        self.cancel = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.book = self.add_action(
            Button(_("Book"), icon="check", key="⏎", kind="primary", size="sheet", parent=self)
        )

    def _wire(self) -> None:
        self.whom.textEdited.connect(lambda _text: self.look())
        self.whom.installEventFilter(self)
        for choice in (self.part, self.minutes, self.visit):
            choice.value_changed.connect(self._on_choice_value_changed)
        self.list.opened.connect(self._on_list_opened)
        self.list.chosen.connect(self._on_list_chosen)
        self.search.found.connect(self._on_search_found)
        self.search.failed.connect(self._on_search_failed)
        self.cancel.clicked.connect(self.close_requested)
        self.book.clicked.connect(self.take)
        self.submit_requested.connect(self.take)
        self.stepped.connect(self._on_stepped)
        self.numbered.connect(self._on_numbered)

    def begin(self, doctors: tuple[DoctorColumn, ...], from_: dt.datetime, whom: str = "") -> None:
        """Look anew from a moment on, for anyone or for whom is given; the other wishes stay as they were."""
        self.whom.setText(whom)
        self._doctors, self._from = doctors, from_
        self._take_when_known = False
        day = self._context.tr.date(self._local(from_).date(), weekday=True)
        self.set_subtitle(self._("{count} days from {day}").format(count=DAYS, day=day))
        self.warning.say("")
        self.look(at_once=True)

    def take_focus(self) -> None:
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)
        self.whom.selectAll()

    def look(self, *, at_once: bool = False) -> None:
        """Ask for what is wanted now."""
        if self._from is not None:
            wish = Wish(self.whom.text(), self.part.value, self.minutes.value, self.visit.value, self._from)
            self.search.ask(wish, self._doctors, at_once=at_once)

    def take(self) -> None:
        """Book the chosen opening; Enter pressed before the answer has come is remembered."""
        if self.search.pending:
            self._take_when_known = True
        else:
            self.list.take()

    def _on_search_found(self, meant: tuple[DoctorColumn, ...], openings: tuple[Opening, ...]) -> None:
        names = {doctor.doctor_id: doctor.name for doctor in meant}
        lines: list[Line] = []
        last: dt.date | None = None
        for opening in openings:
            local = self._local(opening.starts_at)
            if local.date() != last:
                last = local.date()
                lines.append(Title(self._day_title(last)))
            name = opening.doctor_name or names.get(opening.doctor_id, "")
            key = f"{opening.doctor_id}{opening.starts_at.isoformat()}"
            lines.append(Row(key, f"{local:%H:%M}", name, self._department(opening), self._("Book"), opening))
        self.list.show_lines(tuple(lines))
        self._stack.setCurrentWidget(self.list if openings else self._nothing)
        self.warning.say(self._("No doctor or department is called that") if not meant else "")
        self.book.setEnabled(bool(openings))
        if self._take_when_known:
            self._take_when_known = False
            self.list.take()

    def _on_search_failed(self, error: BaseException) -> None:
        self._take_when_known = False
        if isinstance(error, TranslatableError):
            self.warning.say(error.text(self._context.tr), stop=True)
        else:
            self._context.messages.show_error(error)

    def _department(self, opening: Opening) -> str:
        return next((each.department for each in self._doctors if each.doctor_id == opening.doctor_id), "")

    def _day_title(self, day: dt.date) -> str:
        near, full = (
            relative_day(self._context.tr, day, self._today()),
            self._context.tr.date(day, weekday=True),
        )
        return full if near == full else f"{near.split(' ')[0]} · {full}"

    def _local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self._context.zone)

    def _today(self) -> dt.date:
        return self._local(self._context.clock.now()).date()

    def _on_choice_value_changed(self, _value: Any) -> None:
        self.look(at_once=True)
        self.take_focus()

    def _on_list_opened(self, row: Row) -> None:
        self.taken.emit(row.value, self.visit.value)

    def _on_list_chosen(self, row: Row) -> None:
        self.pointed.emit(row.value)

    def _on_stepped(self, by: int) -> None:
        parts = [None, *PART_OF_DAY_LABELS]
        self.part.set_value(parts[(parts.index(self.part.value) + by) % len(parts)])
        self.look(at_once=True)

    def _on_numbered(self, number: int) -> None:
        if number <= len(LENGTHS):
            self.minutes.set_value(LENGTHS[number - 1])
        else:
            kinds = (None, VisitType.IN_PERSON, VisitType.VIDEO)
            self.visit.set_value(kinds[min(number - len(LENGTHS), len(kinds)) - 1])
        self.look(at_once=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.whom and event.type() == QEvent.Type.KeyPress and self._arrow(event):
            return True
        return super().eventFilter(watched, event)

    def _arrow(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.key() not in _STEPS:
            return False
        self.list.step(_STEPS[Qt.Key(event.key())])
        return True

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [
            KeyHint("↑ ↓", _("Choose")),
            KeyHint("⏎", _("Book")),
            KeyHint("A–Z", _("Doctor or department")),
            KeyHint("Alt ← →", _("Part of the day")),
            KeyHint("Alt 1", _("Minutes")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        theme = current()
        self.body.setSpacing(theme.px(12))
        self._more.setSpacing(theme.px(16))
        self._stack.setMinimumHeight(theme.px(240))
