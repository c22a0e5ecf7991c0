"""The days of a month with their loads: headless, from what each doctor has and could have."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcmdesk.features.appointments.types import NOON, DayLoad, HalfDay
from tcmdesk.features.appointments.ui.loads import Load, capacity
from tcmdesk.features.appointments.ui.time_axis import CELL

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import BoardView, DoctorColumn

SHOWN: tuple[int, int] = (6, 7)
"""Weeks and days of a week in the table; six weeks hold any month."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day. `closed` is the word for why nobody works, None when somebody does, empty when no reason is known."""

    day: dt.date
    morning: Load
    afternoon: Load
    visits: HalfDay
    closed: str | None = None

    @property
    def whole(self) -> Load:
        return self.morning + self.afternoon


@dataclass(frozen=True, slots=True)
class DoctorLoad:
    """A doctor's day in the list beside the month."""

    doctor: DoctorColumn
    load: Load
    visits: HalfDay


def first_shown(day: dt.date) -> dt.date:
    """The Monday at which a month's table begins."""
    first = day.replace(day=1)
    return first - dt.timedelta(days=first.weekday())


class MonthDays:
    """The table's days, of everybody or of those that a view asks for.

    Args:
        first: the first day.
        everybody: the doctors of each day, with their hours.
        loads: what they have.
        view: whom of them to count.
    """

    def __init__(
        self,
        first: dt.date,
        everybody: tuple[tuple[DoctorColumn, ...], ...],
        loads: tuple[DayLoad, ...],
        view: BoardView,
    ) -> None:
        self.first = first
        self._everybody = everybody
        self._view = view
        self._loads: dict[dt.date, dict[str, DayLoad]] = defaultdict(dict)
        for load in loads:
            self._loads[load.day][load.doctor_id] = load
        self.days = tuple(self._day(number) for number in range(len(everybody)))

    def at(self, day: dt.date) -> MonthDay | None:
        """A day of the table; None for one beyond it."""
        number = (day - self.first).days
        return self.days[number] if 0 <= number < len(self.days) else None

    def month(self, day: dt.date) -> tuple[MonthDay, ...]:
        """The days of the same month."""
        return tuple(each for each in self.days if (each.day.year, each.day.month) == (day.year, day.month))

    def doctors(self, day: dt.date) -> tuple[DoctorLoad, ...]:
        """Who works or has visits on a day, in the board's order."""
        number = (day - self.first).days
        if not 0 <= number < len(self._everybody):
            return ()
        found = []
        for doctor in self._wanted(self._everybody[number]):
            has = self._loads[day].get(doctor.doctor_id) or DayLoad(day, doctor.doctor_id)
            load = Load(has.whole.minutes // CELL, capacity(doctor.sessions))
            if load.capacity or has.whole.count:
                found.append(DoctorLoad(doctor, load, has.whole))
        return tuple(found)

    def _wanted(self, doctors: tuple[DoctorColumn, ...]) -> tuple[DoctorColumn, ...]:
        view = self._view
        if view.doctor_id:
            return tuple(doctor for doctor in doctors if doctor.doctor_id == view.doctor_id)
        if view.department:
            return tuple(doctor for doctor in doctors if doctor.department == view.department)
        return doctors

    def _day(self, number: int) -> MonthDay:
        day = self.first + dt.timedelta(days=number)
        doctors = self._wanted(self._everybody[number])
        morning = sum(capacity(doctor.sessions, 0, NOON) for doctor in doctors)
        whole = sum(capacity(doctor.sessions) for doctor in doctors)
        ids = {doctor.doctor_id for doctor in doctors}
        everyone = not (self._view.doctor_id or self._view.department)
        has = [load for key, load in self._loads[day].items() if everyone or key in ids]
        first = sum((load.morning for load in has), HalfDay())
        second = sum((load.afternoon for load in has), HalfDay())
        visits = sum((load.whole for load in has), HalfDay())
        reasons = [closure.reason for doctor in doctors for closure in doctor.closures]
        return MonthDay(
            day,
            Load(first.minutes // CELL, morning),
            Load(second.minutes // CELL, whole - morning),
            visits,
            None if whole else next(filter(None, reasons), ""),
        )
