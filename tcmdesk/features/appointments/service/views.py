"""What each person keeps for the board: views on function keys, and appointments taken off it for a while.

Both belong to the person and not to the workstation, so that they are there on another desk too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from tcmdesk.core.actor import actor_id
from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.appointments.models import DeskBoardPin, DeskSavedView
from tcmdesk.features.appointments.queries import views as queries
from tcmdesk.features.appointments.types import (
    BOOK,
    READ,
    VIEW_KEYS,
    VIEW_NAME_MAX,
    AppointmentCard,
    SavedView,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork


@requires(READ)
def views(connection: Connection, actor: Actor) -> tuple[SavedView, ...]:
    """The actor's own views, by key."""
    return queries.read_views(connection, actor_id(actor) or "")


@requires(READ)
def save_view(uow: UnitOfWork, actor: Actor, saved: SavedView) -> None:
    """Put a view on a key, in place of the one that was there.

    Raises:
        ValidationError: no such key, or the name is empty or too long.
    """
    name = saved.name.strip()
    if not 1 <= saved.key <= VIEW_KEYS or not name or len(name) > VIEW_NAME_MAX:
        raise ValidationError(
            "appointments.view_name",
            N_("Give the view a name of at most {most} characters."),
            field="name",
            most=VIEW_NAME_MAX,
        )
    forget_view(uow, actor, saved.key)
    uow.execute(
        insert(DeskSavedView).values(
            user_id=actor_id(actor) or "", key=saved.key, name=name, view=queries.text_of(saved.view)
        )
    )


@requires(READ)
def forget_view(uow: UnitOfWork, actor: Actor, key: int) -> None:
    """Take the view off a key."""
    uow.execute(
        delete(DeskSavedView).where(
            DeskSavedView.user_id == (actor_id(actor) or ""), DeskSavedView.key == key
        )
    )


@requires(BOOK)
def pins(connection: Connection, actor: Actor, zone: ZoneInfo) -> tuple[AppointmentCard, ...]:
    """What the actor has taken off the board, in that order, as it is now."""
    return queries.read_pins(connection, actor_id(actor) or "", zone)


@requires(BOOK)
def pin(uow: UnitOfWork, actor: Actor, appointment_id: str) -> None:
    """Take an appointment off the actor's board. It keeps its time until it is moved."""
    user = actor_id(actor) or ""
    mine = (DeskBoardPin.user_id == user) & (DeskBoardPin.appointment_id == appointment_id)
    if uow.execute(select(DeskBoardPin.appointment_id).where(mine)).first() is None:
        uow.execute(
            insert(DeskBoardPin).values(user_id=user, appointment_id=appointment_id, pinned_at=uow.now)
        )


@requires(BOOK)
def unpin(uow: UnitOfWork, actor: Actor, appointment_id: str) -> None:
    """Put it back where it is."""
    uow.execute(
        delete(DeskBoardPin).where(
            DeskBoardPin.user_id == (actor_id(actor) or ""), DeskBoardPin.appointment_id == appointment_id
        )
    )
