"""The clinic's own blocks of times on the platform, as rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.queries import slot_text
from tcmdesk.features.appointments.queries.board_rows import BoardRows, board_statement, read_board_rows
from tcmdesk.features.appointments.queries.cards import instant
from tcmdesk.features.appointments.queries.day import bounds
from tcmdesk.features.appointments.types import SoldCell, Status, VisitType
from tcmdesk.features.identity.models import User
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID, PLACEHOLDER_PHONE
from tcmdesk.features.schedules.service.parts import days_of
from tcmdesk.features.settings.models import SystemConfig
from tcmdesk.features.settings.types import CATEGORY, MIRROR_KEY, ON

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from tcmdesk.core.db.unit_of_work import UnitOfWork

ACCOUNT: Final = "clinic-closed"
NAME: Final = "停诊"
_SPAN: Final = board_statement(
    Appointment.appointment_date >= bindparam("start", type_=UtcTimestamp),
    Appointment.appointment_date < bindparam("end", type_=UtcTimestamp),
)


def is_wanted(connection: Connection) -> bool:
    """Whether the clinic has switched blocking on."""
    statement = select(SystemConfig.config_value).where(
        SystemConfig.category == CATEGORY, SystemConfig.config_key == MIRROR_KEY
    )
    return connection.execute(statement).scalar() == ON


def read_span_rows(connection: Connection, first: dt.date, days: int, zone: ZoneInfo) -> BoardRows:
    """Appointments, blocks and hours of some days."""
    last = first + dt.timedelta(days=days - 1)
    parameters = {"start": bounds(first, zone)[0], "end": bounds(last, zone)[1], **days_of(first, last)}
    return read_board_rows(connection.execute(_SPAN, parameters).all(), zone)


def has_account(connection: Connection) -> bool:
    """Whether the account that blocks belong to is there."""
    return connection.execute(select(User.id).where(User.id == CLINIC_ACCOUNT_ID)).first() is not None


def add_account(uow: UnitOfWork, password_hash: str) -> None:
    """Make the account; it is inactive, and its password opens nothing."""
    uow.execute(
        insert(User).values(
            id=CLINIC_ACCOUNT_ID, account=ACCOUNT, name=NAME, password_hash=password_hash, gender="other",
            phone=f"{PLACEHOLDER_PHONE}{'9' * 14}", role="patient", status="inactive",
        )
    )  # fmt: skip


def add_block(uow: UnitOfWork, cell: SoldCell, day: dt.date, zone: ZoneInfo) -> None:
    """Block a half hour: the platform looks for its text on the UTC date."""
    moment = instant(day, cell.start, zone)
    if moment.date() != day:
        moment = dt.datetime.combine(day, dt.time(12), dt.UTC)
    uow.execute(
        insert(Appointment).values(
            id=uuid7(), patient_id=CLINIC_ACCOUNT_ID, doctor_id=cell.doctor_id, appointment_date=moment,
            time_slot=slot_text.write(cell.start), visit_type=VisitType.IN_PERSON.value, symptoms=NAME,
            has_visited_before=False, status=Status.CONFIRMED.value,
        )
    )  # fmt: skip


def remove_blocks(uow: UnitOfWork, appointment_ids: Iterable[str]) -> None:
    """Take blocks away; never anybody's appointment."""
    uow.execute(
        delete(Appointment).where(
            Appointment.id.in_(list(appointment_ids)), Appointment.patient_id == CLINIC_ACCOUNT_ID
        )
    )
