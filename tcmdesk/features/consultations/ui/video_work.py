"""What the video screen asks of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.i18n import N_
from tcmdesk.features.consultations.service import ending, licence, links, opening
from tcmdesk.features.consultations.types import CONFIGURE
from tcmdesk.features.settings.service import clinic

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.consultations.types import Eligibility, IssuedLink, Licence, LinkState, VideoVisit
    from tcmdesk.ui.context import UiContext

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setup:
    """What an administrator has entered."""

    licence: Licence | None
    doctors: tuple[Eligibility, ...]
    address: str
    clinic: str


def missing_of(setup: Setup | None, today: dt.date) -> str | None:
    """What keeps online visits from taking place, as a msgid; None when nothing does."""
    if setup is None:
        return None
    licence = setup.licence
    if licence is None or not licence.switched_on:
        return N_("Online visits are switched off. They need the licence, the approval and the doctors.")
    if licence.valid_until < today:
        return N_("The licence for online visits has run out. Nobody can be let in.")
    if not setup.address:
        return N_("The address of the patients' page is missing, so links cannot be made whole.")
    return None


class VideoWork(QObject):
    """Each signal carries what was read, on the UI thread."""

    day_read = Signal(object)
    past_read = Signal(object)
    setup_read = Signal(object)
    link_made = Signal(str, object)
    link_read = Signal(str, object)
    saved = Signal()
    save_refused = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def read_day(self, day: dt.date) -> None:
        context = self._context
        self._read(
            lambda connection: opening.visits_of_day(connection, context.actor, day, context.zone),
            self.day_read.emit,
        )

    def read_past(self, before: dt.datetime | None) -> None:
        """A page of visits that are over."""
        context = self._context
        self._read(
            lambda connection: opening.past_visits(connection, context.actor, context.zone, before=before),
            self.past_read.emit,
        )

    def read_setup(self) -> None:
        context = self._context

        def read(connection: object) -> Setup:
            return Setup(
                licence.licence(connection, context.actor),
                licence.doctors(connection, context.actor),
                links.patient_address(connection, context.actor),
                clinic(connection, context.actor).name,
            )

        self._read(read, self.setup_read.emit)

    def read_link(self, visit: VideoVisit) -> None:
        """What became of the newest link."""
        context, consultation_id = self._context, visit.consultation_id
        if consultation_id is None:
            self.link_read.emit(visit.appointment_id, None)
            return

        def show(state: LinkState | None) -> None:
            self.link_read.emit(visit.appointment_id, state)

        self._read(lambda connection: links.link_state(connection, context.actor, consultation_id), show)

    def make_link(self, visit: VideoVisit) -> None:
        """Open the visit if need be, and make a link for it."""
        actor, appointment_id = self._context.actor, visit.appointment_id

        def change(uow: UnitOfWork) -> IssuedLink:
            room = opening.open_visit(uow, actor, appointment_id)
            return links.issue_link(uow, actor, room.consultation_id)

        def show(link: IssuedLink) -> None:
            self.link_made.emit(appointment_id, link)

        self._write("consultations:link:issue", change, appointment_id, show)

    def revoke_link(self, state: LinkState) -> None:
        actor = self._context.actor
        self._write(
            "consultations:link:revoke",
            lambda uow: links.revoke_link(uow, actor, state.link_id),
            state.link_id,
            lambda _done: None,
        )

    def close_room(self, visit: VideoVisit) -> None:
        """Close the room; the appointment stays."""
        actor, consultation_id = self._context.actor, visit.consultation_id
        if consultation_id is not None:
            self._write(
                "consultations:visit:cancel",
                lambda uow: ending.cancel(uow, actor, consultation_id),
                consultation_id,
                lambda _done: None,
            )

    def save_setup(self, setup: Setup, changed: tuple[Eligibility, ...]) -> None:
        """Write what an administrator entered, in one transaction."""
        context = self._context
        if setup.licence is None or not context.allowed(CONFIGURE):
            return
        entered, actor = setup.licence, context.actor

        def change(uow: UnitOfWork) -> None:
            licence.save_licence(uow, actor, entered)
            links.save_patient_address(uow, actor, setup.address)
            for doctor in changed:
                licence.save_eligibility(
                    uow, actor, doctor.doctor_id, eligible=doctor.eligible, registration=doctor.registration
                )

        work = self._transaction("consultations:clinic:configure", change, None)
        context.operation(self, work).on_done(lambda _done: self.saved.emit()).on_failed(
            self._on_save_failed
        ).start()

    def _on_save_failed(self, error: BaseException) -> bool:
        if getattr(error, "field", None) is None:
            return False
        self.save_refused.emit(error)
        return True

    def _read(self, query: Callable[[object], T], done: Callable[[T], None]) -> None:
        context = self._context
        context.operation(self, lambda: context.database.read(query)).on_done(done).start()

    def _write(
        self,
        action: str,
        change: Callable[[UnitOfWork], T],
        subject: str | None,
        done: Callable[[T], None],
    ) -> None:
        self._context.operation(self, self._transaction(action, change, subject)).on_done(done).start()

    def _transaction(
        self, action: str, change: Callable[[UnitOfWork], T], subject: str | None
    ) -> Callable[[], T]:
        context = self._context
        return lambda: context.database.write(context.actor, action, change, subject=subject)
