"""Where everything of a day or a week lies: cards in lanes, clusters of touching cards, clash frames.

Headless geometry in columns, rows and minutes. A column is a doctor on one day: a day has a column a doctor, a
week one doctor's seven days. Minutes count from the midnight of the column's day in the clinic's zone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tcmdesk.features.appointments.types import (
    ACTIVE,
    AppointmentCard,
    DayBoard,
    DoctorColumn,
    Session,
    Status,
)
from tcmdesk.features.appointments.ui.loads import Load, loads
from tcmdesk.features.appointments.ui.placing import ClashFrame, Cluster, Placed, clusters_of
from tcmdesk.features.appointments.ui.time_axis import CELL, DAY_END, TimeAxis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class CardSpot:
    """The place of a card, wherever it moves."""

    appointment_id: str


@dataclass(frozen=True, slots=True)
class CellSpot:
    """A cell without a card; `ahead` is its day, counted from the first one of the board."""

    doctor_id: str
    minute: int
    ahead: int = 0


Spot = CardSpot | CellSpot


def minute_of(moment: dt.datetime, day: dt.date, zone: ZoneInfo) -> int:
    """Wall-clock minutes after the midnight of `day`; below 0 or above 1440 on other days."""
    local = moment.astimezone(zone)
    return (local.date() - day).days * DAY_END + local.hour * 60 + local.minute


def instant_of(day: dt.date, minute: int, zone: ZoneInfo) -> dt.datetime:
    """The UTC instant of a wall-clock minute."""
    hours, minutes = divmod(minute, 60)
    return dt.datetime.combine(day, dt.time(hours, minutes), zone).astimezone(dt.UTC)


class BoardLayout:
    """Cards laid out over the columns; rebuilt at every refresh.

    Args:
        board: the rows; `board.day` is the first day.
        doctors: the columns, left to right, each with the hours of its day.
        zone: the clinic's zone.
        days: the day of each column, when it is not the same for all.
        show_cancelled: whether cancelled appointments get a card.
    """

    def __init__(
        self,
        board: DayBoard,
        doctors: tuple[DoctorColumn, ...],
        zone: ZoneInfo,
        *,
        days: tuple[dt.date, ...] | None = None,
        show_cancelled: bool = False,
    ) -> None:
        self.board = board
        self.doctors = doctors
        self.zone = zone
        self.days = days or (board.day,) * len(doctors)
        self.aheads = tuple((day - board.day).days for day in self.days)
        self.show_cancelled = show_cancelled
        self._columns = {
            (doctor.doctor_id, ahead): column
            for column, (doctor, ahead) in enumerate(zip(doctors, self.aheads, strict=True))
        }
        self._doctor_ids = {doctor.doctor_id for doctor in doctors}
        shown = [card for card in board.cards if show_cancelled or card.status is not Status.CANCELLED]
        loose = [placed for card in shown if (placed := self._place(card)) is not None]
        self.axis = TimeAxis.covering(
            (session for doctor in doctors for session in doctor.sessions),
            (Session(max(each.start, 0), min(each.shown_end, DAY_END)) for each in loose),
        )
        self.clusters: tuple[Cluster, ...] = tuple(
            cluster
            for column in range(len(doctors))
            for cluster in clusters_of([each for each in loose if each.column == column], column, self.axis)
        )

    @property
    def day(self) -> dt.date:
        """The first day."""
        return self.board.day

    @property
    def is_week(self) -> bool:
        """Whether the columns are days."""
        return len(set(self.aheads)) > 1

    def _place(self, card: AppointmentCard) -> Placed | None:
        if card.starts_at is None:
            return None
        since = minute_of(card.starts_at, self.board.day, self.zone)
        ahead = since // DAY_END
        # a visit that began before midnight is shown where it reaches in, when its own day is not there
        for own in (ahead, ahead + 1):
            column = self._columns.get((card.doctor_id, own))
            start = since - own * DAY_END
            if column is not None and -card.minutes < start:
                return Placed(card, column, start, min(start + card.minutes, DAY_END))
        return None

    @cached_property
    def placed(self) -> dict[str, Placed]:
        """Every card on the grid by its appointment's id."""
        return {each.card.appointment_id: each for cluster in self.clusters for each in cluster.placed}

    @cached_property
    def cluster_at(self) -> dict[tuple[int, int], Cluster]:
        """The cluster that covers a (column, row)."""
        return {(cluster.column, row): cluster for cluster in self.clusters for row in cluster.rows}

    @cached_property
    def frames(self) -> tuple[ClashFrame, ...]:
        """The clashes that have all their cards on the grid."""
        frames = []
        for clash in self.board.clashes:
            members = tuple(self.placed[each] for each in clash.appointment_ids if each in self.placed)
            if len(members) > 1:
                start = min(each.start for each in members)
                end = max(each.shown_end for each in members)
                frames.append(ClashFrame(members[0].column, start, end, members))
        return tuple(frames)

    @cached_property
    def frame_of(self) -> dict[str, ClashFrame]:
        return {each.card.appointment_id: frame for frame in self.frames for each in frame.placed}

    @cached_property
    def tray(self) -> tuple[AppointmentCard, ...]:
        """Appointments without a place: unreadable times, and doctors that have no column. Never dropped."""
        homeless = tuple(
            card
            for card in self.board.cards
            if card.doctor_id not in self._doctor_ids and card.status is not Status.CANCELLED
        )
        unreadable = tuple(card for card in self.board.unreadable if card.status is not Status.CANCELLED)
        return unreadable + homeless

    @cached_property
    def cards(self) -> dict[str, AppointmentCard]:
        """Every appointment of the day by id, cancelled and unreadable ones too."""
        return {card.appointment_id: card for card in (*self.board.cards, *self.board.unreadable)}

    @property
    def cancelled(self) -> int:
        """How many of the day's appointments are cancelled."""
        return sum(card.status is Status.CANCELLED for card in self.cards.values())

    def column_of(self, doctor_id: str, ahead: int = 0) -> int | None:
        return self._columns.get((doctor_id, ahead))

    def first_column_of(self, doctor_id: str) -> int | None:
        """The leftmost column of a doctor."""
        return next((at for at, doctor in enumerate(self.doctors) if doctor.doctor_id == doctor_id), None)

    def cell(self, column: int, minute: int) -> CellSpot:
        """The cell at a minute of a column."""
        return CellSpot(self.doctors[column].doctor_id, minute, self.aheads[column])

    def instant(self, spot: CellSpot) -> dt.datetime:
        """The UTC instant at which a cell begins."""
        return instant_of(self.board.day + dt.timedelta(days=spot.ahead), spot.minute, self.zone)

    def works(self, column: int, minute: int) -> bool:
        """Whether the doctor has hours at that minute."""
        return any(session.start <= minute < session.end for session in self.doctors[column].sessions)

    @cached_property
    def closed(self) -> tuple[tuple[int, range], ...]:
        """Runs of rows outside a column's hours."""
        runs = []
        for column in range(len(self.doctors)):
            start: int | None = None
            for row, band in enumerate(self.axis.rows):
                shut = not band.folded and not self.works(column, band.start)
                if shut and start is None:
                    start = row
                elif not shut and start is not None:
                    runs.append((column, range(start, row)))
                    start = None
            if start is not None:
                runs.append((column, range(start, len(self.axis.rows))))
        return tuple(runs)

    def open_cell(self, column: int, row: int) -> bool:
        """Whether a row is inside the doctor's hours and holds no active appointment."""
        band = self.axis.rows[row]
        return (
            not band.folded and self.works(column, band.start) and not self.busy(column, band.start, band.end)
        )

    def busy(self, column: int, start: int, end: int, *, but: str | None = None) -> tuple[Placed, ...]:
        """Active appointments that overlap an interval, without the one named by `but`."""
        return tuple(
            each
            for cluster in self.clusters
            if cluster.column == column
            for each in cluster.placed
            if each.start < end
            and start < each.end
            and each.card.status in ACTIVE
            and each.card.appointment_id != but
        )

    def load(self, column: int) -> tuple[int, int]:
        """Booked cells and cells of the working hours of one column."""
        first, second = self.halves[column]
        both = first + second
        return both.booked, both.capacity

    @cached_property
    def halves(self) -> tuple[tuple[Load, Load], ...]:
        """The loads before and after noon of each column."""
        return loads(self.clusters, (doctor.sessions for doctor in self.doctors), self.axis)

    def spots(self, column: int) -> Iterator[Spot]:
        """What the keyboard visits in a column, from the top: cards lane by lane, cells without cards."""
        row = 0
        while row < len(self.axis.rows):
            cluster = self.cluster_at.get((column, row))
            if cluster is not None:
                ordered = sorted(cluster.placed, key=lambda each: (each.start, each.lane))
                yield from (CardSpot(each.card.appointment_id) for each in ordered)
                row = cluster.rows.stop
                continue
            if not self.axis.rows[row].folded:
                yield self.cell(column, self.axis.rows[row].start)
            row += 1

    def interval(self, spot: Spot) -> tuple[int, int, int] | None:
        """Column, start and end of a spot; None when it is not on this board."""
        if isinstance(spot, CardSpot):
            placed = self.placed.get(spot.appointment_id)
            return None if placed is None else (placed.column, placed.start, placed.end)
        column = self._columns.get((spot.doctor_id, spot.ahead))
        return None if column is None else (column, spot.minute, spot.minute + CELL)

    def spot_at(self, column: int, minute: int) -> Spot | None:
        """The spot at a minute of a column; None in a folded break."""
        row = self.axis.row_at(minute)
        cluster = self.cluster_at.get((column, row))
        if cluster is not None:
            nearest = min(
                cluster.placed,
                key=lambda each: (
                    not each.start <= minute < each.shown_end,
                    abs(each.start - minute),
                    each.lane,
                ),
            )
            return CardSpot(nearest.card.appointment_id)
        if self.axis.rows[row].folded:
            return None
        return self.cell(column, self.axis.rows[row].start)

    def _has_room(self, column: int, start: int, minutes: int) -> bool:
        end = start + minutes
        return self.works(column, end - 1) and not self.busy(column, start, end)

    def free_from(self, minute: int, column: int | None = None, *, minutes: int = CELL) -> CellSpot | None:
        """The first open cell with room for `minutes`, in one column or in all: the earliest, then the leftmost.

        `minute` counts from the midnight of the first day.
        """
        columns = range(len(self.doctors)) if column is None else (column,)
        for ahead in sorted({self.aheads[each] for each in columns}):
            for row, band in enumerate(self.axis.rows):
                if band.start + ahead * DAY_END < minute:
                    continue
                for each in columns:
                    free = self.aheads[each] == ahead and self.open_cell(each, row)
                    if free and self._has_room(each, band.start, minutes):
                        return self.cell(each, band.start)
        return None
