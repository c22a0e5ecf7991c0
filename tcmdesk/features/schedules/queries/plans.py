"""What the hours screen and leave read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, select, union_all

from tcmdesk.features.schedules.models import DeskResource, DeskVisitKind
from tcmdesk.features.schedules.queries.parts import COLUMNS, Reading, days_of, hours_parts
from tcmdesk.features.schedules.types import Resource, ResourceKind, VisitKind

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import CompoundSelect

_RESOURCES: Final = select(
    DeskResource.id, DeskResource.name, DeskResource.kind, DeskResource.seats, DeskResource.department_id,
    DeskResource.doctor_id, DeskResource.active, DeskResource.place,
).order_by(DeskResource.place, DeskResource.id)  # fmt: skip
_KINDS: Final = select(
    DeskVisitKind.id, DeskVisitKind.name, DeskVisitKind.doctor_minutes, DeskVisitKind.needs,
    DeskVisitKind.resource_offset, DeskVisitKind.resource_minutes, DeskVisitKind.department_id,
    DeskVisitKind.doctor_id, DeskVisitKind.usual, DeskVisitKind.active,
).order_by(DeskVisitKind.name, DeskVisitKind.id)  # fmt: skip


@cache
def _hours(of_one: bool) -> CompoundSelect[Any]:
    of_doctor: list[Any] | None = [bindparam("doctor")] if of_one else None
    return union_all(*hours_parts(COLUMNS, of_doctor))


def read_hours(
    connection: Connection, first: dt.date, last: dt.date, *, doctor_id: str | None = None
) -> Reading:
    """Rules, and the exceptions of some days, of one doctor or of everybody."""
    parameters: dict[str, object] = {**days_of(first, last)}
    if doctor_id is not None:
        parameters["doctor"] = doctor_id
    reading = Reading()
    for row in connection.execute(_hours(doctor_id is not None), parameters):
        reading.take(row)
    return reading


def read_resources(connection: Connection) -> tuple[Resource, ...]:
    """Every bed and room, in the clinic's order."""
    return tuple(
        Resource(
            row.id, row.name, ResourceKind(row.kind), row.seats, row.department_id, row.doctor_id,
            bool(row.active), row.place,
        )
        for row in connection.execute(_RESOURCES)
    )  # fmt: skip


def read_visit_kinds(connection: Connection) -> tuple[VisitKind, ...]:
    """Every sort of visit, by name."""
    return tuple(
        VisitKind(
            row.id, row.name, row.doctor_minutes, ResourceKind(row.needs) if row.needs else None,
            row.resource_offset, row.resource_minutes, row.department_id, row.doctor_id, bool(row.usual),
            bool(row.active),
        )
        for row in connection.execute(_KINDS)
    )  # fmt: skip
