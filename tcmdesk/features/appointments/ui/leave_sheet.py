"""Leave of a doctor, or a day the clinic is closed: what it hits, and where each booking goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.core.errors import TranslatableError, ValidationError
from tcmdesk.features.appointments.ui.leave_fields import LeaveFields
from tcmdesk.features.appointments.ui.leave_row import LeaveRow, RowState
from tcmdesk.features.appointments.ui.leave_work import LeaveWork
from tcmdesk.features.appointments.ui.section import Section, WarningLine
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent

    from tcmdesk.features.appointments.types import LeaveHit
    from tcmdesk.ui.context import UiContext

LOOK_AFTER_MS: Final = 250
"""How long typing rests before the bookings are looked up."""


class LeaveSheet(Sheet):
    """Enter goes on: from the fields to the list, in the list it moves a booking; Ctrl Enter settles all.

    The leave is entered by the first booking that is moved, by Ctrl Enter, or by the button. `settled` says that it is
    entered and every booking it hits has been dealt with.
    """

    settled = Signal()

    def __init__(
        self,
        context: UiContext,
        doctor_id: str | None = None,
        doctor_name: str = "",
        day: dt.date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        _ = context.tr.gettext
        title = _("Leave of {doctor}").format(doctor=doctor_name) if doctor_id else _("Clinic closed")
        super().__init__(title, _("Close"), parent)
        self._context, self._ = context, _
        self._all = False
        self.work = LeaveWork(context, self)
        self.fields = LeaveFields(doctor_id, context.tr, self)
        self.fields.begin(day or self._today(), context.clock.now().astimezone(context.zone))
        self.warning = WarningLine(self)
        self._list = QWidget(self)
        self._rows_column = QVBoxLayout(self._list)
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self.rows: list[LeaveRow] = []
        self.section = Section(_("Bookings it hits"), self._list, _("← → another time"), self)
        self.body.addWidget(self.fields)
        self.body.addWidget(self.warning)
        self.body.addWidget(self.section)
        self.body.addStretch(1)
        self.undo = self.add_action(Button(_("Take back"), icon="undo-2", size="sheet", parent=self))
        self.undo.hide()
        self.enter = self.add_action(
            Button(_("Enter leave"), key="Ctrl ⏎", kind="primary", size="sheet", parent=self)
        )
        self._look = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._look.timeout.connect(self._on_look_timeout)
        self.fields.edited.connect(self._look.start)
        self.enter.clicked.connect(self.settle_all)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.submit_requested.connect(self.settle_all)
        self.numbered.connect(self.fields.prefer)
        self.work.previewed.connect(self._on_work_previewed)
        self.work.entered.connect(self._on_work_entered)
        self.work.refused.connect(self._on_work_refused)
        self.work.settled.connect(self._on_work_settled)
        self.work.undone.connect(self.close_requested)
        self.set_subtitle(_("Looking for bookings…"))
        self.start_theming()
        self._on_look_timeout()

    def take_focus(self) -> None:
        """Put the keyboard on the first day."""
        self.fields.first.setFocus()
        self.fields.first.selectAll()

    @property
    def dirty(self) -> bool:
        """Whether something typed would be lost."""
        return bool(self.fields.reason.text().strip()) and not self.work.is_entered

    def settle_all(self) -> None:
        """Enter the leave and move every booking that is not settled to what its row offers."""
        if not self._ready():
            return
        self._all = True
        self._enter_then_move([row for row in self.rows if not row.settled and row.target is not None])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # plain Enter in a field goes on to the list, or enters a leave that hits nobody
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain
        if enter and self.fields.isAncestorOf(self.focusWidget()):
            open_ = [row for row in self.rows if not row.settled]
            if open_ and self._ready():
                open_[0].setFocus()
            elif not open_:
                self.settle_all()
            return
        super().keyPressEvent(event)

    def _ready(self) -> bool:
        """Whether the days can be read and a reason is given; says so at the field when not."""
        if self.work.is_entered:
            return True
        if self.fields.show_unreadable():
            return False
        if not self.fields.reason.text().strip():
            self.fields.fields["reason"].set_error(self._("Give a reason."))
            self.fields.reason.setFocus()
            return False
        return True

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _on_look_timeout(self) -> None:
        if self.fields.in_order:
            self.work.preview(self.fields.exception)
        else:
            self._show_hits(())

    def _on_work_previewed(self, hits: tuple[LeaveHit, ...]) -> None:
        self._show_hits(hits)

    def _show_hits(self, hits: tuple[LeaveHit, ...]) -> None:
        known = {row.hit.card.appointment_id: row for row in self.rows}
        wanted = {hit.card.appointment_id for hit in hits}
        for key, row in known.items():
            # what is settled has left the time, and stays in the list as done
            if key not in wanted and not row.settled and row.state is not RowState.WORKING:
                self.rows.remove(row)
                row.hide()
                row.deleteLater()
        for hit in hits:
            row = known.get(hit.card.appointment_id)
            if row is None:
                self._add(hit)
            elif not row.settled:
                row.offer(hit)
        self.section.setVisible(bool(self.rows))
        self._say_count()

    def _add(self, hit: LeaveHit) -> None:
        row = LeaveRow(hit, self._context.tr, self._context.zone, self._today(), self._list)
        row.accepted.connect(lambda: self._on_row_accepted(row))
        row.cancel_wanted.connect(lambda: self._on_row_cancel_wanted(row))
        row.stepped.connect(lambda step: self._step(row, step))
        self.rows.append(row)
        self._rows_column.addWidget(row)

    def _say_count(self) -> None:
        _ = self._
        left = sum(not row.settled for row in self.rows)
        if not self.rows:
            self.set_subtitle(_("No booking is hit"))
        elif left:
            words = self._context.tr.ngettext("{count} booking to move", "{count} bookings to move", left)
            self.set_subtitle(words.format(count=left))
        else:
            self.set_subtitle(_("Every booking is settled"))
        self.set_note(
            _("Each patient is notified") if self.rows else "", "message-square" if self.rows else ""
        )
        self.enter.setEnabled(bool(left) or not self.work.is_entered)

    def _step(self, row: LeaveRow, step: int) -> None:
        at = self.rows.index(row) + step
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus()
        elif at < 0 and not self.work.is_entered:
            self.fields.reason.setFocus()

    def _on_row_accepted(self, row: LeaveRow) -> None:
        if row.settled or row.target is None or not self._ready():
            return
        self._next(row)
        self._enter_then_move([row])

    def _on_row_cancel_wanted(self, row: LeaveRow) -> None:
        if row.settled or not self._ready():
            return
        self._next(row)
        row.set_state(RowState.WORKING)
        self.work.enter(self.fields.exception)
        self.work.cancel(row, self.fields.reason.text().strip())

    def _next(self, row: LeaveRow) -> None:
        after = self.rows[self.rows.index(row) + 1 :]
        following = next((each for each in after if not each.settled), None)
        if following is not None:
            following.setFocus()

    def _enter_then_move(self, rows: list[LeaveRow]) -> None:
        for row in rows:
            row.set_state(RowState.WORKING)
        self.work.enter(self.fields.exception)
        for row in rows:
            self.work.move(row)
        self._finish()

    def _on_work_entered(self) -> None:
        self.warning.say("")
        self.fields.freeze()
        self.undo.show()
        self.enter.setText(self._("Move all"))
        self.hints_changed.emit()
        self._finish()

    def _on_work_refused(self, error: TranslatableError) -> None:
        self._all = False
        for row in self.rows:
            if row.state is RowState.WORKING:
                row.set_state(RowState.OPEN)
        if isinstance(error, ValidationError):
            self.fields.show_error(error)
        self.warning.say(error.text(self._context.tr), stop=True)

    def _on_work_settled(self, row: LeaveRow, error: TranslatableError | None) -> None:
        if error is not None:
            self._all = False
            row.set_state(RowState.REFUSED, error.text(self._context.tr))
            self.work.preview(self.fields.exception)
        self._say_count()
        self._finish()

    def _finish(self) -> None:
        """Close when everything is done and all of it was asked for."""
        if self.work.is_entered and not self.work.busy and all(row.settled for row in self.rows):
            self._say_count()
            self.settled.emit()
            if self._all or self.rows:
                self._report()
                self.close_requested.emit()

    def _report(self) -> None:
        tr, moved = self._context.tr, len(self.rows)
        words = tr.ngettext(
            "Leave entered, {count} booking settled", "Leave entered, {count} bookings settled", moved
        )
        text = words.format(count=moved) if moved else self._("Leave entered")
        self._context.messages.done(text, key="leave")

    def _on_undo_clicked(self) -> None:
        self.work.undo(self.fields.exception)

    def hints(self) -> list[KeyHint]:
        _ = self._
        return [
            KeyHint("⏎", _("Accept")),
            KeyHint("← →", _("Another time")),
            KeyHint("Del", _("Cancel visit")),
            KeyHint("Alt 1–3", _("Reason")),
            KeyHint("Ctrl ⏎", _("Accept all")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        self.body.setSpacing(current().px(10))
        self._rows_column.setSpacing(current().px(6))
