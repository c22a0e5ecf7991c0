"""A doctor's week, and what differs from it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert

from tcmdesk.core.actor import Actor, Staff, actor_id
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import demand, requires
from tcmdesk.core.registry import panel
from tcmdesk.features.schedules.models import DeskException, DeskHours, DeskLeaveMove
from tcmdesk.features.schedules.queries.plans import read_hours
from tcmdesk.features.schedules.service import _rules as rules
from tcmdesk.features.schedules.types import (
    LEAVE,
    READ,
    WRITE,
    DoctorDay,
    ExceptionKind,
    HoursException,
    HoursRule,
    Plan,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy import Connection

    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.schedules.queries.parts import Reading
    from tcmdesk.features.schedules.queries.timetable import Timetable
    from tcmdesk.features.schedules.types import Session

HOURS_CHECK: Final = "hours_check"
"""Name in the registry of what finds bookings that new hours leave no room for: appointments are above this feature.

``check(connection, doctor_id, before, after, now, zone)`` with two timetables returns them.
"""

AHEAD: Final = dt.timedelta(days=730)
"""How far exceptions are looked at."""


@requires(READ)
def plan(connection: Connection, actor: Actor, doctor_id: str | None, *, since: dt.date) -> Plan:
    """The rules of a doctor and the exceptions from a day on, the whole clinic's among them. One statement.

    `doctor_id` None gives the clinic's own: everybody's rules and the holidays.
    """
    found = read_hours(connection, since, since + AHEAD, doctor_id=doctor_id)
    exceptions = sorted(found.exceptions, key=lambda each: (each.from_day, each.session.start))
    week = sorted(found.rules, key=lambda rule: (rule.weekday, rule.session.start))
    return Plan(doctor_id or "", tuple(week), tuple(exceptions), found.timetable().hours)


@requires(READ)
def days(
    connection: Connection, actor: Actor, doctor_ids: Sequence[str], first: dt.date, last: dt.date
) -> tuple[DoctorDay, ...]:
    """The days of some doctors, by doctor and day. One statement."""
    timetable = read_hours(connection, first, last).timetable()
    span = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(timetable.day(doctor_id, day) for doctor_id in doctor_ids for day in span)


@requires(WRITE)
def save_week(
    uow: UnitOfWork, actor: Actor, doctor_id: str, week: Sequence[HoursRule], *, keep: bool = False
) -> None:
    """Replace all rules of a doctor; an empty week gives him the clinic's hours again.

    Bookings that the new hours have no room for are never touched. With `keep` they stay and the board marks them.

    Raises:
        Conflict: ``schedules.booked`` with those bookings in `current`, unless `keep`.
        ValidationError: impossible or overlapping hours.
    """
    rules.check_week(week)
    before = _reading(uow, doctor_id)
    uow.execute(delete(DeskHours).where(DeskHours.doctor_id == doctor_id))
    for rule in week:
        uow.execute(
            insert(DeskHours).values(
                id=rule.rule_id, doctor_id=doctor_id, weekday=rule.weekday, **_columns(rule.session),
                valid_from=rule.valid_from, valid_until=rule.valid_until, created_by=actor_id(actor),
            )
        )  # fmt: skip
    if not keep:
        _refuse_displaced(uow, doctor_id, before)


@requires(LEAVE)
def add_exception(uow: UnitOfWork, actor: Actor, exception: HoursException, *, keep: bool = False) -> None:
    """Enter a leave, a holiday, an extra session or changed hours.

    For leave and holidays the bookings they hit are the caller's concern; see `appointments.service.leave`.

    Raises:
        Conflict: ``schedules.booked``, as `save_week`, for changed hours.
        PermissionDenied: only administrators change hours; a doctor enters leave of their own.
        ValidationError: days that are over, hours that are impossible or overlap others, no reason.
    """
    _demand(actor, exception)
    before = _reading(uow, exception.doctor_id)
    zone = before.zone
    today = uow.now.astimezone(zone).date()
    rules.check_days(exception.from_day, exception.until_day, today)
    _check_hours(exception, uow.now, zone)
    reason = exception.reason.strip()
    if exception.kind in {ExceptionKind.LEAVE, ExceptionKind.HOLIDAY}:
        reason = rules.check_reason(reason)
    _refuse_overlaps(exception, before.timetable())
    uow.execute(
        insert(DeskException).values(
            id=exception.exception_id, kind=exception.kind.value, doctor_id=exception.doctor_id,
            from_day=exception.from_day, until_day=exception.until_day, **_columns(exception.session),
            reason=reason, created_by=actor_id(actor),
        )
    )  # fmt: skip
    if exception.kind is ExceptionKind.CHANGED and exception.doctor_id and not keep:
        _refuse_displaced(uow, exception.doctor_id, before)


@requires(LEAVE)
def remove_exception(uow: UnitOfWork, actor: Actor, exception: HoursException) -> None:
    """Take an exception back; bookings that were moved because of it stay where they are.

    Raises:
        NotFound: it is gone already.
        PermissionDenied: as `add_exception`.
    """
    _demand(actor, exception)
    found = uow.execute(delete(DeskException).where(DeskException.id == exception.exception_id))
    if not found.rowcount:
        raise NotFound("schedules.gone", N_("This entry is no longer there."))
    uow.execute(delete(DeskLeaveMove).where(DeskLeaveMove.exception_id == exception.exception_id))


@requires(LEAVE)
def note_move(
    uow: UnitOfWork, actor: Actor, exception_id: str, appointment_id: str, starts_at: dt.datetime
) -> None:
    """Remember that a booking left its time because of a leave."""
    uow.execute(delete(DeskLeaveMove).where(
        DeskLeaveMove.exception_id == exception_id, DeskLeaveMove.appointment_id == appointment_id
    ))  # fmt: skip
    uow.execute(
        insert(DeskLeaveMove).values(
            exception_id=exception_id, appointment_id=appointment_id, starts_at=starts_at
        )
    )


def _demand(actor: Actor, exception: HoursException) -> None:
    if exception.kind is not ExceptionKind.LEAVE:
        demand(actor, WRITE)
    own = not isinstance(actor, Staff) or actor.doctor_id in {None, exception.doctor_id}
    if not own and not WRITE.held_by(actor):
        raise PermissionDenied(
            "schedules.own_leave", N_("Doctors enter leave of their own. Ask the front desk.")
        )


def _check_hours(exception: HoursException, now: dt.datetime, zone: dt.tzinfo) -> None:
    session = exception.session
    if exception.kind in {ExceptionKind.EXTRA, ExceptionKind.CHANGED}:
        rules.check_session(session)
        return
    if not 0 <= session.start < session.end <= 24 * 60:
        raise ValidationError(
            "schedules.hours", N_("Hours begin before they end. Correct {start}–{end}."), field="end",
            start=rules.clock(session.start), end=rules.clock(session.end),
        )  # fmt: skip
    midnight = dt.datetime.combine(exception.until_day, dt.time(), zone)
    if midnight + dt.timedelta(minutes=session.end) <= now.astimezone(zone):
        raise rules.past()


def _refuse_overlaps(exception: HoursException, before: Timetable) -> None:
    """Leave twice, an extra session in hours that are open, changed hours that overlap each other."""
    day = exception.from_day
    while day <= exception.until_day:
        for other in before.exceptions:
            if (
                other.kind is exception.kind
                and other.doctor_id == exception.doctor_id
                and other.covers(day)
                and rules.meet(other.session, exception.session)
            ):
                raise rules.overlap(other.session, exception.session)
        if exception.kind is ExceptionKind.EXTRA and exception.doctor_id:
            for session in before.day(exception.doctor_id, day).sessions:
                if rules.meet(session, exception.session):
                    raise rules.overlap(session, exception.session)
        day += dt.timedelta(days=1)


def _reading(uow: UnitOfWork, doctor_id: str | None) -> Reading:
    today = uow.now.date() - dt.timedelta(days=1)
    return read_hours(uow.connection, today, today + AHEAD, doctor_id=doctor_id)


def _refuse_displaced(uow: UnitOfWork, doctor_id: str, before: Reading) -> None:
    try:
        check = panel(HOURS_CHECK)
    except LookupError:
        return
    after = _reading(uow, doctor_id)
    displaced = check(uow.connection, doctor_id, before.timetable(), after.timetable(), uow.now, after.zone)
    if displaced:
        raise Conflict(
            "schedules.booked",
            N_(
                "{count} bookings have no room in these hours. Move them, or keep them; the board then marks them."
            ),
            current=displaced,
            count=len(displaced),
        )


def _columns(session: Session) -> dict[str, Any]:
    return {
        "starts": session.start, "ends": session.end, "cell": session.cell, "seats": session.seats,
        "video": session.video, "in_person": session.in_person,
    }  # fmt: skip
