"""The words of a visit's day: arrived, called, in consultation, finished, did not come.

A visit is the day's side of an appointment and carries its id. Times are aware UTC instants; `day` is a date in the
clinic's zone. What an appointment may do is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    import datetime as dt

READ: Final = permission("visits:queue:read", Role.DOCTOR, Role.FRONT_DESK, Role.PHARMACIST)
ARRIVE: Final = permission("visits:arrival:write", Role.DOCTOR, Role.FRONT_DESK)
CALL: Final = permission("visits:call:write", Role.DOCTOR, Role.FRONT_DESK)
"""A doctor calls, starts and finishes visits of the own queue only; the front desk those of everybody."""

ROOM_MAX: Final = 50


class Stage(StrEnum):
    """`desk_visits.stage`. `EXPECTED` is a visit whose arrival was taken back; it keeps its number."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    CALLED = "called"
    IN_CONSULTATION = "in_consultation"
    FINISHED = "finished"
    NO_SHOW = "no_show"


STAGE_LABELS: Final = {
    Stage.EXPECTED: N_("Expected"),
    Stage.ARRIVED: N_("Arrived"),
    Stage.CALLED: N_("Called"),
    Stage.IN_CONSULTATION: N_("In consultation"),
    Stage.FINISHED: N_("Finished"),
    Stage.NO_SHOW: N_("Did not come"),
}

WAITING: Final = frozenset({Stage.ARRIVED, Stage.CALLED})
"""In the waiting room, or on the way to the doctor."""


class Session(StrEnum):
    """The part of the day in which numbers count from 1.

    A clinic's pauses lie around 13:00 and 18:00; the parts are cut there and not by a doctor's hours of the day, so that
    changing those never changes whose number is whose.
    """

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


def session_of(local: dt.datetime) -> Session:
    """The part of the day of a moment given in the clinic's zone."""
    if local.hour < 13:
        return Session.MORNING
    return Session.AFTERNOON if local.hour < 18 else Session.EVENING


@dataclass(frozen=True, slots=True)
class VisitState:
    """How far a visit has come.

    `number` is the person's at this doctor in this part of the day; None for one that was marked as no-show without
    having come. `called_at` is the last call, `call_count` counts them and never goes back, so that it also tells
    whether somebody else has called since. `room` is where the person was last called to. `due_at` orders the queue.
    """

    stage: Stage
    number: int | None
    arrived_at: dt.datetime | None = None
    called_at: dt.datetime | None = None
    started_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    call_count: int = 0
    room: str = ""
    walk_in: bool = False
    late: bool = False
    due_at: dt.datetime | None = None

    @property
    def waiting(self) -> bool:
        """Whether the person sits in the waiting room or has been called from there."""
        return self.stage in WAITING


@dataclass(frozen=True, slots=True)
class Arrive:
    """Somebody has come.

    `due_at` is the place in the queue as a moment, mostly the appointed time; `late` puts the visit behind those
    of the same moment. `walk_in` says that there was no appointment before.
    """

    appointment_id: str
    doctor_id: str
    day: dt.date
    session: Session
    due_at: dt.datetime
    late: bool = False
    walk_in: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Call someone. `call_count` is as it was read: of two desks that call at once, one is told."""

    appointment_id: str
    call_count: int
    room: str


@dataclass(frozen=True, slots=True)
class Advance:
    """Bring a visit to another stage; `seen` is the one that was read, None when there was no visit yet."""

    appointment_id: str
    seen: Stage | None
