"""What the call's panel asks of the database; each answer comes back to the panel on the UI thread."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import AlreadyApplied, UserError, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.service import calls, diagnoses, ending, opening, templates
from tcmdesk.ui.typed_days import read_full_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.consultations.types import Outcome, Template, VideoVisit
    from tcmdesk.ui.context import UiContext

T = TypeVar("T")


class PanelWork(QObject):
    """`visit_read` carries the visit as it is now, `templates_read` the doctor's, `completed` the finished visit.

    `refused` carries a `UserError` that the panel shows by itself; anything else goes to the message bar.
    """

    visit_read = Signal(object)
    templates_read = Signal(object)
    completed = Signal(object)
    refused = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._complete_id = uuid7()

    def open(self, appointment_id: str) -> None:
        """Make the appointment a video visit if it is none yet, and read it."""
        database, actor = self._context.database, self._context.actor

        def work() -> VideoVisit:
            database.write(
                actor,
                "consultations:visit:open",
                lambda uow: opening.open_visit(uow, actor, appointment_id),
                subject=appointment_id,
            )
            return self._read(appointment_id)

        self._complete_id = uuid7()
        self._run(work, self.visit_read.emit)

    def reload(self, appointment_id: str) -> None:
        """Read the visit again."""
        self._run(lambda: self._read(appointment_id), self.visit_read.emit)

    def read_templates(self) -> None:
        database, actor = self._context.database, self._context.actor
        self._run(
            lambda: database.read(lambda connection: templates.templates(connection, actor)),
            self.templates_read.emit,
        )

    def check_identity(self, visit: VideoVisit) -> None:
        """The doctor has compared name and birthday."""
        self._settle(visit, "identity", calls.check_identity)

    def note_consent(self, visit: VideoVisit) -> None:
        """The patient has agreed by word."""
        self._settle(visit, "consent", calls.note_consent)

    def file_diagnosis(self, visit: VideoVisit, day: str, place: str) -> None:
        """File an earlier diagnosis; `day` as typed."""
        when = read_full_day(day)
        if when is None:
            self.refused.emit(
                ValidationError(
                    "video.day_format", N_("Write the day as eight digits, like 20261117."), field="day"
                )
            )
            return
        actor = self._context.actor
        self._write_and_read(
            visit,
            "consultations:diagnosis:file",
            lambda uow: diagnoses.file_diagnosis(uow, actor, visit.ref, when, place),
        )

    def complete(self, visit: VideoVisit, outcome: Outcome) -> None:
        """End the visit. Trying again after an absence of the database is the same operation."""
        if visit.consultation_id is None:
            return
        actor, consultation_id = self._context.actor, visit.consultation_id

        def work() -> VideoVisit:
            self._write(
                "consultations:visit:complete",
                lambda uow: ending.complete(uow, actor, consultation_id, outcome),
                consultation_id,
                op_id=self._complete_id,
            )
            return self._read(visit.appointment_id)

        self._run(work, self.completed.emit)

    def keep_template(self, template: Template) -> None:
        """Keep a template, and read all again."""
        actor = self._context.actor

        def work() -> tuple[Template, ...]:
            self._write(
                "consultations:template:save",
                lambda uow: templates.save_template(uow, actor, template),
                template.template_id,
            )
            return self._context.database.read(lambda connection: templates.templates(connection, actor))

        self._run(work, self.templates_read.emit)

    def _settle(
        self, visit: VideoVisit, what: str, settle: Callable[[UnitOfWork, object, str], None]
    ) -> None:
        if visit.consultation_id is not None:
            work = partial(self._call, settle, visit.consultation_id)
            self._write_and_read(visit, f"consultations:call:{what}", work)

    def _call(
        self, settle: Callable[[UnitOfWork, object, str], None], consultation_id: str, uow: UnitOfWork
    ) -> None:
        settle(uow, self._context.actor, consultation_id)

    def _write_and_read(self, visit: VideoVisit, action: str, change: Callable[[UnitOfWork], object]) -> None:
        def work() -> VideoVisit:
            self._write(action, change, visit.consultation_id)
            return self._read(visit.appointment_id)

        self._run(work, self.visit_read.emit)

    def _write(
        self,
        action: str,
        change: Callable[[UnitOfWork], object],
        subject: str | None,
        *,
        op_id: str | None = None,
    ) -> None:
        with suppress(AlreadyApplied):
            self._context.database.write(self._context.actor, action, change, op_id=op_id, subject=subject)

    def _read(self, appointment_id: str) -> VideoVisit:
        context = self._context
        return context.database.read(
            lambda connection: opening.visit(connection, context.actor, appointment_id, context.zone)
        )

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._context.operation(self, work).on_done(done).on_failed(self._on_failed).start()

    def _on_failed(self, error: BaseException) -> bool:
        if isinstance(error, UserError):
            self.refused.emit(error)
            return True
        return False
