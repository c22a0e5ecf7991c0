"""Appointments with the hours around them, in one statement.

A board needs the hours to tell a clash from two bookings that a doctor takes at once, and to know what the platform
would still sell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import union_all

from tcmdesk.features.appointments.queries.cards import board_columns, card_of
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.schedules.service.parts import COLUMNS, Reading, hours_parts, part, widened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from sqlalchemy import CompoundSelect
    from sqlalchemy.sql.elements import ColumnElement

    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.schedules.service.parts import Timetable, Types

_CARD: Final = "card"
_DOCTOR: Final = "doctor"
_TYPES: Final[Types] = {
    **{column.name: column.type for column in board_columns().selected_columns},
    **COLUMNS,
}
_PART: Final = list(_TYPES).index("part")
_PATIENT: Final = list(_TYPES).index("patient_id")


@dataclass(frozen=True, slots=True)
class BoardRows:
    """Cards in no order, who of them may overlap, the clinic's own blocks, the active doctors, and the hours."""

    cards: tuple[AppointmentCard, ...]
    overlap_kept: frozenset[str]
    blocks: tuple[AppointmentCard, ...]
    doctors: tuple[str, ...]
    timetable: Timetable


def board_statement(*conditions: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Appointments that meet conditions, with the hours of `schedules.queries.parts.hours_parts`."""
    doctors = (
        part(_DOCTOR, _TYPES, doctor_id=Doctor.id)
        .select_from(Doctor)
        .join(User, User.id == Doctor.user_id)
        .where(User.status == "active")
    )
    cards = widened(board_columns().where(*conditions), _CARD, _TYPES)
    return union_all(cards, doctors, *hours_parts(_TYPES))


def read_board_rows(rows: Iterable[Any], zone: ZoneInfo) -> BoardRows:
    """Takes the rows of a `board_statement` apart."""
    reading = Reading()
    cards: list[AppointmentCard] = []
    blocks: list[AppointmentCard] = []
    doctors: list[str] = []
    kept: set[str] = set()
    for row in rows:
        if row[_PART] == _CARD:
            card = card_of(row, zone)
            (blocks if row[_PATIENT] == CLINIC_ACCOUNT_ID else cards).append(card)
            if row.overlap_kept:
                kept.add(card.appointment_id)
        elif not reading.take(row):
            doctors.append(row.doctor_id)
    return BoardRows(
        tuple(cards), frozenset(kept), tuple(blocks), tuple(sorted(doctors)), reading.timetable()
    )
