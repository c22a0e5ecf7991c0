"""The day board's words, rows and commands.

Times: `starts_at` and the like are aware UTC instants; `day` is a date in the clinic's zone; `minutes` are
lengths. The screen turns instants into the clinic's zone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission
from tcmdesk.features.schedules import types as schedules

if TYPE_CHECKING:
    from tcmdesk.core.errors import SupportsGettext
    from tcmdesk.features.patients.types import Gender, PatientRef
    from tcmdesk.features.visits.types import VisitState

READ: Final = permission("appointments:board:read", Role.DOCTOR, Role.FRONT_DESK, Role.PHARMACIST)
BOOK: Final = permission("appointments:booking:write", Role.DOCTOR, Role.FRONT_DESK)
EXTRA: Final = permission("appointments:booking:extra", Role.DOCTOR, Role.FRONT_DESK)
BLOCK: Final = permission("appointments:block:write")
COMPLETE: Final = permission("appointments:visit:complete", Role.DOCTOR, Role.FRONT_DESK)

GRID_MINUTES: Final = 5
"""Length of one claimed cell. Every start and length is a multiple, whatever a doctor's own cell length."""

BOARD_CELL_MINUTES: Final = 15
"""Length of one row of the day board."""

NOON: Final = 12 * 60
"""Where loads cut a day in two, minutes after midnight: the mornings that the platform offers end there."""

VIEW_KEYS: Final = 12
"""Function keys that hold a saved view."""

VIEW_NAME_MAX: Final = 50

LENGTHS: Final = (15, 30, 45, 60)
"""Lengths that the booking panel offers, minutes."""

REASON_MAX: Final = 500
SYMPTOMS_MAX: Final = 16000


class VisitType(StrEnum):
    """`appointments.visit_type`."""

    VIDEO = "online_video"
    IN_PERSON = "offline"


VISIT_TYPE_LABELS: Final = {VisitType.VIDEO: N_("Video"), VisitType.IN_PERSON: N_("In person")}


class Status(StrEnum):
    """`appointments.status`; NULL reads as pending."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


STATUS_LABELS: Final = {
    Status.PENDING: N_("Unconfirmed"),
    Status.CONFIRMED: N_("Confirmed"),
    Status.COMPLETED: N_("Done"),
    Status.CANCELLED: N_("Cancelled"),
}

ACTIVE: Final = frozenset({Status.PENDING, Status.CONFIRMED, Status.COMPLETED})
"""Statuses that hold their time."""


class Source(StrEnum):
    """Who made the booking."""

    DESK = "desk"
    PLATFORM = "platform"


SOURCE_LABELS: Final = {Source.DESK: N_("Front desk"), Source.PLATFORM: N_("Platform")}


class Kind(StrEnum):
    """First visit or follow-up (`has_visited_before`)."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"


KIND_LABELS: Final = {Kind.FIRST: N_("First visit"), Kind.FOLLOW_UP: N_("Follow-up")}


Session = schedules.Session
Closure = schedules.Closure
"""Hours are the schedules'; the board speaks of them too."""


@dataclass(frozen=True, slots=True)
class DoctorColumn:
    """One column of the board.

    `sessions` are the hours of the day that are left open: a cell outside them is closed. `closures` are the leaves and
    holidays that took the others.
    """

    doctor_id: str
    name: str
    department: str
    title: str
    sessions: tuple[Session, ...]
    closures: tuple[Closure, ...] = ()
    department_id: str | None = None


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """One appointment on the board.

    `starts_at` is None when the platform's slot text cannot be read: such a card lies in the tray, with the
    text in `slot_text`. `patient_confirmed` is False while a platform booking says only whose account it is
    (`ref` is then the account holder). `room` names the bed or room, `visit_kind` the sort of visit; `extra` is a
    booking beyond the doctor's hours or seats. `version` is what an edit compares with. On a board `symptoms` may be
    cut: an edit starts from the card that is read for it. `visit` is None until somebody has come or is marked as
    not having come.
    """

    appointment_id: str
    doctor_id: str
    ref: PatientRef
    patient_name: str
    gender: Gender
    birthday: dt.date | None
    starts_at: dt.datetime | None
    minutes: int
    slot_text: str
    visit_type: VisitType
    kind: Kind
    status: Status
    source: Source
    symptoms: str
    patient_confirmed: bool
    account_name: str
    version: AppointmentVersion
    visit: VisitState | None = None
    room: str = ""
    visit_kind: str = ""
    extra: bool = False

    @property
    def ends_at(self) -> dt.datetime | None:
        return None if self.starts_at is None else self.starts_at + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class AttendedCard:
    """An appointment with whose it is. `room` is where the person was called to, or the doctor's usual room."""

    card: AppointmentCard
    doctor_name: str
    department: str
    room: str


