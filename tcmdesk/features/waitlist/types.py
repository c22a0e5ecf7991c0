"""Who waits for a time, and the offers made to them.

Times: `starts_at` and the like are aware UTC instants; days and minutes of the day are the clinic's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import VisitType
    from tcmdesk.features.patients.types import Gender, PatientRef

READ: Final = permission("waitlist:entry:read", Role.DOCTOR, Role.FRONT_DESK)
WRITE: Final = permission("waitlist:entry:write", Role.DOCTOR, Role.FRONT_DESK)
SETTINGS: Final = permission("waitlist:settings:write")

NOTE_MAX: Final = 500
EVERY_DAY: Final = 0b1111111
"""All seven weekdays; Monday is the lowest bit."""

DAY_MINUTES: Final = 24 * 60
NOON: Final = 12 * 60
MORNING: Final = (0, NOON)
AFTERNOON: Final = (NOON, DAY_MINUTES)
WHOLE_DAY: Final = (0, DAY_MINUTES)

KEEP_MINUTES: Final = 10
"""How long an offer stands unless the clinic has set something else."""


class EntryStatus(StrEnum):
    """`desk_waitlist.status`."""

    WAITING = "waiting"
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"


ENTRY_LABELS: Final = {
    EntryStatus.WAITING: N_("Waiting for a time"),
    EntryStatus.BOOKED: N_("Booked"),
    EntryStatus.WITHDRAWN: N_("Taken off"),
}


class OfferStatus(StrEnum):
    """`desk_waitlist_offers.status`; a held one whose time has run out reads as expired."""

    HELD = "held"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OFFER_LABELS: Final = {
    OfferStatus.HELD: N_("Offered"),
    OfferStatus.ACCEPTED: N_("Accepted"),
    OfferStatus.DECLINED: N_("Declined"),
    OfferStatus.WITHDRAWN: N_("Withdrawn"),
    OfferStatus.EXPIRED: N_("Ran out"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone waits for.

    Without `doctor_id` any doctor of `department` will do, and without either any of the clinic. `weekdays` has
    a bit a day, Monday lowest; `window` are the minutes of the day between which the visit must lie; both days
    are included.
    """

    doctor_id: str | None
    department: str | None
    weekdays: int
    window: tuple[int, int]
    first_day: dt.date
    last_day: dt.date
    minutes: int
    visit_type: VisitType
    note: str = ""
    urgent: bool = False

    def on(self, day: dt.date) -> bool:
        """Whether a day will do."""
        return self.first_day <= day <= self.last_day and bool(self.weekdays >> day.weekday() & 1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A time that was offered. `expires_at` is by the server's clock."""

    offer_id: str
    entry_id: str
    doctor_id: str
    starts_at: dt.datetime
    minutes: int
    expires_at: dt.datetime
    status: OfferStatus

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone who waits. `offer` is the one that runs now; `refused` the times that came to nothing.

    `clash` says that the platform has sold the offered time meanwhile.
    """

    entry_id: str
    patient: PatientRef
    patient_name: str
    gender: Gender
    birthday: dt.date | None
    phone: str | None
    wish: Wish
    doctor_name: str
    status: EntryStatus
    created_at: dt.datetime
    appointment_id: str | None = None
    offer: Offer | None = None
    offer_doctor: str = ""
    refused: tuple[tuple[str, dt.datetime], ...] = ()
    clash: bool = False


@dataclass(frozen=True, slots=True)
class Waitlist:
    """The list as it is, and the server's clock when it was read."""

    entries: tuple[Entry, ...]
    server_now: dt.datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Free time of a doctor, from one booking, break or hold to the next."""

    doctor_id: str
    doctor_name: str
    department: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Fit:
    """An entry and the first time of a gap that suits it."""

    entry: Entry
    doctor_id: str
    doctor_name: str
    starts_at: dt.datetime


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Put someone on the list. `entry_id` is made by the form, so that a retry is the same entry."""

    entry_id: str
    patient: PatientRef
    wish: Wish


@dataclass(frozen=True, slots=True)
class EditEntry:
    """Wish for something else."""

    entry_id: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Keep a time for someone and tell them. `keep_minutes` None is the clinic's setting."""

    offer_id: str
    entry_id: str
    doctor_id: str
    starts_at: dt.datetime
    keep_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The clinic's rules: minutes an offer stands, and whether a cancellation is offered on by itself."""

    keep_minutes: int = KEEP_MINUTES
    automatic: bool = True
