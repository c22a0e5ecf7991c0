"""The demo's working hours, a leave of today, needle beds and the kinds of visit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcmdesk.cli.demo.clinic import Clinic
    from tcmdesk.cli.demo.rows import Rows

MORNING: Final = (510, 720)
AFTERNOON: Final = (810, 1050)
EARLY: Final = (810, 1020)
"""08:30-12:00, 13:30-17:30 and 13:30-17:00, minutes after midnight."""

ON_LEAVE: Final = 5
"""The doctor, by index, who is away this afternoon."""

NEEDLES: Final = 2
BEDS: Final = ("针床 1", "针床 2", "针床 3")
LEAVE_REASON: Final = "下午请假"
_AFTERNOONS: Final = (EARLY, AFTERNOON, AFTERNOON, AFTERNOON, EARLY, AFTERNOON)
_CELLS: Final = (15, 15, 45, 15, 15, 30)
_SATURDAYS: Final = frozenset({0, 1, 2, 3})
_SUNDAYS: Final = frozenset({3})


@dataclass(frozen=True, slots=True)
class Furniture:
    """What visits of the demo may be given: beds in turn, kinds by name, and the leave they were moved for."""

    beds: tuple[str, ...]
    kinds: dict[str, str]
    leave: str


def sessions(doctor: int, day: dt.date, today: dt.date) -> tuple[tuple[int, int], ...]:
    """A doctor's hours; the weekday of today is a working day whatever it is, or there would be little to see."""
    weekday = day.weekday()
    if weekday == today.weekday() or weekday < 5:
        return (MORNING, _AFTERNOONS[doctor])
    works = doctor in (_SATURDAYS if weekday == 5 else _SUNDAYS)
    return (MORNING,) if works else ()


def next_working_day(doctor: int, today: dt.date) -> dt.date:
    """The first day after today on which a doctor works morning and afternoon."""
    day = today + dt.timedelta(days=1)
    while len(sessions(doctor, day, today)) < 2:
        day += dt.timedelta(days=1)
    return day


def build(rows: Rows, clinic: Clinic) -> Furniture:
    """Fill the tables of hours, exceptions, beds and kinds of visit."""
    stamps = {"created_at": rows.now, "updated_at": rows.now}
    monday = rows.today - dt.timedelta(days=rows.today.weekday())
    for number, doctor_id in enumerate(clinic.doctors):
        for weekday in range(7):
            for start, end in sessions(number, monday + dt.timedelta(days=weekday), rows.today):
                rows.add(
                    "desk_hours", id=rows.new_id(), doctor_id=doctor_id, weekday=weekday, starts=start,
                    ends=end, cell=_CELLS[number], seats=1, video=number != NEEDLES, in_person=True,
                    valid_from=None, valid_until=None, created_by=None, **stamps,
                )  # fmt: skip
    leave = _exceptions(rows, clinic, stamps)
    departments = {row["name"]: row["id"] for row in rows.tables["departments"]}
    beds = tuple(rows.new_id() for _ in BEDS)
    for place, (bed, name) in enumerate(zip(beds, BEDS, strict=True), start=len(clinic.doctors)):
        rows.add(
            "desk_resources", id=bed, name=name, kind="bed", seats=1, doctor_id=None,
            department_id=departments["针推科"], active=True, place=place, **stamps,
        )  # fmt: skip
    return Furniture(beds, _kinds(rows, clinic, stamps), leave)


def _exceptions(rows: Rows, clinic: Clinic, stamps: dict[str, dt.datetime]) -> str:
    leave = rows.new_id()
    away = next_working_day(3, rows.today) + dt.timedelta(days=7)
    wanted = (
        (leave, "leave", clinic.doctors[ON_LEAVE], rows.today, rows.today, (720, 1440), LEAVE_REASON),
        (rows.new_id(), "leave", clinic.doctors[3], away, away + dt.timedelta(days=1), (0, 1440), "外出培训"),
        (rows.new_id(), "extra", clinic.doctors[0], away, away, (1110, 1200), "晚间加诊"),
        (rows.new_id(), "holiday", None, *_new_year(rows.today), (0, 1440), "元旦休诊"),
    )
    for exception_id, kind, doctor_id, first, last, (start, end), reason in wanted:
        rows.add(
            "desk_exceptions", id=exception_id, kind=kind, doctor_id=doctor_id, from_day=first, until_day=last,
            starts=start, ends=end, cell=15, seats=1, video=True, in_person=True, reason=reason,
            created_by=None, **stamps,
        )  # fmt: skip
    return leave


def _new_year(today: dt.date) -> tuple[dt.date, dt.date]:
    day = dt.date(today.year + 1, 1, 1)
    return day, day


def _kinds(rows: Rows, clinic: Clinic, stamps: dict[str, dt.datetime]) -> dict[str, str]:
    wanted = (
        ("针灸", clinic.doctors[NEEDLES], 45, "bed", 0, 45, True),
        ("留针", clinic.doctors[NEEDLES], 5, "bed", 5, 30, False),
        ("推拿", clinic.doctors[ON_LEAVE], 30, None, 0, 0, True),
        ("膏方", None, 30, None, 0, 0, False),
    )
    kinds = {}
    for name, doctor_id, minutes, needs, offset, length, usual in wanted:
        kinds[name] = rows.new_id()
        rows.add(
            "desk_visit_kinds", id=kinds[name], name=name, doctor_minutes=minutes, needs=needs,
            resource_offset=offset, resource_minutes=length, department_id=None, doctor_id=doctor_id,
            usual=usual, active=True, **stamps,
        )  # fmt: skip
    return kinds


def usual_kind(doctor: int) -> str:
    """The kind that a doctor's visits are unless something else is said; empty for none."""
    return {NEEDLES: "针灸", ON_LEAVE: "推拿"}.get(doctor, "")
