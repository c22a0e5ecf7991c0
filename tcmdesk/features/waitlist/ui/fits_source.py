"""Reads who waits and what a day leaves free, all at once; only the last answer counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.service import holds
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.waitlist.service import entries, matching

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.features.waitlist.types import Entry, Fit
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation


@dataclass(frozen=True, slots=True)
class DayFits:
    """Who fits the gaps of a day, who has an offer that day, and the server's clock when it was read."""

    day: dt.date
    fits: tuple[Fit, ...]
    offered: tuple[Entry, ...]
    waiting: int
    server_now: dt.datetime


class FitsSource(QObject):
    """`found` brings a `DayFits`. A failure is silent: the section stays as it was."""

    found = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._operations: list[Operation[Any]] = []
        self._answers: dict[str, Any] = {}

    @property
    def loading(self) -> bool:
        return bool(self._operations)

    def ask(self, day: dt.date) -> None:
        """Look at a day, from the present moment on: four statements side by side."""
        for operation in self._operations:
            operation.cancel()
        self._operations, self._answers = [], {}
        context = self._context
        actor, zone, now = context.actor, context.zone, context.clock.now()
        reads: dict[str, Callable[[Any], Any]] = {
            "waiting": lambda connection: entries.waiting(connection, actor, today=day, now=now),
            "doctors": lambda connection: reading.board_doctors(connection, actor, day),
            "cards": lambda connection: reading.day_board(connection, actor, day, zone).cards,
            "holds": lambda connection: holds.holds_on(connection, actor, day, zone, now=now),
        }
        for name, read in reads.items():
            operation = context.operation(self, partial(context.database.read, read))
            operation.on_done(partial(self._on_read_done, day, now, name)).on_failed(self._on_read_failed)
            self._operations.append(operation)
        for operation in tuple(self._operations):
            operation.start()

    def _on_read_failed(self, _error: BaseException) -> bool:
        self._operations = []
        return True

    def _on_read_done(self, day: dt.date, now: dt.datetime, name: str, answer: Any) -> None:
        self._answers[name] = answer
        if len(self._answers) < len(self._operations):
            return
        self._operations = []
        context, found = self._context, self._answers
        waiting = found["waiting"]
        gaps = matching.gaps_of(found["doctors"], found["cards"], found["holds"], day, context.zone)
        fits = matching.fits(waiting.entries, gaps, found["cards"], now=now, zone=context.zone)
        offered = tuple(
            replace(entry, clash=_sold(entry, found["cards"]))
            for entry in waiting.entries
            if entry.offer is not None and entry.offer.starts_at.astimezone(context.zone).date() == day
        )
        self.found.emit(DayFits(day, fits, offered, len(waiting.entries), waiting.server_now))


def _sold(entry: Entry, cards: tuple[Any, ...]) -> bool:
    """Whether the day has an appointment at the offered time: the platform asks for no cell."""
    offer = entry.offer
    return offer is not None and any(
        card.doctor_id == offer.doctor_id
        and card.status is not Status.CANCELLED
        and card.starts_at is not None
        and card.starts_at < offer.ends_at
        and offer.starts_at < card.ends_at
        for card in cards
    )
