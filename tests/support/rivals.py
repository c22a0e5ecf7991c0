"""Desks in processes of their own, racing for the same times. Run as ``python -m tests.support.rivals``.

A line of JSON on standard input says what to do. The answer is a line when ready, and after one more line of
input, the signal to start, a line of JSON with what happened.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from typing import TYPE_CHECKING, Any

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db import database as databases
from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Conflict
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk
from tests.factories.bookings import booking

if TYPE_CHECKING:
    from tcmdesk.core.db.faults import Fault

LENGTHS = (15, 20, 30, 45, 60)


def race(task: dict[str, Any]) -> dict[str, int]:
    """Try to book many times at overlapping starts; returns how many were won, lost and had to be repeated."""
    dice = random.Random(task["number"])
    first = dt.datetime.fromisoformat(task["first"])
    database = Database(task["url"], workstation=f"rival-{task['number']}", clock=FixedClock(first))
    repeated = _count_repeats()
    actor = Staff(uuid7(), "方前台", Role.FRONT_DESK)
    outcome = {"won": 0, "lost": 0}
    for engine in (database.reads, database.writes):
        engine.connect().close()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    for _ in range(task["attempts"]):
        start = first + dt.timedelta(minutes=5 * dice.randrange(task["cells"]))
        command = booking(task["doctor"], task["patient"], start, dice.choice(LENGTHS))
        try:
            desk.book(database, actor, command, op_id=uuid7())
            outcome["won"] += 1
        except Conflict:
            outcome["lost"] += 1
    database.close()
    return outcome | {"repeated": len(repeated)}


def _count_repeats() -> list[Fault]:
    seen: list[Fault] = []
    original = databases.classify

    def classify(error: Any) -> Fault:
        fault = original(error)
        seen.append(fault)
        return fault

    databases.classify = classify
    return seen


if __name__ == "__main__":
    print(json.dumps(race(json.loads(sys.stdin.readline()))))  # noqa: T201
