"""Hours as rows that other statements take along, so that they cost no round trip of their own.

A screen needs rows of several shapes: doctors, rules, exceptions, settings, appointments. `part` gives each select the
same columns, those of the others null, and `UNION ALL` makes them one statement. Text of different tables keeps to
columns of its own: an adopted database may give each table another collation, which a union refuses to mix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from tcmdesk.features.schedules.models import DeskException, DeskHours, DeskLeaveMove
from tcmdesk.features.schedules.queries.timetable import Timetable
from tcmdesk.features.schedules.types import ExceptionKind, HoursException, HoursRule, Session
from tcmdesk.features.settings.models import SystemConfig
from tcmdesk.features.settings.service import hours_of, zone_of
from tcmdesk.features.settings.types import CATEGORY, HOURS_KEY, ZONE_KEY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo


Types = Mapping[str, TypeEngine[Any]]
"""The columns of a union, with what each holds."""

RULE: Final = "rule"
EXCEPTION: Final = "exception"
SETTING: Final = "setting"

COLUMNS: Final[Types] = {
    "part": String(),
    "id": String(),
    "doctor_id": String(),
    "weekday": Integer(),
    "starts": Integer(),
    "ends": Integer(),
    "cell": Integer(),
    "seats": Integer(),
    "video": Boolean(),
    "in_person": Boolean(),
    "from_day": Date(),
    "until_day": Date(),
    "kind": String(),
    "reason": String(),
    "moved": Integer(),
    "setting": String(),
    "value": String(),
}


def part(name: str, types: Types, /, **columns: Any) -> Select[Any]:
    """A select of all of `types`, in their order: `columns` where given, null for the others."""
    values = {"part": literal_column(f"'{name}'")} | columns
    return select(
        *(
            type_coerce(values[column] if column in values else null(), type_).label(column)
            for column, type_ in types.items()
        )
    )


def widened(narrow: Select[Any], name: str, types: Types) -> Select[Any]:
    """A select whose columns are the first of `types`, with nulls for the others."""
    own = set(narrow.selected_columns.keys())
    return narrow.add_columns(
        *(
            (literal_column(f"'{name}'", type_) if column == "part" else type_coerce(null(), type_)).label(
                column
            )
            for column, type_ in types.items()
            if column not in own
        )
    )


def hours_parts(
    types: Types, of_doctor: Any = None, *, settings: Iterable[str] = ()
) -> tuple[Select[Any], ...]:
    """Rules, exceptions and settings, for `Reading`.

    Args:
        types: all columns of the union; at least `COLUMNS`.
        of_doctor: which doctors, as an ``IN``-able select or a bound value; all when None.
        settings: keys of the clinic's settings beside its zone and hours.

    The bound parameters ``first_day`` and ``last_day`` are the clinic's days that exceptions are read for.
    """
    rule = part(
        RULE, types, id=DeskHours.id, doctor_id=DeskHours.doctor_id, weekday=DeskHours.weekday,
        **_session(DeskHours), from_day=DeskHours.valid_from, until_day=DeskHours.valid_until,
    )  # fmt: skip
    moved = (
        select(func.count())
        .select_from(DeskLeaveMove)
        .where(DeskLeaveMove.exception_id == DeskException.id)
        .correlate(DeskException)
        .scalar_subquery()
    )
    exception = part(
        EXCEPTION, types, id=DeskException.id, doctor_id=DeskException.doctor_id, **_session(DeskException),
        from_day=DeskException.from_day, until_day=DeskException.until_day, kind=DeskException.kind,
        reason=DeskException.reason, moved=moved,
    ).where(
        DeskException.until_day >= bindparam("first_day", type_=Date),
        DeskException.from_day <= bindparam("last_day", type_=Date),
    )  # fmt: skip
    keys = (ZONE_KEY, HOURS_KEY, *settings)
    setting = part(
        SETTING, types, setting=SystemConfig.config_key, value=SystemConfig.config_value
    ).where(SystemConfig.category == CATEGORY, SystemConfig.config_key.in_(keys))  # fmt: skip
    if of_doctor is not None:
        rule = rule.where(DeskHours.doctor_id.in_(of_doctor))
        exception = exception.where(
            or_(DeskException.doctor_id.is_(None), DeskException.doctor_id.in_(of_doctor))
        )
    return rule, exception, setting


def _session(table: type[DeskHours | DeskException]) -> dict[str, Any]:
    names = ("starts", "ends", "cell", "seats", "video", "in_person")
    return {name: getattr(table, name) for name in names}


@dataclass(slots=True)
class Reading:
    """Takes the rows of `hours_parts` out of a union, in whatever order they come."""

    settings: dict[str, str] = field(default_factory=dict)
    rules: list[HoursRule] = field(default_factory=list)
    exceptions: list[HoursException] = field(default_factory=list)

    def take(self, row: Any) -> bool:
        """Keep a row that is about hours; returns whether it was."""
        match row.part:
            case "rule":
                self.rules.append(rule_of(row))
            case "exception":
                self.exceptions.append(exception_of(row))
            case "setting":
                self.settings[row.setting] = row.value
            case _:
                return False
        return True

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.settings.get(ZONE_KEY))

    def timetable(self) -> Timetable:
        """The days that the rows make."""
        table = Timetable(hours_of(self.settings.get(HOURS_KEY)), exceptions=self.exceptions)
        for rule in self.rules:
            table.rules[rule.doctor_id].append(rule)
        return table


def days_of(first: dt.date, last: dt.date) -> dict[str, dt.date]:
    """The parameters of `hours_parts`."""
    return {"first_day": first, "last_day": last}


def rule_of(row: Any) -> HoursRule:
    """The rule of a row with the columns of `COLUMNS`."""
    return HoursRule(row.id, row.doctor_id, row.weekday, _session_of(row), row.from_day, row.until_day)


def exception_of(row: Any) -> HoursException:
    """The exception of such a row."""
    return HoursException(
        row.id, ExceptionKind(row.kind), row.doctor_id, row.from_day, row.until_day, _session_of(row),
        row.reason, row.moved or 0,
    )  # fmt: skip


def _session_of(row: Any) -> Session:
    return Session(row.starts, row.ends, row.cell, row.seats, bool(row.video), bool(row.in_person))
