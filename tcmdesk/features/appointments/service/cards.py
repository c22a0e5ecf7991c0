"""Cards for the lists of other features, which choose and order appointments by tables of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.core.permissions import public
from tcmdesk.features.appointments.queries import cards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from sqlalchemy import Select

    from tcmdesk.features.appointments.types import AppointmentCard


@public("makes a part of a statement; reads nothing")
def card_columns() -> Select[*tuple[Any, ...]]:
    """A select of appointments with all that a card needs; conditions, order and columns of one's own are added."""
    return cards.board_columns()


@public("turns a row into a card; reads nothing")
def card_of(row: Sequence[Any], zone: ZoneInfo) -> AppointmentCard:
    """The card of one row of `card_columns`, whatever columns follow."""
    return cards.card_of(row, zone)
