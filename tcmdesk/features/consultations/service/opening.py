"""Opening a video visit, and what the screens read of all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import insert

from tcmdesk.core.errors import Conflict
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.service.times import day_bounds
from tcmdesk.features.appointments.types import Status, VisitType
from tcmdesk.features.consultations.models import DeskVideoVisit, VideoConsultation
from tcmdesk.features.consultations.queries.calls import read_call_settings
from tcmdesk.features.consultations.queries.patient import minutes_of
from tcmdesk.features.consultations.queries.rooms import (
    lock_appointment,
    read_open_of,
    read_room,
)
from tcmdesk.features.consultations.queries.visits import read_day, read_past, read_visit
from tcmdesk.features.consultations.service import _rules as rules
from tcmdesk.features.consultations.service._tokens import new_token
from tcmdesk.features.consultations.service.ice import servers_of
from tcmdesk.features.consultations.service.licence import demand_open
from tcmdesk.features.consultations.types import CALL, OPEN, READ, CallSetup, Room, VideoVisit, VisitStatus
from tcmdesk.features.settings.service import clinic

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

PAGE: Final = 50
NO_SHOW_MINUTES: Final = 30


@requires(OPEN)
def open_visit(uow: UnitOfWork, actor: Actor, appointment_id: str) -> Room:
    """Make a confirmed online appointment a consultation; one that is open already is returned, whoever made it.

    Raises:
        Conflict: ``video.off`` and the like, or the appointment is not confirmed, not by video, or over.
        NotFound: the appointment.
    """
    # two desks that open the same appointment wait for each other here
    lock_appointment(uow.connection, appointment_id)
    there = read_open_of(uow.connection, appointment_id)
    if there is not None:
        return there
    zone = clinic(uow.connection, actor).zone
    visit = read_visit(uow.connection, appointment_id, zone)
    if visit is None:
        raise rules.gone()
    if visit.visit_type != VisitType.VIDEO:
        raise Conflict(
            "video.in_person", N_("This appointment is in person. Change it to video first, in its details.")
        )
    if visit.appointment_status != Status.CONFIRMED:
        raise Conflict("video.unconfirmed", N_("Only a confirmed appointment can be held. Confirm it first."))
    demand_open(uow.connection, visit.doctor_id, uow.now)
    room = Room(
        uuid7(), appointment_id, f"room_{uuid4().hex}", visit.doctor_id, visit.doctor_user_id,
        visit.ref.user_id, VisitStatus.WAITING,
    )  # fmt: skip
    settings = read_call_settings(uow.connection)
    uow.execute(
        insert(VideoConsultation).values(
            id=room.consultation_id,
            appointment_id=appointment_id,
            doctor_id=room.doctor_id,
            patient_id=room.patient_user_id,
            room_id=room.room_id,
            status=room.status.value,
            scheduled_start_time=visit.starts_at,
            doctor_token=new_token(),
            patient_token=new_token(),
            ice_servers=list(
                servers_of(
                    settings.get("ice_servers"), settings.get("turn_secret"), room.patient_user_id,
                    max(visit.starts_at, uow.now),
                )
            ),
            chief_complaint=visit.symptoms or None,
        )
    )  # fmt: skip
    uow.execute(
        insert(DeskVideoVisit).values(consultation_id=room.consultation_id, profile_id=visit.ref.profile_id)
    )
    return room


@requires(READ)
def visits_of_day(
    connection: Connection, actor: Actor, day: dt.date, zone: ZoneInfo
) -> tuple[VideoVisit, ...]:
    """The online visits of a clinic's day in order of start, opened or not. One statement."""
    return read_day(connection, *day_bounds(day, zone), zone)


@requires(READ)
def visit(connection: Connection, actor: Actor, appointment_id: str, zone: ZoneInfo) -> VideoVisit:
    """One appointment's video visit. One statement.

    Raises:
        NotFound: ``video.gone``.
    """
    found = read_visit(connection, appointment_id, zone)
    if found is None:
        raise rules.gone()
    return found


@requires(READ)
def past_visits(
    connection: Connection, actor: Actor, zone: ZoneInfo, *, before: dt.datetime | None = None
) -> tuple[VideoVisit, ...]:
    """A page of visits that are over, the latest first; `before` is the start of the last one shown."""
    return read_past(connection, zone, before=before, count=PAGE)


@requires(READ)
def no_show_after(connection: Connection, actor: Actor) -> dt.timedelta:
    """How long after its time a visit counts as missed: `video_call.no_show_minutes`, or half an hour."""
    stored = read_call_settings(connection).get("no_show_minutes", "")
    return dt.timedelta(minutes=int(stored) if stored.isdecimal() and int(stored) else NO_SHOW_MINUTES)


@requires(CALL)
def call_setup(connection: Connection, actor: Actor, room_id: str, *, now: dt.datetime) -> CallSetup:
    """What the doctor's desk needs for the call. Two statements.

    Raises:
        Conflict: ``video.over``.
        NotFound: ``video.gone``.
        PermissionDenied: another doctor's.
    """
    room = read_room(connection, room_id)
    if room is None:
        raise rules.gone()
    rules.own_doctor(actor, room.doctor_id)
    if room.status not in {VisitStatus.WAITING, VisitStatus.IN_PROGRESS}:
        raise rules.over(room.status)
    settings = read_call_settings(connection)
    return CallSetup(
        room=room,
        ice_servers=servers_of(
            settings.get("ice_servers"), settings.get("turn_secret"), room.doctor_user_id, now
        ),
        max_minutes=minutes_of(settings.get("max_duration")),
    )
