"""Working hours for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.core.ids import uuid7
from tcmdesk.features.schedules.types import ExceptionKind, HoursException, HoursRule, Session
from tests.factories.clinic import DAY

if TYPE_CHECKING:
    import datetime as dt


def week(doctor_id: str, *spans: tuple[int, int], **fields: Any) -> tuple[HoursRule, ...]:
    """The same sessions on all seven days: ``week(doctor, (510, 720), seats=2)``."""
    return tuple(
        HoursRule(uuid7(), doctor_id, weekday, Session(*span, **fields))
        for weekday in range(7)
        for span in spans
    )


def exception(
    kind: ExceptionKind, doctor_id: str | None, start: int = 0, end: int = 1440, *,
    from_day: dt.date = DAY, until_day: dt.date | None = None, reason: str = "外出进修", **session: Any,
) -> HoursException:  # fmt: skip
    """An exception of one day or several."""
    return HoursException(
        uuid7(), kind, doctor_id, from_day, until_day or from_day, Session(start, end, **session), reason
    )
