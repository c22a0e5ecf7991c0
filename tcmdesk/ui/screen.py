"""The base of everything that navigation opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.ui.components.status_bar import StatusItem
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.shortcuts import KeyHint


class Screen(Themed, QWidget):
    """A full page of the main window.

    Subclasses set `refresh_on` to the tables they show, build their widgets in the constructor and load in
    `activate`. `hints_changed` asks the status bar to read `key_hints` again; `title_changed` the window.
    """

    refresh_on: ClassVar[frozenset[str]] = frozenset()

    hints_changed = Signal()
    title_changed = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._ = context.tr.gettext
        self._active = False
        self._stale: frozenset[str] = frozenset()
        self.setObjectName(type(self).__name__)
        context.changes.changed.connect(self._on_changes_changed)
        context.changes.connected_changed.connect(self._on_changes_connected_changed)

    @property
    def title(self) -> str:
        """The translated title, for the window and screen readers."""
        return self.accessibleName()

    def set_title(self, title: str) -> None:
        if title != self.accessibleName():
            self.setAccessibleName(title)
            self.title_changed.emit(title)

    @property
    def active(self) -> bool:
        """Whether it is the screen in front."""
        return self._active

    def open(self, **params: object) -> None:
        """Show what a link asked for (a day, a patient). Called after `activate`, and again while active."""

    def activate(self) -> None:
        """It comes to the front: catch up with what changed meanwhile."""
        self._active = True
        if self._stale:
            tables, self._stale = self._stale, frozenset()
            self.refresh(tables)

    def deactivate(self) -> None:
        """Another screen comes to the front. What was typed stays."""
        self._active = False

    def refresh(self, tables: frozenset[str]) -> None:
        """Load again because these tables changed; selection, scroll and open editors stay."""

    def connection_changed(self, connected: bool) -> None:
        """The database went away or came back. What is shown stays; only what needs it is held back."""

    def key_hints(self) -> list[KeyHint]:
        """What works here, most used first: the registered shortcuts unless a screen knows better."""
        return self.context.shortcuts.hints(self)

    def status_items(self) -> list[StatusItem]:
        """What the status bar says of this screen at its right (``1 clash``); read with the hints."""
        return []

    def message_place(self) -> QWidget | None:
        """An empty widget over which passing messages may stand; None lets them push the screen down."""
        return None

    def panes(self) -> list[QWidget]:
        """The panes that F6 goes through, in order."""
        return [self]

    @property
    def at_rest(self) -> bool:
        """Whether everything that it shows is painted, for those who take its picture."""
        return True

    def can_close(self) -> bool:
        """Whether nothing unsaved would be lost; the main window asks before it closes."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), current().colour("canvas"))

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        touched = tables & self.refresh_on
        if not touched:
            return
        if self._active:
            self.refresh(touched)
        else:
            self._stale |= touched

    def _on_changes_connected_changed(self, connected: bool) -> None:
        self.connection_changed(connected)
