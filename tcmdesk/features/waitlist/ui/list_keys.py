"""What the keys and buttons do with the one who is chosen on the waitlist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from tcmdesk.core.i18n import N_
from tcmdesk.features.waitlist.types import SETTINGS, WRITE, EntryStatus

if TYPE_CHECKING:
    from tcmdesk.features.appointments.types import Opening
    from tcmdesk.features.waitlist.ui.waitlist_screen import WaitlistScreen

OFFERED: Final = frozenset({"A", "D", "W"})
"""Keys that act on an offer that runs."""

FREE: Final = frozenset({"1"})
"""The key that makes one."""

OPEN: Final = frozenset({"E", "Del"})
"""Keys that act on whoever still waits."""


class ListKeys(QObject):
    """Makes the keys, and acts on the chosen entry where that applies."""

    def __init__(self, screen: WaitlistScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        panel, sheets = screen.panel, screen.sheets
        panel.accept.clicked.connect(self.accept)
        panel.decline.clicked.connect(self.decline)
        panel.withdraw.clicked.connect(self.withdraw)
        panel.edit.clicked.connect(self.edit)
        panel.off.clicked.connect(self.take_off)
        panel.time_chosen.connect(self.offer)
        screen.table.activated.connect(lambda _index: self.edit())
        context = screen.context
        _, shortcuts = context.tr.gettext, context.shortcuts
        if not context.allowed(WRITE):
            return
        keys = (
            ("N", N_("Add"), sheets.add),
            ("1", N_("Hold and offer"), lambda: panel.choose(0)),
            ("A", N_("Accept"), self.accept),
            ("D", N_("Declined"), self.decline),
            ("W", N_("Withdraw"), self.withdraw),
            ("E", N_("Change"), self.edit),
            ("Delete", N_("Take off"), self.take_off),
        )
        for rank, (key, word, run) in enumerate(keys, start=10):
            shortcuts.add(screen, key, _(word), run, rank=rank)
        for number in range(1, len(panel.times)):
            shortcuts.add(
                screen, str(number + 1), _("Offer a later time"), lambda at=number: panel.choose(at),
                rank=30, listed=False,
            )  # fmt: skip
        if context.allowed(SETTINGS):
            shortcuts.add(screen, "U", _("Rules for offers"), sheets.open_rules, rank=60, listed=False)

    @property
    def idle(self) -> frozenset[str]:
        """Caps of the keys that do nothing for the chosen one."""
        entry = self._screen.chosen
        if entry is None or entry.status is not EntryStatus.WAITING:
            return OFFERED | FREE | OPEN
        return FREE if entry.offer is not None else OFFERED

    def edit(self) -> None:
        """E or Enter: change what the chosen one waits for."""
        entry = self._screen.chosen
        if entry is not None and entry.status is EntryStatus.WAITING and self._screen.context.allowed(WRITE):
            self._screen.sheets.edit(entry)

    def offer(self, opening: Opening) -> None:
        """Hold one of the times that suit, and tell the patient."""
        entry = self._screen.chosen
        if entry is not None:
            self._screen.work.offer(entry, opening.doctor_id, opening.starts_at)

    def accept(self) -> None:
        """A: book what the chosen one was offered."""
        entry = self._screen.chosen
        if entry is not None and entry.offer is not None:
            self._screen.work.accept(entry, entry.offer)

    def decline(self) -> None:
        """D: the patient does not want it."""
        entry = self._screen.chosen
        if entry is not None and entry.offer is not None:
            self._screen.work.decline(entry, entry.offer)

    def withdraw(self) -> None:
        """W: the clinic needs the time itself."""
        entry = self._screen.chosen
        if entry is not None and entry.offer is not None:
            self._screen.work.withdraw(entry, entry.offer)

    def take_off(self) -> None:
        """Del: the chosen one waits no longer."""
        entry = self._screen.chosen
        if entry is not None and entry.status is EntryStatus.WAITING:
            self._screen.work.take_off(entry)
