"""What patients are told, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_, translator
from tcmdesk.features.notifications.service import notify
from tcmdesk.features.notifications.types import PATIENT_LANGUAGE, Message, MessageType

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Text:
    """The msgids of one kind of message."""

    type: MessageType
    title: str
    content: str


BOOKED: Final = Text(
    MessageType.APPOINTMENT_CONFIRMED,
    N_("Appointment booked"),
    N_("{patient} is booked with Dr {doctor} on {day} at {time}."),
)
CONFIRMED: Final = Text(
    MessageType.APPOINTMENT_CONFIRMED,
    N_("Appointment confirmed"),
    N_("{patient}'s appointment with Dr {doctor} on {day} at {time} is confirmed."),
)
MOVED: Final = Text(
    MessageType.APPOINTMENT_CONFIRMED,
    N_("Appointment moved"),
    N_("{patient}'s appointment is now with Dr {doctor} on {day} at {time}."),
)
RESTORED: Final = Text(
    MessageType.APPOINTMENT_CONFIRMED,
    N_("Appointment stands again"),
    N_("{patient}'s appointment with Dr {doctor} on {day} at {time} takes place after all."),
)
CANCELLED: Final = Text(
    MessageType.APPOINTMENT_CANCELLED,
    N_("Appointment cancelled"),
    N_("{patient}'s appointment with Dr {doctor} on {day} at {time} is cancelled. Reason: {reason}"),
)
CANCELLED_WITHOUT_TIME: Final = Text(
    MessageType.APPOINTMENT_CANCELLED,
    N_("Appointment cancelled"),
    N_("{patient}'s appointment with Dr {doctor} on {day} is cancelled. Reason: {reason}"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a message says about an appointment. `starts_at` is None when its time cannot be read."""

    appointment_id: str
    user_id: str
    patient_name: str
    doctor_name: str
    day: dt.date
    starts_at: dt.datetime | None
    zone: ZoneInfo


def tell(uow: UnitOfWork, actor: Actor, text: Text, visit: Visit, *, reason: str = "") -> None:
    """Write the message, unless its reader does not want it. One statement."""
    language = translator(PATIENT_LANGUAGE)
    local = None if visit.starts_at is None else visit.starts_at.astimezone(visit.zone)
    words = {
        "patient": visit.patient_name,
        "doctor": visit.doctor_name,
        "day": language.date(visit.day, weekday=True),
        "time": "" if local is None else language.time(local),
        "reason": reason,
    }
    notify(
        uow,
        actor,
        Message(
            user_id=visit.user_id,
            type=text.type,
            title=language.gettext(text.title),
            content=language.gettext(text.content).format(**words),
            related_id=visit.appointment_id,
            metadata={"source": "desk"},
        ),
    )
