"""Four weeks of appointments around today, as the desks and the platform would have written them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from tcmdesk.cli.demo import hours, people
from tcmdesk.cli.demo.today import CHILD_YEARS, TODAY, UNREADABLE, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.cli.demo.clinic import Clinic
    from tcmdesk.cli.demo.hours import Furniture
    from tcmdesk.cli.demo.rows import Person, Row, Rows

WEEKS_BACK: Final = 2
WEEKS_AHEAD: Final = 2
SESSIONS: Final = (hours.MORNING, hours.AFTERNOON)
"""The clinic's own hours, minutes after midnight."""

LAID: Final = (8 * 60, 20 * 60)
"""Cells are laid for this part of the day, whole blocks of four hours in UTC as well."""

CELL_MINUTES: Final = 5
PLATFORM_LENGTH: Final = 30
CANCEL_REASONS: Final = ("患者来电取消", "临时有事，改日再约", "医师外出会诊")
Status = Literal["pending", "confirmed", "completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class _Booking:
    """One appointment before it is written. `adopted` platform bookings have a row of ours as well."""

    doctor_id: str
    person: Person
    day: dt.date
    start: int
    minutes: int
    status: Status
    video: bool
    first: bool
    platform: bool
    adopted: bool
    slot_text: str
    sort: str = ""
    extra: str = ""
    moved_from: dt.datetime | None = None


def build(rows: Rows, clinic: Clinic, furniture: Furniture) -> None:
    """Fill the tables of appointments."""
    writer = _Writer(rows, clinic, furniture)
    for offset in range(-7 * WEEKS_BACK, 7 * WEEKS_AHEAD):
        day = rows.today + dt.timedelta(days=offset)
        bookings = _composed(rows, clinic) if offset == 0 else _random_day(rows, clinic, day)
        for booking in bookings:
            writer.write(booking)
    for doctor, text, name, _, _ in UNREADABLE:
        writer.write_unreadable(clinic.doctors[doctor], text, clinic.by_name[name])
    writer.lay_cells()


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _status(rows: Rows, day: dt.date, end: int, plan: str) -> Status:
    if plan == "cancelled":
        return "cancelled"
    if rows.moment(day, end) <= rows.now:
        return "completed"
    return "pending" if plan == "pending" else "confirmed"


def _slot_text(rows: Rows, start: int, minutes: int) -> str:
    """How the platform may write a time; a plain start means its own half hour."""
    if minutes != PLATFORM_LENGTH:
        return f"{_clock(start)}-{_clock(start + minutes)}"
    return rows.dice.choice((_clock(start), _clock(start), f"{_clock(start)}-{_clock(start + minutes)}"))


def _composed(rows: Rows, clinic: Clinic) -> Iterator[_Booking]:
    for visit in TODAY:
        start = _minutes(visit.start)
        day = hours.next_working_day(visit.doctor, rows.today) if visit.moved else rows.today
        yield _Booking(
            doctor_id=clinic.doctors[visit.doctor],
            person=clinic.by_name[visit.name],
            day=day,
            start=start,
            minutes=visit.minutes,
            status=_status(rows, day, start + visit.minutes, visit.plan),
            video=visit.video,
            first=visit.first,
            platform=visit.platform,
            adopted=visit.platform and visit.plan == "confirmed" and _is_family(clinic, visit),
            slot_text=_slot_text(rows, start, visit.minutes) if visit.platform else _clock(start),
            sort=visit.sort or hours.usual_kind(visit.doctor),
            extra=visit.extra,
            moved_from=rows.moment(rows.today, start) if visit.moved else None,
        )


def _is_family(clinic: Clinic, visit: Visit) -> bool:
    # the desk has asked whom the booking is for, which only a row of ours can say
    return clinic.by_name[visit.name].profile_id is not None


def _random_day(rows: Rows, clinic: Clinic, day: dt.date) -> Iterator[_Booking]:
    dice = rows.dice
    nearness = 1 - abs((day - rows.today).days) / 20
    load = (0.30 if day.weekday() >= 5 else 0.72) * (1 if day < rows.today else nearness)
    for at in range(len(clinic.doctors)):
        crowd = clinic.children if people.DOCTORS[at].field == "children" else clinic.adults
        lengths = (45, 45, 30) if people.DOCTORS[at].field == "needles" else (15, 15, 30)
        for first_minute, end in hours.sessions(at, day, rows.today):
            start = first_minute
            while start < end:
                minutes = min(dice.choice(lengths), end - start)
                booked = dice.random() < load and not _moved_there(rows, at, day, start, start + minutes)
                if booked:
                    yield _random_booking(rows, clinic, at, dice.choice(crowd), day, start, minutes)
                start += minutes


def _moved_there(rows: Rows, doctor: int, day: dt.date, start: int, end: int) -> bool:
    """Whether somebody who was moved because of today's leave has the time."""
    if day != hours.next_working_day(doctor, rows.today):
        return False
    there = [
        (_minutes(visit.start), visit.minutes) for visit in TODAY if visit.moved and visit.doctor == doctor
    ]
    return any(start < begins + length and begins < end for begins, length in there)


def _random_booking(
    rows: Rows, clinic: Clinic, doctor: int, person: Person, day: dt.date, start: int, minutes: int
) -> _Booking:
    dice = rows.dice
    platform = dice.random() < 0.3
    plan = dice.choices(("confirmed", "pending", "cancelled"), (80, 12 if platform else 4, 8))[0]
    return _Booking(
        doctor_id=clinic.doctors[doctor],
        person=person,
        day=day,
        start=start,
        minutes=minutes,
        status=_status(rows, day, start + minutes, plan),
        video=platform and dice.random() < 0.5,
        first=dice.random() < 0.3,
        platform=platform,
        adopted=platform and (plan == "confirmed" or person.profile_id is not None),
        slot_text=_slot_text(rows, start, minutes) if platform else _clock(start),
        sort=hours.usual_kind(doctor),
    )


class _Writer:
    def __init__(self, rows: Rows, clinic: Clinic, furniture: Furniture) -> None:
        self.rows = rows
        self.clinic = clinic
        self.furniture = furniture
        self.next_bed = len(furniture.beds) - 1
        self.held: dict[tuple[str, dt.datetime], str | None] = {}
        self.clerk = next(
            row["id"] for row in rows.tables["users"] if row["account"] == people.OTHERS[0].account
        )

    def write(self, booking: _Booking) -> None:
        rows = self.rows
        exact = rows.moment(booking.day, booking.start)
        desk = not booking.platform or booking.adopted
        # the platform keeps any time of the day beside its slot text
        date = exact if desk else rows.moment(booking.day, rows.dice.randrange(0, 24 * 60))
        appointment_id = self._appointment(
            booking.doctor_id, booking.person, date, booking.slot_text, booking.status,
            video=booking.video, first=booking.first,
        )  # fmt: skip
        if not desk:
            return
        cancelled = booking.status == "cancelled"
        created = min(exact, rows.now) - dt.timedelta(days=rows.dice.randrange(1, 12))
        rows.add(
            "desk_appointments", appointment_id=appointment_id, profile_id=booking.person.profile_id,
            starts_at=exact, minutes=booking.minutes, source="platform" if booking.platform else "desk",
            kind="first" if booking.first else "follow_up", created_by=self.clerk, patient_confirmed=True,
            overlap_kept=False, created_at=created, updated_at=created,
            cancel_reason=rows.dice.choice(CANCEL_REASONS) if cancelled else None,
            cancelled_by=self.clerk if cancelled else None, cancelled_at=created if cancelled else None,
            visit_kind_id=self.furniture.kinds.get(booking.sort), **self._bed(booking, exact),
            extra=bool(booking.extra), extra_reason=booking.extra or None,
        )  # fmt: skip
        if booking.moved_from is not None:
            rows.add(
                "desk_leave_moves", exception_id=self.furniture.leave, appointment_id=appointment_id,
                starts_at=booking.moved_from, created_at=rows.now,
            )  # fmt: skip
        if not cancelled:
            bed = rows.tables["desk_appointments"][-1]["resource_id"]
            for holder in filter(None, (booking.doctor_id, bed)):
                for minute in range(0, booking.minutes, CELL_MINUTES):
                    self.held[holder, exact + dt.timedelta(minutes=minute)] = appointment_id

    def _bed(self, booking: _Booking, exact: dt.datetime) -> Row:
        """A needle bed for as long as the visit, one after the other; nothing for other visits."""
        if booking.sort != hours.usual_kind(hours.NEEDLES):
            return {"resource_id": None, "resource_from": None, "resource_minutes": None}
        bed = self.furniture.beds[self.next_bed]
        self.next_bed = (self.next_bed + 1) % len(self.furniture.beds)
        return {"resource_id": bed, "resource_from": exact, "resource_minutes": booking.minutes}

    def lay_cells(self) -> None:
        """Every cell that is held, and from today on the free ones of the clinic's day too."""
        rows = self.rows
        free = [
            rows.moment(rows.today + dt.timedelta(days=day), minute)
            for day in range(7 * WEEKS_AHEAD)
            for minute in range(*LAID, CELL_MINUTES)
        ]
        laid = {(doctor_id, cell): None for doctor_id in self.clinic.doctors for cell in free} | self.held
        for (doctor_id, cell), appointment_id in laid.items():
            rows.add("desk_slots", resource_id=doctor_id, cell=cell, seat=0, appointment_id=appointment_id)

    def write_unreadable(self, doctor_id: str, text: str, person: Person) -> None:
        rows = self.rows
        noon = rows.moment(rows.today, 12 * 60)
        self._appointment(doctor_id, person, noon, text, "pending", video=False, first=True)

    def _appointment(
        self, doctor_id: str, person: Person, date: dt.datetime, slot: str, status: Status,
        *, video: bool, first: bool,
    ) -> str:  # fmt: skip
        rows = self.rows
        appointment_id = rows.new_id()
        created = min(date, rows.now) - dt.timedelta(days=rows.dice.randrange(1, 12))
        rows.add(
            "appointments", id=appointment_id, patient_id=person.user_id, doctor_id=doctor_id,
            appointment_date=date, time_slot=slot, visit_type="online_video" if video else "offline",
            symptoms=self._complaint(doctor_id, person), has_visited_before=not first, status=status,
            created_at=created, updated_at=created,
        )  # fmt: skip
        return appointment_id

    def _complaint(self, doctor_id: str, person: Person) -> str:
        doctor = people.DOCTORS[self.clinic.doctors.index(doctor_id)]
        choices: tuple[str, ...] = people.COMPLAINTS
        if person.age < CHILD_YEARS:
            choices = people.CHILDRENS_COMPLAINTS
        elif doctor.field == "women" and person.gender == "female" and person.age < 60:
            choices = people.WOMENS_COMPLAINTS
        return self.rows.dice.choice(choices)
