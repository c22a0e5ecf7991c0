"""What a clerk does all day, key by key, and how to tell that it was done.

The clinic is the demo at 10:22; the keyboard begins on the board, where it is after signing in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from tests.benchmarks.desk_window import CLERK

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as it is typed; its keys are not counted."""

    typed: str

    def __str__(self) -> str:
        return f"({self.typed})"


@dataclass(frozen=True, slots=True)
class Text:
    """Anything else that is typed; each letter is a key."""

    typed: str

    def __str__(self) -> str:
        return f"“{self.typed}”"


Step = str | Name | Text
"""A key such as ``"N"`` or ``"Ctrl+Return"``, or something typed."""


@dataclass(frozen=True, slots=True)
class Journey:
    """`limit` is the most keys it may take."""

    name: str
    says: str
    limit: int
    steps: tuple[Step, ...]
    reached: Callable[[Connection], bool]


def _one(connection: Connection, statement: str) -> int:
    return int(connection.execute(text(statement)).scalar_one())


def _booked(connection: Connection) -> bool:
    return (
        _one(
            connection,
            "SELECT count(*) FROM appointments a JOIN desk_appointments d ON d.appointment_id = a.id"
            f" WHERE d.created_by = '{CLERK.user_id}' AND a.status = 'confirmed'"
            " AND d.starts_at >= '2026-11-24 02:22'",
        )
        == 1
    )


def _walked_in(connection: Connection) -> bool:
    return _booked(connection) and (
        _one(
            connection,
            "SELECT count(*) FROM desk_visits v JOIN desk_appointments d ON d.appointment_id = v.appointment_id"
            f" WHERE d.created_by = '{CLERK.user_id}' AND v.stage = 'arrived' AND v.number > 0",
        )
        == 1
    )


def _moved(connection: Connection) -> bool:
    return (
        _one(
            connection,
            "SELECT count(*) FROM desk_operations o JOIN desk_appointments d ON d.appointment_id = o.subject"
            f" WHERE o.actor_id = '{CLERK.user_id}' AND o.action LIKE '%move%'"
            " AND d.starts_at >= '2026-11-25'",
        )
        == 1
    )


def _called(connection: Connection) -> bool:
    return (
        _one(
            connection,
            "SELECT count(*) FROM desk_visits WHERE stage = 'called' AND called_at >= '2026-11-24 02:22'",
        )
        == 1
        and _one(
            connection,
            f"SELECT count(*) FROM desk_operations WHERE actor_id = '{CLERK.user_id}' AND action LIKE '%arrive%'",
        )
        == 1
    )


def _on_leave(connection: Connection) -> bool:
    return (
        _one(
            connection,
            "SELECT count(*) FROM desk_operations"
            f" WHERE actor_id = '{CLERK.user_id}' AND action LIKE '%move%'",
        )
        >= 9
    )


JOURNEYS: Final = (
    Journey(
        "book",
        "a known patient at the next opening",
        12,
        ("N", Name("lxm"), "Return", "Return"),
        _booked,
    ),
    Journey(
        "walk-in",
        "a known patient, up to the printed ticket",
        8,
        ("W", Name("lxm"), "Return", "Return", "Return"),
        _walked_in,
    ),
    Journey(
        "move",
        "the next appointment to another day",
        8,
        ("Down", "Down", "M", "]", "Down", "Down", "Return"),
        _moved,
    ),
    Journey(
        "arrive and call",
        "the next appointment's patient",
        3,
        ("A", Name("zhonghui"), "Return", "C"),
        _called,
    ),
    Journey(
        "leave",
        "of a doctor with nine bookings, tomorrow",
        60,
        ("]", "Right", "L", "Ctrl+Return", "Ctrl+Return"),
        _on_leave,
    ),
)
