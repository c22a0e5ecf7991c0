"""Brings what the board shows, a day of everybody or one doctor's week; the newest request wins."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.service import span

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import DayBoard, DoctorColumn
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

SCOPES_KEPT: Final = 14
"""Days and weeks that are shown at once when one comes back to them. In memory only: they are patients' data."""

WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Scope:
    """What is read at once: the day `first`, or with a doctor that doctor's week from `first` on."""

    first: dt.date
    doctor_id: str = ""

    @property
    def days(self) -> tuple[dt.date, ...]:
        return tuple(self.first + dt.timedelta(days=ahead) for ahead in range(WEEK if self.doctor_id else 1))

    @classmethod
    def week(cls, day: dt.date, doctor_id: str) -> Scope:
        """The week, from Monday on, that holds a day."""
        return cls(day - dt.timedelta(days=day.weekday()), doctor_id)


@dataclass(frozen=True, slots=True)
class DayData:
    """Everything the grid shows. `everybody` are all doctors of each day."""

    scope: Scope
    everybody: tuple[tuple[DoctorColumn, ...], ...]
    board: DayBoard

    @property
    def doctors(self) -> tuple[DoctorColumn, ...]:
        """The columns: the doctors of a day, or the days of a doctor's week."""
        if not self.scope.doctor_id:
            return self.everybody[0]
        return tuple(
            doctor
            for of_day in self.everybody
            for doctor in of_day
            if doctor.doctor_id == self.scope.doctor_id
        )

    @property
    def days(self) -> tuple[dt.date, ...] | None:
        """The day of each column of a week; None for a day."""
        return self.scope.days if self.scope.doctor_id and self.doctors else None

    def narrowed(self, doctor_id: str, department: str) -> DayData:
        """Only one doctor's or one department's columns, with their appointments and those of nobody's column."""
        if self.scope.doctor_id or not (doctor_id or department):
            return self
        kept = tuple(
            doctor
            for doctor in self.everybody[0]
            if doctor.doctor_id == doctor_id or (department and doctor.department == department)
        )
        if not kept:
            return self
        left_out = {doctor.doctor_id for doctor in self.everybody[0]} - {doctor.doctor_id for doctor in kept}
        board = replace(
            self.board,
            cards=tuple(card for card in self.board.cards if card.doctor_id not in left_out),
            unreadable=tuple(card for card in self.board.unreadable if card.doctor_id not in left_out),
            clashes=tuple(clash for clash in self.board.clashes if clash.doctor_id not in left_out),
        )
        return replace(self, everybody=(kept,), board=board)


class DaySource(QObject):
    """Loads days and weeks. `loaded` brings `DayData`, `failed` the scope and the error.

    The columns are asked for once a day and beside the appointments, so all of it costs one round trip.
    """

    loaded = Signal(object)
    failed = Signal(object, object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._doctors: OrderedDict[dt.date, tuple[DoctorColumn, ...]] = OrderedDict()
        self._boards: OrderedDict[Scope, DayBoard] = OrderedDict()
        self._running: list[Operation[object]] = []
        self._scope: Scope | None = None

    @property
    def loading(self) -> bool:
        return bool(self._running)

    def cached(self, scope: Scope) -> DayData | None:
        """What was last seen of it."""
        if scope not in self._boards or any(day not in self._doctors for day in scope.days):
            return None
        return DayData(scope, tuple(self._doctors[day] for day in scope.days), self._boards[scope])

    def forget_doctors(self) -> None:
        """Names or hours changed: ask for the columns again next time."""
        self._doctors.clear()

    def load(self, scope: Scope) -> None:
        """Ask for a day or a week; an answer still under way for another one is dropped."""
        self.stop()
        self._scope = scope
        context, zone = self._context, self._context.zone
        first, days = scope.first, len(scope.days)

        def read_board() -> DayBoard:
            if scope.doctor_id:
                return context.database.read(
                    lambda connection: span.span_board(
                        connection, context.actor, scope.doctor_id, first, days, zone
                    )
                )
            return context.database.read(
                lambda connection: reading.day_board(connection, context.actor, first, zone)
            )

        def read_doctors() -> tuple[tuple[DoctorColumn, ...], ...]:
            return context.database.read(
                lambda connection: span.span_doctors(connection, context.actor, first, days)
            )

        fresh: list[Operation[object]] = []
        if any(day not in self._doctors for day in scope.days):
            columns = context.operation(self, read_doctors)
            columns.on_done(lambda found: self._on_doctors_done(columns, scope, found))
            fresh.append(columns)
        board = context.operation(self, read_board)
        board.on_done(lambda found: self._on_board_done(board, scope, found))
        fresh.append(board)
        self._running = list(fresh)
        for operation in fresh:
            operation.on_failed(lambda error: self._on_failed(scope, error))
            operation.start()

    def stop(self) -> None:
        """Drop what is under way."""
        for operation in self._running:
            operation.cancel()
        self._running = []

    def _on_doctors_done(
        self, operation: Operation[object], scope: Scope, found: tuple[tuple[DoctorColumn, ...], ...]
    ) -> None:
        for day, doctors in zip(scope.days, found, strict=True):
            self._doctors[day] = doctors
            self._doctors.move_to_end(day)
        while len(self._doctors) > SCOPES_KEPT * WEEK:
            self._doctors.popitem(last=False)
        self._arrived(operation, scope)

    def _on_board_done(self, operation: Operation[object], scope: Scope, board: DayBoard) -> None:
        self._boards[scope] = board
        self._boards.move_to_end(scope)
        while len(self._boards) > SCOPES_KEPT:
            self._boards.popitem(last=False)
        self._arrived(operation, scope)

    def _arrived(self, operation: Operation[object], scope: Scope) -> None:
        if operation in self._running:
            self._running.remove(operation)
        data = self.cached(scope)
        if not self._running and data is not None and scope == self._scope:
            self.loaded.emit(data)

    def _on_failed(self, scope: Scope, error: BaseException) -> bool:
        if self._running:
            self.stop()
            self.failed.emit(scope, error)
        return True
