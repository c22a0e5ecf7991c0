"""The papers a clinic prints on. Lengths are millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tcmdesk.core.i18n import N_

ROLL_LONGEST: Final = 1000.0
"""The most that is printed on a roll in one piece."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, or a roll when `height` is None: a roll's page is as long as what stands on it.

    `margin` is what printers of this paper leave at each side: thermal printers of 58 mm print 48 mm, of 80 mm 72 mm.
    """

    name: str
    label: str
    width: float
    height: float | None
    margin: float

    @property
    def room(self) -> float:
        """What can be printed across."""
        return self.width - 2 * self.margin


ROLL_58: Final = Paper("58mm", N_("Roll 58 mm"), 58, None, 5)
ROLL_80: Final = Paper("80mm", N_("Roll 80 mm"), 80, None, 4)
A5: Final = Paper("A5", N_("A5"), 148, 210, 12)
A4: Final = Paper("A4", N_("A4"), 210, 297, 15)
