"""Who of the demo's today has come, who is in consultation, who never came: as it would be at any time of the day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.cli.demo.today import TODAY
from tcmdesk.features.visits.types import Stage, session_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.cli.demo.clinic import Clinic
    from tcmdesk.cli.demo.rows import Row, Rows

AHEAD: Final = {
    "汪立群": 15,
    "沈若兰": 28,
    "罗文彬": 57,
    "马惠芳": 57,
    "姚佳宁": 22,
    "江月明": 50,
    "乔安安": 17,
    "柳春和": 42,
}
"""Minutes before the appointed time at which somebody comes; the others come 8 minutes before."""

USUALLY_AHEAD: Final = 8
INTO: Final = {"沈若兰": 0, "任晓菲": 0, "龚大海": 2, "万星辰": 1, "牛金凤": 2, "盛世杰": 3}
"""Minutes after the appointed time at which the consultation begins; one for the others."""

LEFT: Final = frozenset({"史玉珍"})
"""Came, took a number and left before being called in."""

MISSING: Final = frozenset({"田野"})
"""Has not come, though it is past the time."""


@dataclass(frozen=True, slots=True)
class _Expected:
    name: str
    doctor: int
    appointment: Row
    start: dt.datetime
    end: dt.datetime
    arrives: dt.datetime


def build(rows: Rows, clinic: Clinic) -> None:
    """Fill the tables of visits, after those of appointments, and give each doctor a room."""
    _rooms(rows, clinic)
    for number, doctor_id in enumerate(clinic.doctors):
        expected = [each for each in _expected(rows, clinic) if each.doctor == number]
        _day_of_doctor(rows, doctor_id, _room(number), sorted(expected, key=lambda each: each.arrives))


def _room(doctor: int) -> str:
    return f"诊室 {doctor + 1}"


def _rooms(rows: Rows, clinic: Clinic) -> None:
    known = {row["doctor_id"] for row in rows.tables["desk_resources"]}
    for number, doctor_id in enumerate(clinic.doctors):
        if doctor_id not in known:
            rows.add(
                "desk_resources", id=rows.new_id(), name=_room(number), kind="room", seats=1, department_id=None,
                doctor_id=doctor_id, active=True, place=number, created_at=rows.now, updated_at=rows.now,
            )  # fmt: skip


def _expected(rows: Rows, clinic: Clinic) -> Iterator[_Expected]:
    """Who was expected today, with the row of the appointment."""
    written = {
        (row["doctor_id"], row["patient_id"], row["time_slot"][:5]): row
        for row in rows.tables["appointments"]
        if row["appointment_date"].astimezone(rows.zone).date() == rows.today
    }
    for visit in TODAY:
        if visit.moved:
            continue
        person = clinic.by_name[visit.name]
        row = written[clinic.doctors[visit.doctor], person.user_id, visit.start]
        hours, minutes = map(int, visit.start.split(":"))
        start = rows.moment(rows.today, hours * 60 + minutes)
        ahead = dt.timedelta(minutes=AHEAD.get(visit.name, USUALLY_AHEAD))
        if visit.plan == "confirmed":
            end = start + dt.timedelta(minutes=visit.minutes)
            yield _Expected(visit.name, visit.doctor, row, start, end, start - ahead)


def _day_of_doctor(rows: Rows, doctor_id: str, room: str, expected: list[_Expected]) -> None:
    numbers: dict[str, int] = {}
    in_consultation = False
    for each in expected:
        if each.arrives > rows.now:
            continue
        if each.name in MISSING | LEFT:
            # the time is over, but nobody was seen
            each.appointment["status"] = "confirmed"
        if each.name in MISSING:
            continue
        session = session_of(each.start.astimezone(rows.zone)).value
        numbers[session] = numbers.get(session, 0) + 1
        begins = each.start + dt.timedelta(minutes=INTO.get(each.name, 1))
        stage = Stage.ARRIVED
        if each.name in LEFT:
            stage = Stage.NO_SHOW if each.end <= rows.now else Stage.ARRIVED
        elif each.end <= rows.now:
            stage = Stage.FINISHED
        elif begins <= rows.now and not in_consultation:
            stage = Stage.IN_CONSULTATION
            in_consultation = True
        went_in = stage in {Stage.FINISHED, Stage.IN_CONSULTATION}
        rows.add(
            "desk_visits", appointment_id=each.appointment["id"], doctor_id=doctor_id, day=rows.today,
            session=session, number=numbers[session], stage=stage.value, due_at=each.start, late=False, walk_in=False,
            arrived_at=each.arrives, called_at=begins - dt.timedelta(minutes=1) if went_in else None,
            started_at=begins if went_in else None,
            finished_at=each.end - dt.timedelta(minutes=1) if stage is Stage.FINISHED else None,
            call_count=int(went_in), room=room if went_in else "", changed_by=None, updated_at=rows.now,
        )  # fmt: skip
    for session, last in numbers.items():
        rows.add(
            "desk_visit_numbers", doctor_id=doctor_id, day=rows.today, session=session, last=last, calls=last
        )
