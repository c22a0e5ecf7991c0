"""A card that has been picked up, by the mouse or with M, and where it would be put down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tcmdesk.features.appointments.ui.layout import CellSpot
from tcmdesk.features.appointments.ui.time_axis import CELL

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.appointments.ui.layout import BoardLayout


@dataclass(frozen=True, slots=True)
class Carry:
    """Immutable: every step makes a new one, so a refresh in the middle disturbs nothing.

    `minute` is the start it would get, `ahead` the day, counted from the board's first one; `by_mouse` says
    whether letting go puts it down.
    """

    card: AppointmentCard
    doctor_id: str
    minute: int
    ahead: int = 0
    by_mouse: bool = False

    @property
    def cell(self) -> CellSpot:
        """The cell it would begin in."""
        return CellSpot(self.doctor_id, self.minute, self.ahead)

    @property
    def end(self) -> int:
        return self.minute + self.card.minutes

    def to(self, layout: BoardLayout, column: int, minute: int) -> Carry:
        """Above another cell, held inside the board."""
        column = min(max(column, 0), len(layout.doctors) - 1)
        last = layout.axis.rows[-1].start
        minute = min(max(minute, layout.axis.start), last)
        row = layout.axis.rows[layout.axis.row_at(minute)]
        if row.folded:
            minute = row.end if minute >= self.minute else row.start - CELL
        cell = layout.cell(column, minute)
        return replace(self, doctor_id=cell.doctor_id, minute=minute, ahead=cell.ahead)

    def step(self, layout: BoardLayout, columns: int, cells: int) -> Carry:
        """Some columns to the right, some cells down."""
        column = layout.column_of(self.doctor_id, self.ahead)
        row = layout.axis.row_at(self.minute)
        target = row
        for _step in range(abs(cells)):
            target += 1 if cells > 0 else -1
            if 0 <= target < len(layout.axis.rows) and layout.axis.rows[target].folded:
                target += 1 if cells > 0 else -1
        target = min(max(target, 0), len(layout.axis.rows) - 1)
        minute = layout.axis.rows[target].start if cells else self.minute
        return self.to(layout, (column or 0) + columns, minute)

    def collides(self, layout: BoardLayout) -> bool:
        """Whether another active appointment is in the way."""
        column = layout.column_of(self.doctor_id, self.ahead)
        if column is None:
            return False
        return bool(layout.busy(column, self.minute, self.end, but=self.card.appointment_id))
