"""The one who is chosen on the waitlist: the wish, the offer that runs or the times that suit, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.features.appointments.types import VISIT_TYPE_LABELS
from tcmdesk.features.patients.types import masked_phone, sex_age
from tcmdesk.features.waitlist.types import WRITE, Entry, EntryStatus
from tcmdesk.features.waitlist.ui import words
from tcmdesk.ui.components.badge import Chip
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.pane import PaneHead, SidePanel
from tcmdesk.ui.components.text import Text, label
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import Opening
    from tcmdesk.ui.context import UiContext


class EntryPanel(SidePanel):
    """Buttons with their keys, in the order of use. `time_chosen` brings an `Opening` to offer."""

    time_chosen = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        self._context = context
        _ = self._ = context.tr.gettext
        super().__init__(
            "waiting", PaneHead(_("Waitlist"), icon="hourglass", height="table_row"), parent=parent
        )
        self.entry: Entry | None = None
        self.openings: tuple[Opening, ...] = ()
        self._content = QWidget(self)
        self._content_column = QVBoxLayout(self._content)
        self._name = Text("", "heading", wrap=True, parent=self)
        self._who = Text("", "body", "text2", elide=True, parent=self)
        self._wish = Text("", "body", "text", wrap=True, parent=self)
        self._note = Text("", "small", "text2", wrap=True, parent=self)
        self._chip = Chip("", "accent", icon="hourglass", parent=self)
        self._offer = Text("", "subheading", "text", wrap=True, parent=self)
        self.accept = Button(_("Accept: book it"), icon="check", key="A", kind="primary", parent=self)
        self.decline = Button(_("Declined"), icon="ban", key="D", parent=self)
        self.withdraw = Button(_("Withdraw the offer"), icon="undo-2", key="W", parent=self)
        self._times_title = label(_("Times that suit"), self)
        self._no_times = Text("", "small", "text3", wrap=True, parent=self)
        self.times = [
            Button(
                "",
                key=str(number),
                name=_("Times that suit"),
                kind="primary" if number == 1 else "plain",
                parent=self,
            )
            for number in range(1, 7)
        ]
        self.edit = Button(_("Change the wish"), icon="pen-line", key="E", kind="ghost", parent=self)
        self.off = Button(_("Take off the list"), icon="x", key="Del", kind="ghost", parent=self)
        self._nobody = Text(
            _("Choose someone to see the times that suit"), "small", "text3", wrap=True, parent=self
        )
        for widget in (self._name, self._who, self._wish, self._note):
            self._content_column.addWidget(widget)
        self._content_column.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (
            self._offer, self.accept, self.decline, self.withdraw, self._times_title, self._no_times,
            *self.times, self._nobody,
        ):  # fmt: skip
            self._content_column.addWidget(widget)
        self._content_column.addStretch(1)
        self._content_column.addWidget(self.edit)
        self._content_column.addWidget(self.off)
        self.body.addWidget(self._content, 1)
        for number, button in enumerate(self.times):
            button.clicked.connect(lambda _on=False, at=number: self.choose(at))
        self.show_entry(None, context.clock.now())
        self.apply_theme()

    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "_content_column"):
            edge = current().px(16)
            self._content_column.setContentsMargins(edge, current().px(12), edge, current().px(12))
            self._content_column.setSpacing(current().px(8))

    def show_entry(self, entry: Entry | None, server_now: dt.datetime) -> None:
        """Show someone, or nobody; the times that suit follow."""
        if _asks_for(entry) != _asks_for(self.entry):
            self.openings = ()
        self.entry = entry
        tr, context = self._context.tr, self._context
        today = context.clock.now().astimezone(context.zone).date()
        self._name.setText(words.patient_text(tr, entry) if entry else "")
        waits = entry is not None and entry.status is EntryStatus.WAITING
        may = context.allowed(WRITE)
        offered = waits and entry is not None and entry.offer is not None
        if entry is not None:
            about = (sex_age(tr, entry.gender, entry.birthday, today), masked_phone(entry.phone))
            self._who.setText("  ".join(filter(None, about)))
            wish = entry.wish
            narrow = (
                words.whom(tr, entry), words.when_text(tr, wish), words.until_text(tr, wish, today),
                tr.gettext("{minutes} min").format(minutes=wish.minutes), self._(VISIT_TYPE_LABELS[wish.visit_type]),
            )  # fmt: skip
            self._wish.setText(" · ".join(narrow))
            self._note.setText(wish.note)
        self._note.setVisible(entry is not None and bool(entry.wish.note))
        for widget in (self._name, self._who, self._wish):
            widget.setVisible(entry is not None)
        self._nobody.setVisible(entry is None)
        for widget in (self._chip, self._offer):
            widget.setVisible(offered)
        for button in (self.accept, self.decline, self.withdraw):
            button.setVisible(offered and may)
        for button in (self.edit, self.off):
            button.setVisible(waits and may)
        self.tick(server_now)
        self._show_times(searching=True)

    def tick(self, server_now: dt.datetime) -> None:
        """Say how long the offer still stands."""
        entry = self.entry
        if entry is None or entry.offer is None:
            return
        tr, context = self._context.tr, self._context
        today = context.clock.now().astimezone(context.zone).date()
        start = words.start_text(tr, entry.offer.starts_at, context.zone, today)
        self._offer.setText(f"{start}  {entry.offer_doctor}")
        self._chip.set_tone("danger" if entry.clash else "accent")
        self._chip.set_text(
            self._("Sold by the platform") if entry.clash else words.left_text(tr, entry.offer, server_now)
        )

    def show_times(self, entry_id: str, openings: tuple[Opening, ...]) -> None:
        """The times that suit the one who is shown."""
        if self.entry is not None and self.entry.entry_id == entry_id:
            self.openings = openings
            self._show_times(searching=False)

    def _show_times(self, *, searching: bool) -> None:
        entry, context = self.entry, self._context
        free = entry is not None and entry.status is EntryStatus.WAITING and entry.offer is None
        today = context.clock.now().astimezone(context.zone).date()
        self._times_title.setVisible(free)
        self._no_times.setText("" if searching or self.openings else self._("None free in the next 14 days"))
        self._no_times.setVisible(free and not self.openings)
        for number, button in enumerate(self.times):
            shown = free and number < len(self.openings)
            button.setVisible(shown)
            if shown:
                opening = self.openings[number]
                start = words.start_text(context.tr, opening.starts_at, context.zone, today)
                button.setText(f"{start}  {opening.doctor_name}")
                button.setAccessibleName(self._("Hold and offer {time}").format(time=button.text()))
                button.setEnabled(context.allowed(WRITE))

    def choose(self, number: int) -> None:
        """Offer the time of this number, from 0."""
        if number < len(self.openings) and self.times[number].isVisible():
            self.time_chosen.emit(self.openings[number])


def _asks_for(entry: Entry | None) -> object:
    """What the times that suit depend on."""
    return None if entry is None else (entry.entry_id, entry.wish, entry.offer, entry.refused)
