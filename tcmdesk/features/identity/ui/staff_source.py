"""What the administrators' screen reads, one statement a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from tcmdesk.features.identity.service import departments, doctors, staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tcmdesk.features.identity.types import DepartmentRow, DoctorCard
    from tcmdesk.ui.context import UiContext

LISTS: Final = ("staff", "doctors", "departments")


class StaffSource(QObject):
    """Reads off the screen's thread and hands the answers to whoever asked."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.pending = 0

    def read_list(
        self, name: str, done: Callable[[tuple[Any, ...]], None], failed: Callable[[BaseException], bool]
    ) -> None:
        """One of `LISTS`; `pending` counts those that are under way."""
        read: Callable[..., tuple[Any, ...]] = {
            "staff": staff.staff,
            "doctors": doctors.doctor_list,
            "departments": departments.departments,
        }[name]
        database, actor = self._context.database, self._context.actor

        def over(rows: tuple[Any, ...]) -> None:
            self.pending -= 1
            done(rows)

        def refused(error: BaseException) -> bool:
            self.pending -= 1
            return failed(error)

        self.pending += 1
        operation = self._context.operation(
            self, lambda: database.read(lambda connection: read(connection, actor))
        )
        operation.on_done(over).on_failed(refused).start()

    def read_card(self, user_id: str, done: Callable[[DoctorCard], None]) -> None:
        """Everything about a doctor."""
        database, actor = self._context.database, self._context.actor

        def work() -> DoctorCard:
            return database.read(lambda connection: doctors.doctor_card(connection, actor, user_id))

        self._context.operation(self, work).on_done(done).start()

    def read_departments(self, done: Callable[[tuple[DepartmentRow, ...]], None]) -> None:
        """The departments that a doctor may belong to."""
        database, actor = self._context.database, self._context.actor

        def work() -> tuple[DepartmentRow, ...]:
            return database.read(lambda connection: departments.departments(connection, actor))

        self._context.operation(self, work).on_done(done).start()
