"""What the contest is fought over: doctors, one patient a client, and the stretches of a day that all want."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, insert

from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.models import Doctor, User
from tests.benchmarks.clinic.people import made_account

if TYPE_CHECKING:
    from sqlalchemy import Connection

ZONE: Final = ZoneInfo("Asia/Shanghai")
DOCTORS: Final = 10
LENGTHS: Final = (15, 30, 45, 60)
# far enough ahead that no run is in the past, and each run has a day of its own
FIRST_DAY: Final = dt.date(2031, 1, 6)
_STARTS: Final = (dt.time(9), dt.time(14), dt.time(11), dt.time(16))
_STEP: Final = 5
_STAGGER: Final = 6
SPAN_MINUTES: Final = _STEP * (_STAGGER - 1) + max(LENGTHS)
"""From a slot's first possible start to its last possible end."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a doctor's day; every client tries to book a time that begins within it."""

    doctor_id: str
    day: dt.date
    start: dt.time

    def moment(self, minutes: int) -> dt.datetime:
        """The instant so many minutes into it."""
        return dt.datetime.combine(self.day, self.start, ZONE).astimezone(dt.UTC) + dt.timedelta(
            minutes=minutes
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """A start, in minutes after the slot's, and a length: any two wishes of one slot may overlap."""

    offset: int
    minutes: int

    @classmethod
    def drawn(cls, dice: random.Random) -> Wish:
        return cls(dice.randrange(_STAGGER) * _STEP, dice.choice(LENGTHS))


@dataclass(frozen=True, slots=True)
class Stage:
    """The people of a contest; their rows are in the database."""

    doctors: tuple[str, ...]
    patients: tuple[str, ...]

    def slots(self, run: int, count: int) -> tuple[Slot, ...]:
        """The slots of one run, on a day of its own.

        Raises ValueError for more than four slots a doctor.
        """
        if count > len(self.doctors) * len(_STARTS):
            raise ValueError(f"at most {len(self.doctors) * len(_STARTS)} slots")
        day = FIRST_DAY + dt.timedelta(days=run)
        return tuple(
            Slot(self.doctors[number % DOCTORS], day, _STARTS[number // DOCTORS]) for number in range(count)
        )


def set_stage(url: str, clients: int) -> Stage:
    """Add doctors and patients to a database that has the schema. Each call adds others."""
    stage = Stage(tuple(uuid7() for _ in range(DOCTORS)), tuple(uuid7() for _ in range(clients)))
    engine = create_engine(url)
    with engine.begin() as connection:
        _insert_people(connection, stage)
    engine.dispose()
    return stage


def _insert_people(connection: Connection, stage: Stage) -> None:
    number = random.SystemRandom().randrange(10**9)
    accounts = [uuid7() for _ in stage.doctors]
    connection.execute(
        insert(User),
        [
            made_account(user_id, number + place, role="doctor" if place < DOCTORS else "patient")
            for place, user_id in enumerate((*accounts, *stage.patients))
        ],
    )
    connection.execute(
        insert(Doctor),
        [
            {
                "id": doctor_id,
                "user_id": user_id,
                "certificate_type": "中医执业医师",
                "id_number": doctor_id[-12:],
                "hospital": "性能测试中医诊所",
                "title": "主治医师",
            }
            for doctor_id, user_id in zip(stage.doctors, accounts, strict=True)
        ],
    )
