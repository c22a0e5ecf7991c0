"""Counts double bookings by SQL on `appointments` alone, so that nothing the program believes is taken for granted.

The contest writes who booked and for how long into `symptoms`: ``D 45`` by a desk, ``P 30`` by the platform. The start is
the clinic's day of `appointment_date` with the time of `time_slot`, which is where both keep it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, text

from tcmdesk.core.actor import Role, Staff
from tests.benchmarks.contest.stage import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable

DESK: Final = "D"
PLATFORM: Final = "P"

# seconds of Asia/Shanghai ahead of UTC
_SHIFT: Final = 28_800
_CLERK: Final = Staff(user_id="0" * 36, name="bench", role=Role.FRONT_DESK)

_OVERLAPS: Final = """
WITH held AS (
    SELECT id, doctor_id, SUBSTR(symptoms, 1, 1) AS who,
           {day} * 1440 + SUBSTR(time_slot, 1, 2) * 60 + SUBSTR(time_slot, 4, 2) AS begins,
           SUBSTR(symptoms, 3) + 0 AS minutes
    FROM appointments
    WHERE COALESCE(status, 'pending') <> 'cancelled'
      AND (symptoms LIKE 'D %' OR symptoms LIKE 'P %')
      AND {day} = :day
)
SELECT a.id, a.who, b.id, b.who
FROM held a JOIN held b ON a.doctor_id = b.doctor_id AND a.id < b.id
WHERE a.begins < b.begins + b.minutes AND b.begins < a.begins + a.minutes
"""
_DAY_OF: Final = {
    "sqlite": f"((strftime('%s', appointment_date) + {_SHIFT}) / 86400)",
    "mysql": f"((UNIX_TIMESTAMP(appointment_date) + {_SHIFT}) DIV 86400)",
}


def marked(who: str, minutes: int) -> str:
    """What `symptoms` says, so that the count needs no other table."""
    return f"{who} {minutes}"


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Pairs of active appointments of one doctor that overlap."""

    among_desks: int
    with_platform: int
    unflagged: int
    """Of those with the platform, how many the day board does not show as a clash."""


def overlapping_pairs(connection: Connection, day: dt.date) -> list[tuple[frozenset[str], bool]]:
    """The ids of each overlapping pair of a day, and whether a platform row is among them."""
    day_of = _DAY_OF.get(connection.dialect.name, _DAY_OF["mysql"])
    number = (day - dt.date(1970, 1, 1)).days
    rows = connection.execute(text(_OVERLAPS.format(day=day_of)), {"day": number})
    return [(frozenset((row[0], row[2])), PLATFORM in {row[1], row[3]}) for row in rows]


def count(connection: Connection, days: Iterable[dt.date]) -> Overlaps:
    """Count the overlaps of some days, and look for each on the product's own day board."""
    from tcmdesk.features.appointments.service.board import day_board

    desks = platform = unflagged = 0
    for day in days:
        flagged = [set(clash.appointment_ids) for clash in day_board(connection, _CLERK, day, ZONE).clashes]
        for pair, has_platform in overlapping_pairs(connection, day):
            if not has_platform:
                desks += 1
                continue
            platform += 1
            unflagged += not any(pair <= clash for clash in flagged)
    return Overlaps(desks, platform, unflagged)