@dataclass(frozen=True, slots=True)
class AppointmentVersion:
    """The columns a change may touch, as they were read. It holds only while those it depends on are unchanged.

    `profile_id` is ours (`desk_appointments`), the rest the contract's.
    """

    doctor_id: str
    appointment_date: dt.datetime
    time_slot: str
    visit_type: VisitType
    symptoms: str
    has_visited_before: bool | None
    status: Status | None
    profile_id: str | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two or more active appointments of one doctor whose intervals overlap, earliest first."""

    doctor_id: str
    appointment_ids: tuple[str, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class SoldCell:
    """A half hour that the platform would still sell although the doctor cannot see anybody then.

    `start` is in wall-clock minutes of the clinic's day.
    """

    doctor_id: str
    start: int


@dataclass(frozen=True, slots=True)
class DayBoard:
    """Everything the board shows of one day, from one round trip."""

    day: dt.date
    cards: tuple[AppointmentCard, ...]
    unreadable: tuple[AppointmentCard, ...]
    clashes: tuple[Clash, ...]
    still_sold: tuple[SoldCell, ...] = ()


class Span(StrEnum):
    """How much of time the board shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class BoardView:
    """What the board shows, apart from the day.

    `doctor_id` is the week's doctor, in a day or month the only one; `department` narrows a day or month. Both
    empty: everybody. `zoom` is the height of a cell, 1 being as high as the window allows.
    """

    span: Span = Span.DAY
    doctor_id: str = ""
    department: str = ""
    zoom: float = 1.0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view on one of the function keys (1 to 12) of the person who saved it."""

    key: int
    name: str
    view: BoardView


@dataclass(frozen=True, slots=True)
class HalfDay:
    """Active appointments before or after noon: how many, their minutes, and how many are unconfirmed."""

    count: int = 0
    minutes: int = 0
    unconfirmed: int = 0

    def __add__(self, other: HalfDay) -> HalfDay:
        return HalfDay(
            self.count + other.count, self.minutes + other.minutes, self.unconfirmed + other.unconfirmed
        )


@dataclass(frozen=True, slots=True)
class DayLoad:
    """What one doctor has on one day. `unplaced` are appointments whose time cannot be read; counted, not placed."""

    day: dt.date
    doctor_id: str
    morning: HalfDay = HalfDay()
    afternoon: HalfDay = HalfDay()
    unplaced: HalfDay = HalfDay()

    @property
    def whole(self) -> HalfDay:
        return self.morning + self.afternoon + self.unplaced


class PartOfDay(StrEnum):
    """When somebody would like to come: until 12:00, from then until 18:00, or later."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


