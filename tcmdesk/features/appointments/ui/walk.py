"""Where an arrow key leads: by card and free cell, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.layout import BoardLayout, Spot


class Walk:
    """Steps over one layout. Sideways steps keep the minute they began at, as a text cursor its column."""

    def __init__(self, layout: BoardLayout) -> None:
        self._layout = layout
        self._minute: int | None = None

    def step(self, spot: Spot | None, columns: int, rows: int) -> Spot | None:
        """The spot one step away; the same one at the edge."""
        place = self._layout.interval(spot) if spot is not None else None
        if spot is None or place is None:
            return spot
        if rows:
            self._minute = None
            return self._vertical(spot, place[0], rows)
        return self._beside(spot, columns) or self._sideways(spot, place, columns)

    def edge(self, spot: Spot | None, *, last: bool) -> Spot | None:
        """The first or last spot of the column."""
        place = self._layout.interval(spot) if spot is not None else None
        if place is None:
            return spot
        self._minute = None
        spots = list(self._layout.spots(place[0]))
        return spots[-1 if last else 0]

    def _vertical(self, spot: Spot, column: int, rows: int) -> Spot:
        spots = list(self._layout.spots(column))
        if spot not in spots:
            return spot
        at = spots.index(spot) + rows
        return spots[min(max(at, 0), len(spots) - 1)]

    def _beside(self, spot: Spot, columns: int) -> Spot | None:
        """The card in the next lane of the same column."""
        if not isinstance(spot, CardSpot):
            return None
        placed = self._layout.placed[spot.appointment_id]
        cluster = self._layout.cluster_at[placed.column, self._layout.axis.row_at(placed.start)]
        for other in cluster.placed:
            overlaps = other.start < placed.shown_end and placed.start < other.shown_end
            if other.lane == placed.lane + columns and overlaps:
                return CardSpot(other.card.appointment_id)
        return None

    def _sideways(self, spot: Spot, place: tuple[int, int, int], columns: int) -> Spot:
        column, start, end = place
        target = column + columns
        if not 0 <= target < len(self._layout.doctors):
            return spot
        if self._minute is None or not start <= self._minute < end:
            self._minute = start
        found = self._layout.spot_at(target, self._minute)
        if isinstance(found, CardSpot):
            placed = self._layout.placed[found.appointment_id]
            cluster = self._layout.cluster_at[target, self._layout.axis.row_at(self._minute)]
            row = [
                each
                for each in cluster.placed
                if each.start < placed.shown_end and placed.start < each.shown_end
            ]
            nearest = (min if columns > 0 else max)(row, key=lambda each: each.lane)
            return CardSpot(nearest.card.appointment_id)
        return found if isinstance(found, CellSpot) else spot
