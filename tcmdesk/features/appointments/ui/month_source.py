"""Brings a month: what everybody has, and the hours they could have it in, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.appointments.service import span
from tcmdesk.features.appointments.ui.month_days import SHOWN

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import DayLoad, DoctorColumn
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

DAYS: Final = SHOWN[0] * SHOWN[1]


class MonthSource(QObject):
    """`loaded` brings the first day, the doctors of each day and the loads; `failed` the first day and the error."""

    loaded = Signal(object, object, object)
    failed = Signal(object, object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._running: list[Operation[object]] = []
        self._doctors: tuple[tuple[DoctorColumn, ...], ...] | None = None
        self._loads: tuple[DayLoad, ...] | None = None

    @property
    def loading(self) -> bool:
        return bool(self._running)

    def load(self, first: dt.date) -> None:
        """Ask for the six weeks from a Monday on; an answer still under way is dropped."""
        for operation in self._running:
            operation.cancel()
        self._doctors = self._loads = None
        context, zone = self._context, self._context.zone

        def read_doctors() -> tuple[tuple[DoctorColumn, ...], ...]:
            return context.database.read(
                lambda connection: span.span_doctors(connection, context.actor, first, DAYS)
            )

        def read_loads() -> tuple[DayLoad, ...]:
            return context.database.read(
                lambda connection: span.span_loads(connection, context.actor, first, DAYS, zone)
            )

        doctors, loads = context.operation(self, read_doctors), context.operation(self, read_loads)
        doctors.on_done(lambda found: self._on_doctors_done(doctors, first, found))
        loads.on_done(lambda found: self._on_loads_done(loads, first, found))
        self._running = [doctors, loads]
        for operation in (doctors, loads):
            operation.on_failed(lambda error: self._on_failed(first, error))
            operation.start()

    def _on_doctors_done(
        self, operation: Operation[object], first: dt.date, found: tuple[tuple[DoctorColumn, ...], ...]
    ) -> None:
        self._doctors = found
        self._arrived(operation, first)

    def _on_loads_done(
        self, operation: Operation[object], first: dt.date, found: tuple[DayLoad, ...]
    ) -> None:
        self._loads = found
        self._arrived(operation, first)

    def _arrived(self, operation: Operation[object], first: dt.date) -> None:
        if operation in self._running:
            self._running.remove(operation)
        if not self._running and self._doctors is not None and self._loads is not None:
            self.loaded.emit(first, self._doctors, self._loads)

    def _on_failed(self, first: dt.date, error: BaseException) -> bool:
        if self._running:
            for operation in self._running:
                operation.cancel()
            self._running = []
            self.failed.emit(first, error)
        return True
