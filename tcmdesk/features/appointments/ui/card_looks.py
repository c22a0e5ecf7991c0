"""How each state of a card looks: icon and edge first, colour last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import Status

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.placing import Placed
    from tcmdesk.ui.theme.tokens import Colour


class CardState(Enum):
    """What a card tells at a glance: its status seen against the clock."""

    PENDING = auto()
    OVERDUE = auto()
    CONFIRMED = auto()
    NOW = auto()
    DONE = auto()
    CANCELLED = auto()
    CLASH = auto()


@dataclass(frozen=True, slots=True)
class CardLook:
    icon: str
    word: str
    fill: Colour
    edge: Colour | None
    ink: Colour
    second: Colour
    bar: Colour | None
    icon_ink: Colour
    dashed: bool = False
    struck: bool = False


LOOKS: Final[dict[CardState, CardLook]] = {
    CardState.PENDING: CardLook(
        "circle-dashed",
        N_("Unconfirmed"),
        "surface",
        "field_line",
        "text",
        "text2",
        None,
        "text2",
        dashed=True,
    ),
    CardState.OVERDUE: CardLook(
        "clock-alert", N_("Overdue"), "warn_soft", "warn_line", "text", "text2", "warn", "warn"
    ),
    CardState.CONFIRMED: CardLook("circle", N_("Confirmed"), "tile", None, "text", "text2", "text3", "text2"),
    CardState.NOW: CardLook("clock", N_("Now"), "now", None, "now_fg", "now_fg", None, "now_fg"),
    CardState.DONE: CardLook("check", N_("Done"), "surface", "line", "text3", "text3", "line", "text3"),
    CardState.CANCELLED: CardLook(
        "ban", N_("Cancelled"), "surface", "line", "text3", "text3", None, "text3", struck=True
    ),
    CardState.CLASH: CardLook(
        "triangle-alert", N_("Clash"), "danger_soft", "danger_line", "text", "text2", None, "danger"
    ),
}


WORDED: Final = frozenset({LOOKS[CardState.OVERDUE], LOOKS[CardState.NOW], LOOKS[CardState.CANCELLED]})
"""States whose word is worth its room on a card; the others are plain from icon and edge."""


def state_of(placed: Placed, now: int | None) -> CardState:
    """`now` is the present minute of the board's day: below 0 before that day, above 1440 after it."""
    card = placed.card
    match card.status:
        case Status.CANCELLED:
            return CardState.CANCELLED
        case Status.COMPLETED:
            return CardState.DONE
        case Status.PENDING:
            return CardState.OVERDUE if now is not None and placed.end <= now else CardState.PENDING
        case _:
            running = now is not None and placed.start <= now < placed.end
            return CardState.NOW if running else CardState.CONFIRMED