PART_OF_DAY_LABELS: Final = {
    PartOfDay.MORNING: N_("Morning"),
    PartOfDay.AFTERNOON: N_("Afternoon"),
    PartOfDay.EVENING: N_("Evening"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """A free start for a doctor, and how long the visit would be in minutes."""

    doctor_id: str
    starts_at: dt.datetime
    minutes: int = 0
    doctor_name: str = ""


@dataclass(frozen=True, slots=True)
class LeaveHit:
    """A booking that a leave or holiday hits, and other times for it: the first is what is suggested."""

    card: AppointmentCard
    alternatives: tuple[Opening, ...]


@dataclass(frozen=True, slots=True)
class LastVisit:
    """When a person was here last, by the clinic's day, and with whom."""

    day: dt.date
    doctor: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The kinds that a doctor's visits may be, his own first, and the beds and rooms that he may use."""

    kinds: tuple[schedules.VisitKind, ...] = ()
    resources: tuple[schedules.Resource, ...] = ()

    def kind(self, kind_id: str | None) -> schedules.VisitKind | None:
        """The named one; None is the usual one, ``""`` none."""
        if kind_id is None:
            return next((kind for kind in self.kinds if kind.usual), None)
        return next((kind for kind in self.kinds if kind.kind_id == kind_id), None)


NOTHING: Final = Offered()


@dataclass(frozen=True, slots=True)
class BookAppointment:
    """Book `patient` with a doctor. `appointment_id` is made by the dialog, so a retry is the same booking.

    `minutes` are the doctor's. `visit_kind_id` decides what bed or room goes with it, None what is usual for the
    doctor, ``""`` none at all; `resource_id` names one, else a free one is found. `extra_reason` makes it a booking
    beyond the doctor's hours or seats; it needs the permission.
    """

    appointment_id: str
    doctor_id: str
    patient: PatientRef
    starts_at: dt.datetime
    minutes: int
    visit_type: VisitType
    kind: Kind
    symptoms: str
    visit_kind_id: str | None = None
    resource_id: str | None = None
    extra_reason: str | None = None


@dataclass(frozen=True, slots=True)
class MoveAppointment:
    """Give an appointment another time, doctor or length. Its bed or room comes along, or another that is free.

    `resource_id` names a bed or room; `extra_reason` as in `BookAppointment`.
    """

    appointment_id: str
    version: AppointmentVersion
    doctor_id: str
    starts_at: dt.datetime
    minutes: int
    resource_id: str | None = None
    extra_reason: str | None = None


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """Cancel with a reason that the patient is told."""

    appointment_id: str
    version: AppointmentVersion
    reason: str


@dataclass(frozen=True, slots=True)
class RestoreAppointment:
    """Undo a cancellation: the cells are claimed again, or it is refused because someone took them."""

    appointment_id: str
    status: Status


@dataclass(frozen=True, slots=True)
class EditAppointment:
    """Change what is said about a visit, not its time.

    `patient_confirmed` False leaves open for whom of the account a platform booking is.
    """

    appointment_id: str
    version: AppointmentVersion
    visit_type: VisitType
    kind: Kind
    symptoms: str
    patient: PatientRef
    patient_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Confirm or complete."""

    appointment_id: str
    version: AppointmentVersion
    status: Status


@dataclass(frozen=True, slots=True)
class Booked:
    """A booking that holds. `clash` lists platform rows that overlap it all the same (they lock nothing)."""

    appointment_id: str
    starts_at: dt.datetime
    minutes: int
    clash: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookingWarning:
    """Something to look at before booking; it does not stand in the way."""

    code: str
    message: str
    params: tuple[tuple[str, object], ...] = ()

    def text(self, translator: SupportsGettext) -> str:
        """The message in the reader's language."""
        return translator.gettext(self.message).format(**dict(self.params))


@dataclass(frozen=True, slots=True)
class HoldTime:
    """Keep a time for someone. `hold_id` is made by the caller and becomes the appointment's id."""

    hold_id: str
    doctor_id: str
    patient: PatientRef
    starts_at: dt.datetime
    minutes: int
    keep_minutes: int


@dataclass(frozen=True, slots=True)
class Hold:
    """A time that is kept for someone until `expires_at`, by the server's clock."""

    hold_id: str
    doctor_id: str
    starts_at: dt.datetime
    minutes: int
    patient: PatientRef
    patient_name: str
    expires_at: dt.datetime

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)
