"""How each state of a card looks: icon and edge first, colour last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.appointments.ui.time_axis import DAY_END
from tcmdesk.features.visits.types import Stage

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.placing import Placed
    from tcmdesk.ui.theme.tokens import Colour


class CardState(Enum):
    """What a card tells at a glance: its status seen against the clock."""

    PENDING = auto()
    OVERDUE = auto()
    CONFIRMED = auto()
    LATE = auto()
    ARRIVED = auto()
    CALLED = auto()
    NOW = auto()
    DONE = auto()
    NO_SHOW = auto()
    PINNED = auto()
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
        "circle-alert", N_("Overdue"), "warn_soft", "warn_line", "text", "text2", "warn", "warn"
    ),
    CardState.CONFIRMED: CardLook("circle", N_("Confirmed"), "tile", None, "text", "text2", "text3", "text2"),
    CardState.LATE: CardLook(
        "clock-alert", N_("Late"), "warn_soft", "warn_line", "text", "text2", "warn", "warn"
    ),
    CardState.ARRIVED: CardLook(
        "user-check", N_("Arrived"), "accent_soft", "accent_line", "text", "text2", "accent", "accent_text"
    ),
    CardState.CALLED: CardLook(
        "megaphone", N_("Called"), "accent_soft", "accent", "text", "text2", "accent", "accent_text"
    ),
    CardState.NOW: CardLook(
        "stethoscope", N_("In consultation"), "now", None, "now_fg", "now_fg", None, "now_fg"
    ),
    CardState.DONE: CardLook("check", N_("Done"), "surface", "line", "text3", "text3", "line", "text3"),
    CardState.NO_SHOW: CardLook(
        "user-x", N_("Did not come"), "surface", "line", "text3", "text3", None, "text3", struck=True
    ),
    CardState.PINNED: CardLook(
        "pin", N_("Pinned"), "canvas", "field_line", "text3", "text3", None, "text3", dashed=True
    ),
    CardState.CANCELLED: CardLook(
        "ban", N_("Cancelled"), "surface", "line", "text3", "text3", None, "text3", struck=True
    ),
    CardState.CLASH: CardLook(
        "triangle-alert", N_("Clash"), "danger_soft", "danger_line", "text", "text2", None, "danger"
    ),
}


WORDED: Final = frozenset(
    LOOKS[state]
    for state in (
        CardState.OVERDUE, CardState.LATE, CardState.ARRIVED, CardState.CALLED, CardState.NOW,
        CardState.NO_SHOW, CardState.CANCELLED,
    )
)  # fmt: skip
"""States whose word is worth its room on a card; the others are plain from icon and edge."""


LATE_AFTER: Final = 10
"""Minutes after the appointed time from which somebody who has not come is late."""

_OF_STAGE: Final = {
    Stage.ARRIVED: CardState.ARRIVED,
    Stage.CALLED: CardState.CALLED,
    Stage.IN_CONSULTATION: CardState.NOW,
    Stage.FINISHED: CardState.DONE,
    Stage.NO_SHOW: CardState.NO_SHOW,
}


def state_of(placed: Placed, now: int | None) -> CardState:
    """`now` is the present minute of the card's day: below 0 before that day, 1440 and above after it."""
    card = placed.card
    if card.status is Status.CANCELLED:
        return CardState.CANCELLED
    if card.visit is not None and card.visit.stage in _OF_STAGE:
        return _OF_STAGE[card.visit.stage]
    if card.status is Status.COMPLETED:
        return CardState.DONE
    if card.status is Status.PENDING:
        return CardState.OVERDUE if now is not None and placed.end <= now else CardState.PENDING
    late = now is not None and placed.start + LATE_AFTER <= now < DAY_END
    return CardState.LATE if late else CardState.CONFIRMED
