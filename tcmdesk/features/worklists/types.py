"""The desk's lists: what came from the platform, what is unconfirmed, who should come again, who did not come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import AppointmentCard

READ: Final = permission("worklists:list:read", Role.DOCTOR, Role.FRONT_DESK)
WRITE: Final = permission("worklists:list:write", Role.DOCTOR, Role.FRONT_DESK)
SETTINGS: Final = permission("worklists:settings:write")

PAGE: Final = 50
"""Rows read at once."""

RECALL_DAYS: Final = (14, 30, 60, 90, 180)
"""After how many days without a visit somebody is recalled; the first that is offered is `RECALL_DEFAULT`."""

RECALL_DEFAULT: Final = 30
RECALL_SPAN_DAYS: Final = 180
"""Whose last visit is longer ago than the chosen days by so many is not called any more."""

NO_SHOW_DAYS: Final = 30
SNOOZE_DAYS: Final = 7


class ListName(StrEnum):
    """The four lists."""

    INBOX = "inbox"
    UNCONFIRMED = "unconfirmed"
    RECALL = "recall"
    NO_SHOW = "no_show"


LIST_LABELS: Final = {
    ListName.INBOX: N_("From the platform"),
    ListName.UNCONFIRMED: N_("Unconfirmed"),
    ListName.RECALL: N_("Recall"),
    ListName.NO_SHOW: N_("Did not come"),
}

Key = tuple[dt.datetime, str]
"""What a page ends with: the moment its list is ordered by, and the appointment's id."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list: an appointment, its doctor's name, and whose phone to call.

    `new` says that the reader has not seen it, `family` that the account has other persons too. `at` is what the list is ordered by. `subject` is what a mark is
    about: the appointment, in the recall list the person.
    """

    card: AppointmentCard
    doctor_name: str
    phone: str | None
    at: dt.datetime
    subject: str
    new: bool = False
    family: bool = False

    @property
    def key(self) -> Key:
        return self.at, self.card.appointment_id


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and where the next page begins; None when there is none."""

    rows: tuple[ListRow, ...]
    next: Key | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What is new for a reader: ids of new bookings, newest first, and whether they make a sound."""

    new_ids: tuple[str, ...]
    sound: bool


@dataclass(frozen=True, slots=True)
class AutoConfirm:
    """Which of the platform's bookings the clinic confirms without looking.

    `doctors` are ids; none means all. `known_only` asks for an earlier visit, `in_person_only` leaves out video.
    """

    on: bool = False
    doctors: tuple[str, ...] = ()
    known_only: bool = True
    in_person_only: bool = False
