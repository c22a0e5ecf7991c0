"""Brings what the hours screen shows: statements side by side, the newest request winning."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.identity.service import accounts, departments
from tcmdesk.features.schedules.service import hours, resources
from tcmdesk.features.settings import service as settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.features.identity.types import DepartmentRow, DoctorRow
    from tcmdesk.features.schedules.types import Plan, Resource, VisitKind
    from tcmdesk.features.settings.types import ClinicRules
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation


@dataclass(frozen=True, slots=True)
class Furniture:
    """Doctors, departments, beds and rooms, kinds of visit, the clinic's rules."""

    doctors: tuple[DoctorRow, ...]
    departments: tuple[DepartmentRow, ...]
    resources: tuple[Resource, ...]
    kinds: tuple[VisitKind, ...]
    rules: ClinicRules


class HoursSource(QObject):
    """`furniture_found` brings `Furniture`, `plan_found` a `Plan`, `failed` the error."""

    furniture_found = Signal(object)
    plan_found = Signal(object)
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._running: dict[str, Operation[Any]] = {}
        self._parts: dict[str, Any] = {}

    @property
    def loading(self) -> bool:
        return bool(self._running)

    def load_furniture(self) -> None:
        """Read the doctors, and what is the clinic's."""
        self._parts.clear()
        self._read("doctors", accounts.doctors)
        self._read("departments", departments.departments)
        self._read("resources", resources.resources)
        self._read("kinds", resources.visit_kinds)
        self._read("rules", settings.rules)

    def load_plan(self, doctor_id: str, since: dt.date) -> None:
        """Read a doctor's week and exceptions."""
        self._read(
            "plan", lambda connection, actor: hours.plan(connection, actor, doctor_id or None, since=since)
        )

    def _read(self, name: str, read: Callable[..., Any]) -> None:
        if name in self._running:
            self._running.pop(name).cancel()
        context = self._context
        operation = context.operation(
            self, lambda: context.database.read(lambda connection: read(connection, context.actor))
        )
        self._running[name] = operation
        operation.on_done(lambda found: self._on_read_done(name, found))
        operation.on_failed(lambda error: self._on_read_failed(name, error)).start()

    def _on_read_done(self, name: str, found: Any) -> None:
        self._running.pop(name, None)
        if name == "plan":
            plan: Plan = found
            self.plan_found.emit(plan)
            return
        self._parts[name] = found
        if len(self._parts) == len(fields(Furniture)):
            self.furniture_found.emit(Furniture(**self._parts))

    def _on_read_failed(self, name: str, error: BaseException) -> bool:
        self._running.pop(name, None)
        self.failed.emit(error)
        return True
