"""The panel of those who wait and those who are in consultation, beside the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.errors import TranslatableError
from tcmdesk.features.reception.service import waiting
from tcmdesk.features.reception.types import WaitingRoom
from tcmdesk.features.reception.ui.call_display import DisplayOpener
from tcmdesk.features.reception.ui.waiting_lines import lines_of, next_up
from tcmdesk.features.reception.ui.waiting_list import WaitingList
from tcmdesk.features.reception.ui.words import minutes_text
from tcmdesk.features.settings.service import clinic
from tcmdesk.features.settings.types import LONG_WAIT_MINUTES, Clinic
from tcmdesk.features.visits.types import CALL
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.pane import PaneHead, SidePanel
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState, StateStack

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import AppointmentCard
    from tcmdesk.features.reception.types import QueueEntry
    from tcmdesk.ui.context import UiContext

TICK_MS: Final = 15_000
"""How often the minutes are counted again."""

TABLES: Final = frozenset({"desk_visits", "appointments", "desk_appointments", "patient_profiles", "users"})


def own_doctor(context: UiContext) -> str | None:
    """The doctor who is signed in, None for everybody else."""
    actor = context.actor
    return actor.doctor_id if isinstance(actor, Staff) and actor.role is Role.DOCTOR else None


class WaitingRoomPanel(SidePanel):
    """Who waits, longest first, and below who is in which room. It reads itself again when others change something.

    `card_requested` brings the id of an appointment to open, `changed` says that whom a key would call has changed.
    """

    card_requested = Signal(str)
    changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = self._ = context.tr.gettext
        self._context = context
        super().__init__(
            "waiting", PaneHead(_("Waiting"), icon="armchair", height="column_head"), parent=parent
        )
        self.room = WaitingRoom(self._today())
        self._day = self._today()
        self._long_wait = LONG_WAIT_MINUTES
        self._room_known = self._settings_known = False
        self.list = WaitingList(context.tr, self, may_call=context.allowed(CALL))
        self._stack = StateStack(self.list, self)
        self.body.addWidget(self._stack, 1)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.refresh_minutes)
        self.list.opened.connect(self.card_requested)
        self.list.chosen_changed.connect(self.changed)
        context.changes.changed.connect(self._on_changes_changed)
        self.setFocusProxy(self.list)
        self._display = DisplayOpener(context, self)
        context.shortcuts.add(self, "Shift+W", _("Call display"), self.open_display, rank=60, listed=False)
        self._await_room()

    def open_display(self) -> None:
        """Open the call display, on the second screen where there is one."""
        self._display.open()

    # what the board asks

    def show_day(self, day: dt.date) -> None:
        """Show who is here on a day; only today has anybody."""
        if day != self._day:
            self._day = day
            self.room = WaitingRoom(day)
            self._await_room()
        self.reload()

    def reload(self) -> None:
        """Read again."""
        if self._day != self._today():
            return
        context, day = self._context, self._day
        work = context.operation(
            self,
            lambda: context.database.read(
                lambda connection: waiting.room(connection, context.actor, day, context.zone)
            ),
        )
        work.on_done(self._on_room_read).on_failed(self._on_room_failed).start()
        if not self._settings_known:
            context.operation(
                self, lambda: context.database.read(lambda connection: clinic(connection, context.actor))
            ).on_done(self._on_clinic_read).on_failed(lambda _error: True).start()

    def next_entry(self) -> QueueEntry | None:
        """Whom "next" calls."""
        return next_up(self.room, self._context.clock.now(), own_doctor(self._context))

    @property
    def chosen_card(self) -> AppointmentCard | None:
        """Whom a key means while the keyboard is in this panel."""
        line = self.list.chosen
        return None if line is None else line.entry.card

    # reading and showing

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _await_room(self) -> None:
        """Nothing is known of the day yet, so nobody is said to wait, nor nobody."""
        self._room_known = False
        self._show()
        if self._day == self._today():
            if self.list.waiting_model.lines:
                self.list.show_lines(())
            self._stack.show_content()
            self._stack.show_loading(LoadingState(self._("The waiting room is loading"), parent=self._stack))

    def _on_room_read(self, room: WaitingRoom) -> None:
        if room.day == self._day:
            self.room, self._room_known = room, True
            self._show()
            self.changed.emit()

    def _on_room_failed(self, error: BaseException) -> bool:
        # what is on screen stays readable, and the window says that the database is away
        if self._room_known or self._day != self._today():
            return not self._context.changes.connected
        known = isinstance(error, TranslatableError)
        reason = error.text(self._context.tr) if known else ""
        title, again = self._("The waiting room could not be read"), Action(self._("Try again"), self.reload)
        self._stack.show_state(ErrorState(title, reason, retry=again, parent=self._stack))
        return known

    def _on_clinic_read(self, settings: Clinic) -> None:
        self._settings_known, self._long_wait = True, settings.long_wait
        self._show()

    def refresh_minutes(self) -> None:
        """Count the minutes again; nothing is read, nothing moves, the focus stays."""
        self._show()

    def _show(self) -> None:
        now, _ = self._context.clock.now(), self._
        lines = lines_of(self.room, now, own=own_doctor(self._context), long_wait=self._long_wait)
        self.head.set_aside(_head_text(self._context.tr, self.room, now))
        average = minutes_text(self._context.tr, self.room.average_wait(now))
        waits = _("{count} wait, {time} on average").format(count=len(self.room.waiting), time=average)
        self.head.setToolTip(waits if self.room.waiting else "")
        if lines:
            self.list.show_lines(lines)
            self._stack.show_content()
            return
        today = self._day == self._today()
        if today and not self._room_known:
            return
        title = _("Nobody waits") if today else _("The waiting room is of today")
        hint = _("A on a card notes an arrival, W a walk-in") if today else _("T goes back to today")
        self._stack.show_state(EmptyState("armchair", title, hint, parent=self._stack))

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES and self.isVisible():
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()


def _head_text(tr: Translator, room: WaitingRoom, now: dt.datetime) -> str:
    """``6 人 · 平均 18 分钟``; empty when nobody waits."""
    if not room.waiting:
        return ""
    average = minutes_text(tr, room.average_wait(now))
    return tr.gettext("{count} · ⌀ {time}").format(count=len(room.waiting), time=average)
