"""What patients are told of offers, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_, translator
from tcmdesk.features.notifications.service import notify
from tcmdesk.features.notifications.types import PATIENT_LANGUAGE, Message, MessageType

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.waitlist.types import Entry

OFFERED: Final = (
    N_("A time has come free"),
    N_(
        "{patient} can see Dr {doctor} on {day} at {time}. The clinic keeps it until {until}: call to take it."
    ),
)
ENDED: Final = (
    N_("The time is no longer kept"),
    N_(
        "The time with Dr {doctor} on {day} at {time} is no longer kept for {patient}. The clinic goes on looking."
    ),
)


def tell(
    uow: UnitOfWork,
    actor: Actor,
    text: tuple[str, str],
    entry: Entry,
    doctor_name: str,
    starts_at: dt.datetime,
    until: dt.datetime,
    zone: ZoneInfo,
) -> None:
    """Write the message, unless its reader does not want it. One statement."""
    language = translator(PATIENT_LANGUAGE)
    local = starts_at.astimezone(zone)
    title, content = text
    words = {
        "patient": entry.patient_name,
        "doctor": doctor_name,
        "day": language.date(local.date(), weekday=True),
        "time": language.time(local),
        "until": language.time(until.astimezone(zone)),
    }
    notify(
        uow,
        actor,
        Message(
            user_id=entry.patient.user_id,
            type=MessageType.APPOINTMENT_REMINDER,
            title=language.gettext(title),
            content=language.gettext(content).format(**words),
            metadata={"source": "desk"},
        ),
    )
