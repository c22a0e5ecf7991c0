"""Kinds of visit, and the beds and rooms they need, as parts of a union; see `schedules.queries.parts`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean, Connection, Integer, String, and_, bindparam, union_all

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.models import Appointment, DeskAppointment
from tcmdesk.features.appointments.queries.busy import ACTIVE, BUSY_TYPES, LONGEST
from tcmdesk.features.appointments.queries.intervals import most_at_once
from tcmdesk.features.appointments.types import Offered
from tcmdesk.features.identity.models import Doctor
from tcmdesk.features.schedules.models import DeskResource, DeskVisitKind
from tcmdesk.features.schedules.service.parts import COLUMNS, part
from tcmdesk.features.schedules.types import Resource, ResourceKind, VisitKind

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect, Select

    from tcmdesk.features.appointments.queries.intervals import Span
    from tcmdesk.features.schedules.service.parts import Types

KIND: Final = "visit_kind"
RESOURCE: Final = "resource"
TAKEN: Final = "taken"
DEPARTMENT: Final = "department"
OFFERED_TYPES: Final[Types] = {
    **COLUMNS,
    **BUSY_TYPES,
    "offered_name": String(),
    "offered_department": String(),
    "doctor_minutes": Integer(),
    "needs": String(),
    "resource_offset": Integer(),
    "resource_minutes": Integer(),
    "usual": Boolean(),
    "offered_place": Integer(),
}


def offered_parts(types: Types) -> tuple[Select[Any], Select[Any]]:
    """Kinds, and beds and rooms, that are in use."""
    kinds = part(
        KIND, types, id=DeskVisitKind.id, doctor_id=DeskVisitKind.doctor_id,
        offered_department=DeskVisitKind.department_id, offered_name=DeskVisitKind.name,
        doctor_minutes=DeskVisitKind.doctor_minutes, needs=DeskVisitKind.needs,
        resource_offset=DeskVisitKind.resource_offset, resource_minutes=DeskVisitKind.resource_minutes,
        usual=DeskVisitKind.usual,
    ).where(DeskVisitKind.active)  # fmt: skip
    resources = part(
        RESOURCE, types, id=DeskResource.id, offered_name=DeskResource.name, needs=DeskResource.kind,
        seats=DeskResource.seats, offered_place=DeskResource.place,
        offered_department=DeskResource.department_id,
    ).where(DeskResource.active)  # fmt: skip
    return kinds, resources


def taken_part(types: Types) -> Select[Any]:
    """Beds and rooms that active appointments have in the bound span ``start`` to ``end``.

    A bed goes with the time that the desk gave; an appointment that the platform has moved no longer needs it, which
    a booking finds out, not this.
    """
    return (
        part(
            TAKEN, types, id=DeskAppointment.appointment_id, doctor_id=DeskAppointment.resource_id,
            desk_starts_at=DeskAppointment.resource_from, minutes=DeskAppointment.resource_minutes,
        )
        .select_from(DeskAppointment)
        .join(Appointment, and_(Appointment.id == DeskAppointment.appointment_id, ACTIVE))
        .where(
            DeskAppointment.resource_id.is_not(None),
            DeskAppointment.starts_at >= bindparam("rooms_from", type_=UtcTimestamp),
            DeskAppointment.starts_at < bindparam("end", type_=UtcTimestamp),
        )
    )  # fmt: skip


def rooms_from(start: dt.datetime) -> dict[str, object]:
    """The parameter of `taken_part` beside ``end``."""
    return {"rooms_from": start - LONGEST}


@dataclass(slots=True)
class Furniture:
    """Takes the rows of the parts above out of a union, in whatever order they come."""

    kinds: list[VisitKind] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    taken: dict[str, dict[str, Span]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, row: Any) -> bool:
        """Keep a row that is about them; returns whether it was."""
        match row.part:
            case "visit_kind":
                self.kinds.append(_kind(row))
            case "resource":
                self.resources.append(_resource(row))
            case "taken":
                ends = row.desk_starts_at + dt.timedelta(minutes=row.minutes)
                self.taken[row.doctor_id][row.id] = (row.desk_starts_at, ends)
            case _:
                return False
        return True

    def offered(self, doctor_id: str, department_id: str | None) -> Offered:
        """What a doctor's visits may be and may use."""
        return Offered(
            tuple(
                kind
                for kind in sorted(self.kinds, key=_closest)
                if kind.doctor_id in {None, doctor_id} and kind.department_id in {None, department_id}
            ),
            tuple(
                resource
                for resource in sorted(self.resources, key=_in_place)
                if resource.department_id in {None, department_id}
            ),
        )

    def has_room(self, kind: VisitKind, among: tuple[Resource, ...], start: dt.datetime) -> bool:
        """Whether one of some beds and rooms is free for what a visit from `start` on needs."""
        if kind.needs is None:
            return True
        since = start + dt.timedelta(minutes=kind.offset)
        until = since + dt.timedelta(minutes=kind.resource_minutes)
        return any(
            most_at_once(self.taken.get(each.resource_id, {}).values(), since, until) < each.seats
            for each in among
            if each.kind is kind.needs
        )


@cache
def _statement() -> CompoundSelect[Any]:
    doctor = part(
        DEPARTMENT, OFFERED_TYPES, offered_department=Doctor.department_id
    ).where(Doctor.id == bindparam("doctor"))  # fmt: skip
    return union_all(*offered_parts(OFFERED_TYPES), doctor)


def read_offered(connection: Connection, doctor_id: str) -> Offered:
    """What a doctor's visits may be and may use, from one statement."""
    furniture = Furniture()
    rest = [row for row in connection.execute(_statement(), {"doctor": doctor_id}) if not furniture.take(row)]
    return furniture.offered(doctor_id, rest[0].offered_department if rest else None)


def _kind(row: Any) -> VisitKind:
    return VisitKind(
        row.id, row.offered_name, row.doctor_minutes, ResourceKind(row.needs) if row.needs else None,
        row.resource_offset or 0, row.resource_minutes or 0, row.offered_department, row.doctor_id,
        bool(row.usual),
    )  # fmt: skip


def _closest(kind: VisitKind) -> tuple[bool, bool, str, str]:
    """The doctor's own kinds first, then the department's."""
    return kind.doctor_id is None, kind.department_id is None, kind.name, kind.kind_id


def _resource(row: Any) -> Resource:
    return Resource(
        row.id, row.offered_name, ResourceKind(row.needs), row.seats, row.offered_department,
        place=row.offered_place,
    )  # fmt: skip


def _in_place(resource: Resource) -> tuple[int, str]:
    return resource.place, resource.resource_id
