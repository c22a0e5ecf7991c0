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


JOURNEYS: Final = (
    Journey(
        "book",
        "a known patient at the next opening",
        12,
        ("N", Name("lxm"), "Return", "Return"),
        _booked,
    ),
)
