"""Writes our row of a video visit, which one made by the platform lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, update

from tcmdesk.features.consultations.models import DeskVideoVisit

if TYPE_CHECKING:
    from tcmdesk.core.db.unit_of_work import UnitOfWork


def write(uow: UnitOfWork, row: Any, **values: Any) -> None:
    """Change it, or make it; `row` is the locked row of `queries.rooms.read_row`."""
    if row.desk_row is None:
        uow.execute(insert(DeskVideoVisit).values(consultation_id=row.id, **values))
        return
    uow.execute(update(DeskVideoVisit).where(DeskVideoVisit.consultation_id == row.id).values(**values))
