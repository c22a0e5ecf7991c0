"""Reads the waitlist, and the times that suit one who waits; only the last answers count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.waitlist.service import entries, offers
from tcmdesk.features.waitlist.service.matching import LEAD

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import DoctorColumn, Opening
    from tcmdesk.features.waitlist.types import Entry, Waitlist
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

LOOK_AHEAD_DAYS: Final = 14
MOST_TIMES: Final = 6
_MOST_READ: Final = 2000


@dataclass(frozen=True, slots=True)
class Times:
    """When somebody who waits could be seen."""

    entry_id: str
    openings: tuple[Opening, ...]


class ListSource(QObject):
    """`found` brings a `Waitlist`, `times_found` the `Times` of one entry, `failed` an error of the list."""

    found = Signal(object)
    times_found = Signal(object)
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._list: Operation[Waitlist] | None = None
        self._times: Operation[Times] | None = None

    @property
    def loading(self) -> bool:
        return self._list is not None or self._times is not None

    def ask(self, *, ended: bool) -> None:
        """Read the list; a second statement looks at the offers that run, when there are any."""
        if self._list is not None:
            self._list.cancel()
        context = self._context
        now, actor = context.clock.now(), context.actor
        today = now.astimezone(context.zone).date()
        read = entries.ended if ended else entries.waiting

        def look(connection: Any) -> Waitlist:
            found = read(connection, actor, today=today, now=now)
            sold = offers.clashes(connection, actor, found, context.zone)
            marked = (
                replace(entry, clash=entry.offer is not None and entry.offer.offer_id in sold)
                for entry in found.entries
            )
            return replace(found, entries=tuple(marked))

        self._list = context.operation(self, lambda: context.database.read(look))
        self._list.on_done(self._on_list_done).on_failed(self._on_list_failed).start()

    def ask_times(self, entry: Entry) -> None:
        """Look for times of the next fortnight that suit someone."""
        self.forget_times()
        context, wish = self._context, entry.wish
        begin = context.clock.now() + LEAD
        actor, zone = context.actor, context.zone
        today = begin.astimezone(zone).date()
        days = min(LOOK_AHEAD_DAYS, (wish.last_day - today).days + 1)

        def look(connection: Any) -> Times:
            doctors = {}
            if wish.doctor_id is None and wish.department:
                columns = reading.board_doctors(connection, actor, today)
                doctors = {column.doctor_id: column for column in columns}
            found = reading.find_openings(
                connection, actor, zone=zone, from_=begin, days=days, doctor_id=wish.doctor_id,
                minutes=wish.minutes, visit_type=wish.visit_type, limit=_MOST_READ,
            )  # fmt: skip
            suits = (each for each in found if _suits(entry, each, doctors, zone))
            return Times(
                entry.entry_id, tuple(each for each, _ in zip(suits, range(MOST_TIMES), strict=False))
            )

        if days < 1:
            return
        self._times = context.operation(self, lambda: context.database.read(look))
        self._times.on_done(self._on_times_done).on_failed(self._on_times_failed).start()

    def forget_times(self) -> None:
        """The times of the last one asked for are no longer wanted."""
        if self._times is not None:
            self._times.cancel()
            self._times = None

    def _on_list_done(self, found: Waitlist) -> None:
        self._list = None
        self.found.emit(found)

    def _on_list_failed(self, error: BaseException) -> bool:
        self._list = None
        self.failed.emit(error)
        return True

    def _on_times_done(self, found: Times) -> None:
        self._times = None
        self.times_found.emit(found)

    def _on_times_failed(self, _error: BaseException) -> bool:
        self._times = None
        return True


def _suits(entry: Entry, opening: Opening, doctors: dict[str, DoctorColumn], zone: dt.tzinfo) -> bool:
    """Whether a free time lies within what someone wished for."""
    wish, local = entry.wish, opening.starts_at.astimezone(zone)
    if doctors and doctors[opening.doctor_id].department != wish.department:
        return False
    start, end = wish.window
    minute = local.hour * 60 + local.minute
    refused = (opening.doctor_id, opening.starts_at) in entry.refused
    return wish.on(local.date()) and start <= minute and minute + wish.minutes <= end and not refused
