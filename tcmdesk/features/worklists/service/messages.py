"""What patients of the lists are told, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_, translator
from tcmdesk.core.permissions import requires
from tcmdesk.features.notifications.service import notify
from tcmdesk.features.notifications.types import PATIENT_LANGUAGE, Message, MessageType
from tcmdesk.features.worklists.types import WRITE, ListName, ListRow

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

TEXTS: Final = {
    ListName.RECALL: (
        N_("Time for a follow-up"),
        N_("{patient} was with Dr {doctor} on {day}. Book a follow-up here, or call the clinic."),
    ),
    ListName.NO_SHOW: (
        N_("We missed you"),
        N_("{patient} did not come to Dr {doctor} on {day}. Book a new time here, or call the clinic."),
    ),
}


@requires(WRITE)
def remind(uow: UnitOfWork, actor: Actor, name: ListName, row: ListRow, zone: ZoneInfo) -> None:
    """Write to the account of a row of the recall list or of those who did not come.

    Raises:
        ValidationError: the account has no phone that can be reached, or does not want such messages.
    """
    language = translator(PATIENT_LANGUAGE)
    title, content = TEXTS[name]
    moment = row.card.starts_at or row.card.version.appointment_date
    words = {
        "patient": row.card.patient_name,
        "doctor": row.doctor_name,
        "day": language.date(moment.astimezone(zone).date(), weekday=True),
    }
    written = notify(
        uow,
        actor,
        Message(
            user_id=row.card.ref.user_id,
            type=MessageType.APPOINTMENT_REMINDER,
            title=language.gettext(title),
            content=language.gettext(content).format(**words),
            related_id=row.card.appointment_id,
            metadata={"source": "desk"},
        ),
    )
    if not written:
        raise ValidationError(
            "worklists.unreachable", N_("This account takes no messages. Call instead."), field="message"
        )
