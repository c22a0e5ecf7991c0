"""What the leave sheet does in the background: look, enter, move, cancel, take back; one thing after the other."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import TranslatableError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk, leave
from tcmdesk.features.appointments.types import CancelAppointment, LeaveHit, MoveAppointment
from tcmdesk.features.appointments.ui.leave_row import RowState

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.features.appointments.ui.leave_row import LeaveRow
    from tcmdesk.features.schedules.types import HoursException
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation


class LeaveWork(QObject):
    """`previewed` brings the hits, `refused` why the leave was not entered, `settled` a row and an error or None."""

    previewed = Signal(tuple)
    entered = Signal()
    refused = Signal(object)
    settled = Signal(object, object)
    undone = Signal()

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._exception: HoursException | None = None
        self._entering = False
        self.is_entered = False
        self._looking: Operation[tuple[LeaveHit, ...]] | None = None
        self._waiting: deque[tuple[LeaveRow, Callable[[], None], RowState]] = deque()
        self._running = False

    @property
    def busy(self) -> bool:
        return self._entering or self._running or bool(self._waiting)

    def preview(self, exception: HoursException | None) -> None:
        """Look what would be hit; only the last answer counts."""
        if exception is None:
            return
        if self._looking is not None:
            self._looking.cancel()
        context = self._context

        def look() -> tuple[LeaveHit, ...]:
            return context.database.read(
                lambda connection: leave.preview_leave(
                    connection, context.actor, exception, zone=context.zone, now=context.clock.now()
                )
            )

        self._looking = context.operation(self, look).on_done(self.previewed.emit)
        self._looking.start()

    def enter(self, exception: HoursException | None) -> None:
        """Enter the leave, once; moves wait for it."""
        if exception is None or self.is_entered or self._entering:
            return
        self._entering, self._exception = True, exception
        context = self._context
        work = partial(leave.enter_leave, context.database, context.actor, exception, op_id=uuid7())
        operation = context.operation(self, work)
        operation.on_done(self._on_enter_done).on_failed(self._on_enter_failed).start()

    def move(self, row: LeaveRow) -> None:
        """Move a booking to what its row offers."""
        target, card = row.target, row.hit.card
        if target is None or card.starts_at is None:
            return
        command = MoveAppointment(
            card.appointment_id, card.version, target.doctor_id, target.starts_at, card.minutes
        )
        op_id = uuid7()

        def work() -> None:
            context, exception = self._context, self._exception
            leave.move_for_leave(
                context.database, context.actor, exception.exception_id, command, card.starts_at, op_id=op_id
            )

        self._queue(row, work, RowState.MOVED)

    def cancel(self, row: LeaveRow, reason: str) -> None:
        """Cancel a visit that finds no other time; the patient is told the reason."""
        card = row.hit.card
        command = CancelAppointment(card.appointment_id, card.version, reason)
        context = self._context
        work = partial(desk.cancel, context.database, context.actor, command, op_id=uuid7())
        self._queue(row, work, RowState.CANCELLED)

    def undo(self, exception: HoursException | None) -> None:
        """Take the leave back."""
        if exception is None or not self.is_entered:
            return
        context = self._context
        work = partial(leave.undo_leave, context.database, context.actor, exception, op_id=uuid7())
        context.operation(self, work).on_done(lambda _none: self.undone.emit()).start()

    def _queue(self, row: LeaveRow, work: Callable[[], None], state: RowState) -> None:
        self._waiting.append((row, work, state))
        self._go_on()

    def _go_on(self) -> None:
        if self._running or not self.is_entered or not self._waiting:
            return
        row, work, state = self._waiting.popleft()
        self._running = True
        operation = self._context.operation(self, work)
        operation.on_done(lambda _none: self._done(row, state))
        operation.on_failed(lambda error: self._failed(row, error))
        operation.start()

    def _done(self, row: LeaveRow, state: RowState) -> None:
        self._running = False
        row.set_state(state)
        self._go_on()
        self.settled.emit(row, None)

    def _failed(self, row: LeaveRow, error: BaseException) -> bool:
        self._running = False
        self._go_on()
        if not isinstance(error, TranslatableError):
            row.set_state(RowState.OPEN)
            return False
        self.settled.emit(row, error)
        return True

    def _on_enter_done(self, _none: None) -> None:
        self._entering, self.is_entered = False, True
        self.entered.emit()
        self._go_on()

    def _on_enter_failed(self, error: BaseException) -> bool:
        self._entering = False
        self._waiting.clear()
        if not isinstance(error, TranslatableError):
            return False
        self.refused.emit(error)
        return True
