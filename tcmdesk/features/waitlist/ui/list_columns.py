"""The columns of the waitlist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.features.patients.types import sex_age
from tcmdesk.features.waitlist.types import ENTRY_LABELS, Entry, EntryStatus
from tcmdesk.features.waitlist.ui import words
from tcmdesk.ui.columns import Column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.theme.tokens import Colour

LAST_MINUTES: Final = 2
"""An offer that stands no longer than this is shown in amber."""


class EntryWords:
    """What the cells say of an entry; `server_now` tells the clock that counts for offers."""

    def __init__(self, context: UiContext, server_now: Callable[[], dt.datetime]) -> None:
        self._context = context
        self._tr = context.tr
        self._server_now = server_now

    @property
    def today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def columns(self) -> tuple[Column[Entry], ...]:
        """Who, with whom, when, until when, since when, and what has become of it."""
        tr, _ = self._tr, self._tr.gettext
        return (
            Column(
                _("Patient"),
                lambda entry: words.patient_text(tr, entry),
                bold=True,
                colour="text",
                elide=True,
            ),
            Column(_("Sex, age"), lambda entry: sex_age(tr, entry.gender, entry.birthday, self.today), 88),
            Column(_("With"), lambda entry: words.whom(tr, entry), elide=True),
            Column(_("When"), lambda entry: words.when_text(tr, entry.wish), elide=True),
            Column(_("Until"), lambda entry: tr.date(entry.wish.last_day), 92),
            Column(_("Min"), lambda entry: str(entry.wish.minutes), 64, align="right"),
            Column(_("Since"), self._since, 116, colour="text3"),
            Column(_("State"), self.state, 200, icon=self.icon, tint=self.tint),
        )

    def state(self, entry: Entry) -> str:
        tr, _ = self._tr, self._tr.gettext
        if entry.status is not EntryStatus.WAITING:
            return _(ENTRY_LABELS[entry.status])
        if self._lapsed(entry):
            return _("Waited in vain")
        if entry.offer is None:
            return _("Urgent") if entry.wish.urgent else _("Waiting for a time")
        start = words.start_text(tr, entry.offer.starts_at, self._context.zone, self.today)
        if entry.clash:
            return f"{start} · {_('Sold by the platform')}"
        return f"{start} · {words.left_text(tr, entry.offer, self._server_now())}"

    def icon(self, entry: Entry) -> str:
        if entry.status is EntryStatus.BOOKED:
            return "check"
        if entry.status is EntryStatus.WITHDRAWN or self._lapsed(entry):
            return "ban"
        if entry.offer is not None:
            return "triangle-alert" if entry.clash else "hourglass"
        return "circle-alert" if entry.wish.urgent else "circle-dashed"

    def tint(self, entry: Entry) -> Colour:
        if entry.status is not EntryStatus.WAITING or self._lapsed(entry):
            return "text3"
        if entry.offer is None:
            return "warn" if entry.wish.urgent else "text2"
        if entry.clash:
            return "danger"
        last = words.minutes_left(entry.offer, self._server_now()) <= LAST_MINUTES
        return "warn" if last else "accent_text"

    def _lapsed(self, entry: Entry) -> bool:
        return entry.wish.last_day < self.today

    def _since(self, entry: Entry) -> str:
        return words.waited_text(self._tr, entry.created_at, self._context.clock.now())
