"""Brings a day of the board: columns and appointments, the newest request winning."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.appointments.service import board as reading

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import DayBoard, DoctorColumn
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

DAYS_KEPT: Final = 14
"""Days that are shown at once when one comes back to them. In memory only: they are patients' data."""


@dataclass(frozen=True, slots=True)
class DayData:
    """Everything the screen shows of one day."""

    doctors: tuple[DoctorColumn, ...]
    board: DayBoard


class DaySource(QObject):
    """Loads days. `loaded` brings `DayData`, `failed` the day and the error.

    The columns are asked for once a day and beside the appointments, so a day costs one round trip.
    """

    loaded = Signal(object)
    failed = Signal(object, object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._doctors: dict[dt.date, tuple[DoctorColumn, ...]] = {}
        self._boards: OrderedDict[dt.date, DayBoard] = OrderedDict()
        self._running: list[Operation[object]] = []
        self._day: dt.date | None = None

    @property
    def loading(self) -> bool:
        return bool(self._running)

    def cached(self, day: dt.date) -> DayData | None:
        """The day as it was last seen."""
        if day in self._boards and day in self._doctors:
            return DayData(self._doctors[day], self._boards[day])
        return None

    def forget_doctors(self) -> None:
        """Names or hours changed: ask for the columns again next time."""
        self._doctors.clear()

    def load(self, day: dt.date) -> None:
        """Ask for a day; an answer still under way for another one is dropped."""
        for operation in self._running:
            operation.cancel()
        self._running = []
        self._day = day
        context, zone = self._context, self._context.zone

        def read_board() -> DayBoard:
            return context.database.read(
                lambda connection: reading.day_board(connection, context.actor, day, zone)
            )

        def read_doctors() -> tuple[DoctorColumn, ...]:
            return context.database.read(
                lambda connection: reading.board_doctors(connection, context.actor, day)
            )

        fresh: list[Operation[object]] = []
        if day not in self._doctors:
            columns = context.operation(self, read_doctors)
            columns.on_done(lambda doctors: self._on_doctors_done(columns, day, doctors))
            fresh.append(columns)
        board = context.operation(self, read_board)
        board.on_done(lambda found: self._on_board_done(board, day, found))
        fresh.append(board)
        self._running = list(fresh)
        for operation in fresh:
            operation.on_failed(lambda error: self._on_failed(day, error))
            operation.start()

    def _on_doctors_done(
        self, operation: Operation[object], day: dt.date, doctors: tuple[DoctorColumn, ...]
    ) -> None:
        self._doctors[day] = doctors
        self._arrived(operation, day)

    def _on_board_done(self, operation: Operation[object], day: dt.date, board: DayBoard) -> None:
        self._boards[day] = board
        self._boards.move_to_end(day)
        while len(self._boards) > DAYS_KEPT:
            forgotten, _board = self._boards.popitem(last=False)
            self._doctors.pop(forgotten, None)
        self._arrived(operation, day)

    def _arrived(self, operation: Operation[object], day: dt.date) -> None:
        if operation in self._running:
            self._running.remove(operation)
        data = self.cached(day)
        if not self._running and data is not None and day == self._day:
            self.loaded.emit(data)

    def _on_failed(self, day: dt.date, error: BaseException) -> bool:
        if self._running:
            for operation in self._running:
                operation.cancel()
            self._running = []
            self.failed.emit(day, error)
        return True
