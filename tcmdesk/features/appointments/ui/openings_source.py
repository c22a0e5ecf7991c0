"""Asks for a doctor's free times; only the last answer counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.errors import TranslatableError
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.ui.time_axis import CELL

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import Opening
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

LOOK_AHEAD_DAYS: Final = 14


class OpeningsSource(QObject):
    """`found` brings the free starts (UTC), earliest first, `runs_found` the free stretches as `Opening`s.

    `failed` says that they could not be read: what is shown stays, and where nothing is, that has to be said.
    """

    found = Signal(list)
    runs_found = Signal(tuple)
    failed = Signal()

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._operation: Operation[tuple[Opening, ...]] | None = None

    def ask(self, doctor_id: str, begin: dt.datetime, minutes: int, visit_kind_id: str | None = None) -> None:
        """Look for times of `minutes` from `begin` on, over a fortnight; never before the present.

        Those at which no bed or room is free for the kind of visit are left out.
        """
        if self._operation is not None:
            self._operation.cancel()
        context = self._context
        begin = max(begin, context.clock.now())

        def look() -> tuple[Opening, ...]:
            return context.database.read(
                lambda connection: reading.openings(
                    connection, context.actor, doctor_id,
                    from_=begin, days=LOOK_AHEAD_DAYS, minutes=minutes, zone=context.zone,
                    visit_kind_id=visit_kind_id,
                )
            )  # fmt: skip

        self._operation = context.operation(self, look)
        self._operation.on_done(self._on_look_done).on_failed(self._on_look_failed).start()

    def _on_look_done(self, openings: tuple[Opening, ...]) -> None:
        self._operation = None
        self.found.emit([opening.starts_at for opening in openings])
        self.runs_found.emit(runs_of(openings))

    def _on_look_failed(self, error: BaseException) -> bool:
        self._operation = None
        self.failed.emit()
        return isinstance(error, TranslatableError)


def runs_of(openings: tuple[Opening, ...], longest: int = 60) -> tuple[Opening, ...]:
    """Free starts of one doctor that follow each other as one stretch, cut after `longest` minutes."""
    runs: list[Opening] = []
    for opening in openings:
        last = runs[-1] if runs else None
        follows = (
            last is not None and last.starts_at + dt.timedelta(minutes=last.minutes) == opening.starts_at
        )
        if last is not None and follows and last.minutes < longest:
            runs[-1] = replace(last, minutes=last.minutes + CELL)
        else:
            runs.append(replace(opening, minutes=CELL))
    return tuple(runs)
