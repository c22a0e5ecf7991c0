"""What a new row of the hours screen begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.features.schedules.types import (
    ExceptionKind,
    HoursException,
    HoursRule,
    Resource,
    ResourceKind,
    Session,
    VisitKind,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable


def new_row(
    section: str,
    key: str,
    doctor_id: str,
    today: dt.date,
    chosen: Any,
    resources: tuple[Resource, ...],
    _: Callable[[str], str],
) -> tuple[Any, str]:
    """A row of a section with the id `key`, near the one that is `chosen`, and the title of its sheet."""
    match section:
        case "week":
            weekday = chosen.weekday if isinstance(chosen, HoursRule) else 0
            return HoursRule(key, doctor_id, weekday, Session(8 * 60 + 30, 12 * 60)), _("New session")
        case "exceptions":
            session = Session(18 * 60, 20 * 60)
            row = HoursException(key, ExceptionKind.EXTRA, doctor_id, today, today, session)
            return row, _("Extra or changed hours")
        case "resources":
            place = max((each.place for each in resources), default=-1) + 1
            return Resource(key, "", ResourceKind.BED, place=place), _("New bed or room")
        case _kinds:
            return VisitKind(key, "", 15), _("New kind of visit")
