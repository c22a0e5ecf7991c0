"""The button at the top of the board that counts the platform's new bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from tcmdesk.features.worklists.service import reading
from tcmdesk.features.worklists.types import Inbox, ListName
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.sound import Sound

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

TABLES: Final = frozenset({"appointments", "desk_appointments", "desk_inbox_marks"})
MOST: Final = 99
NEW_DAY_MS: Final = 10 * 60 * 1000


class InboxButton(Button):
    """Icon and count; a click opens the list. What comes in while it is there is announced and sounds."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(icon="inbox", kind="tool", name=_("New bookings from the platform"), parent=parent)
        self._context = context
        self._ = _
        self._known: frozenset[str] | None = None
        self._operation: Operation[Inbox] | None = None
        self.chime = Sound("new-booking", self)
        self.clicked.connect(self.open_list)
        context.changes.changed.connect(self._on_changes_changed)
        context.shortcuts.add(self, "I", _("From the platform"), self.open_list, rank=62, listed=False)
        # yesterday's bookings leave the list without any table changing
        self._daily = QTimer(self)
        self._daily.setInterval(NEW_DAY_MS)
        self._daily.timeout.connect(self.load)
        self._daily.start()
        self.load()

    @property
    def count(self) -> int:
        """How many the reader has not seen."""
        return len(self._known or ())

    def load(self) -> None:
        """Ask what is new."""
        if self._operation is not None:
            self._operation.cancel()
        context = self._context
        now = context.clock.now()
        self._operation = context.operation(
            self,
            lambda: context.database.read(
                lambda connection: reading.what_is_new(connection, context.actor, now=now, zone=context.zone)
            ),
        )
        self._operation.on_done(self.take).on_failed(self._on_load_failed).start()

    def take(self, found: Inbox) -> None:
        """Show the count; tell of those that were not there before."""
        self._operation = None
        ids = frozenset(found.new_ids)
        arrived = ids - self._known if self._known is not None else frozenset()
        self._known = ids
        count = f"{MOST}+" if len(ids) > MOST else str(len(ids)) if ids else ""
        said = self._("{count} new").format(count=count) if ids else self._("Nothing new")
        self.set_badge(count, said)
        if arrived:
            text = self._("New booking from the platform")
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{text}. {said}"))
            if found.sound:
                self.chime.play()

    def open_list(self) -> None:
        """Show what is new."""
        self._context.navigator.open("worklists", list=ListName.INBOX.value)

    def _on_load_failed(self, _error: BaseException) -> bool:
        # the count stays as it was; the window says that the database is away
        self._operation = None
        return True

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.load()
