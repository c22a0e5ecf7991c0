"""Two ways to book: the program's, and a lock on the doctor's day that writes the same rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select

from tcmdesk.core.db.unit_of_work import PrepareFirst
from tcmdesk.core.errors import Conflict
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries import cells, slot_text
from tcmdesk.features.appointments.queries.briefing import read_briefing
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.notifications.service import notify
from tcmdesk.features.notifications.types import Message, MessageType

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.actor import Staff
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.appointments.types import BookAppointment

OURS: Final = "slot cells"
LOCK: Final = "GET_LOCK"
_LOCK_SECONDS: Final = 30


def by_cells(database: Database, actor: Staff, command: BookAppointment, op_id: str) -> None:
    """The program's own service."""
    desk.book(database, actor, command, op_id=op_id)


def by_lock(database: Database, actor: Staff, command: BookAppointment, op_id: str) -> None:
    """One desk at a time books a doctor's day; a connection holds the lock until the transaction is over."""
    key = f"bench:{command.doctor_id[-12:]}:{command.starts_at:%Y%m%d}"
    with database.reads.connect() as connection:
        connection.execute(select(func.get_lock(key, _LOCK_SECONDS)))
        try:
            database.write(actor, "bench:booking:write", partial(_book, command=command), op_id=op_id)
        finally:
            connection.execute(select(func.release_lock(key)))


def _book(uow: UnitOfWork, command: BookAppointment) -> None:
    start, minutes = command.starts_at, command.minutes
    briefing = read_briefing(uow.connection, command.doctor_id, command.patient, start)
    assert briefing is not None
    end = start + cells.CELL * (minutes // 5)
    if briefing.overlapping(start, end, besides=command.appointment_id):
        raise Conflict("appointments.slot_taken", "taken")
    _fill_cells(uow, command, start, end)
    local = start.astimezone(briefing.zone)
    uow.execute(
        insert(Appointment).values(
            id=command.appointment_id,
            patient_id=command.patient.user_id,
            doctor_id=command.doctor_id,
            appointment_date=start,
            time_slot=slot_text.write(local.hour * 60 + local.minute),
            visit_type=command.visit_type.value,
            symptoms=command.symptoms,
            has_visited_before=False,
            status="confirmed",
        )
    )
    uow.execute(
        insert(DeskAppointment).values(
            appointment_id=command.appointment_id,
            starts_at=start,
            minutes=minutes,
            source="desk",
            kind=command.kind.value,
            patient_confirmed=True,
            created_by=uow.actor.user_id,
            created_at=uow.now,
        )
    )
    notify(
        uow,
        uow.actor,
        Message(
            user_id=command.patient.user_id,
            type=MessageType.APPOINTMENT_CONFIRMED,
            title="预约成功",
            content=f"{briefing.patient_name}，{briefing.doctor_name}，{local:%Y-%m-%d %H:%M}",
            related_id=command.appointment_id,
            metadata={"source": "desk"},
        ),
    )


def _fill_cells(uow: UnitOfWork, command: BookAppointment, start: dt.datetime, end: dt.datetime) -> None:
    """The cells that a booking of ours holds, so that both ways leave the same rows behind."""
    held = cells.claim(uow, command.doctor_id, start, end, command.appointment_id)
    if held < len(cells.cells_of(start, end)):
        raise PrepareFirst(partial(cells.lay, resource_id=command.doctor_id, start=start, end=end))
