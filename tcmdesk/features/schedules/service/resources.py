"""Beds, rooms, and the sorts of visit that need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, update

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.schedules.models import DeskResource, DeskVisitKind
from tcmdesk.features.schedules.queries.plans import read_resources, read_visit_kinds
from tcmdesk.features.schedules.service import _rules as rules
from tcmdesk.features.schedules.types import GRID_MINUTES, MOST_SEATS, READ, WRITE, Resource, VisitKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(READ)
def resources(connection: Connection, actor: Actor) -> tuple[Resource, ...]:
    """Every bed and room, those out of use too. One statement."""
    return read_resources(connection)


@requires(READ)
def visit_kinds(connection: Connection, actor: Actor) -> tuple[VisitKind, ...]:
    """Every sort of visit, those no longer offered too. One statement."""
    return read_visit_kinds(connection)


@requires(WRITE)
def save_resource(uow: UnitOfWork, actor: Actor, resource: Resource) -> None:
    """Add a bed or room, or change it. One that is out of use keeps what is booked on it.

    Raises:
        ValidationError: no name, another has it, or an impossible number of seats.
    """
    name = rules.check_name(resource.name)
    if not 1 <= resource.seats <= MOST_SEATS:
        raise ValidationError(
            "schedules.seats", N_("Between 1 and {most} people can be seen at once."), field="seats",
            most=MOST_SEATS,
        )  # fmt: skip
    for other in read_resources(uow.connection):
        if other.name == name and other.resource_id != resource.resource_id and other.active:
            raise ValidationError(
                "schedules.name_taken", N_("There is a {name} already."), field="name", name=name
            )
    values = {
        "name": name, "kind": resource.kind.value, "seats": resource.seats,
        "department_id": resource.department_id, "doctor_id": resource.doctor_id, "active": resource.active,
        "place": resource.place,
    }  # fmt: skip
    found = uow.execute(update(DeskResource).where(DeskResource.id == resource.resource_id).values(**values))
    if not found.rowcount:
        uow.execute(insert(DeskResource).values(id=resource.resource_id, **values))


@requires(WRITE)
def save_visit_kind(uow: UnitOfWork, actor: Actor, kind: VisitKind) -> None:
    """Add a sort of visit, or change it; what is booked keeps its times.

    Raises:
        ValidationError: no name, or minutes beside the grid.
    """
    name = rules.check_name(kind.name)
    minutes = (kind.doctor_minutes, *((kind.resource_minutes,) if kind.needs else ()))
    if any(each % GRID_MINUTES or each < GRID_MINUTES for each in minutes) or kind.offset % GRID_MINUTES:
        raise ValidationError(
            "schedules.kind_minutes", N_("Lengths are multiples of {minutes} minutes."), field="minutes",
            minutes=GRID_MINUTES,
        )  # fmt: skip
    values = {
        "name": name, "doctor_minutes": kind.doctor_minutes, "needs": kind.needs.value if kind.needs else None,
        "resource_offset": kind.offset if kind.needs else 0,
        "resource_minutes": kind.resource_minutes if kind.needs else 0, "department_id": kind.department_id,
        "doctor_id": kind.doctor_id, "usual": kind.usual, "active": kind.active,
    }  # fmt: skip
    found = uow.execute(update(DeskVisitKind).where(DeskVisitKind.id == kind.kind_id).values(**values))
    if not found.rowcount:
        uow.execute(insert(DeskVisitKind).values(id=kind.kind_id, **values))
