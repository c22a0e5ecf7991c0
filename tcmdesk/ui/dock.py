"""The place at the left of the main window, beside whatever screen is open, for what goes on meanwhile: a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.registry import panel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout, QWidget

    from tcmdesk.ui.context import UiContext


class Dock(QObject):
    """Makes panels of their registered name, once each, and shows one at a time; `changed` when another is shown.

    A panel stays as it is while it is hidden. One that has `can_close` may say that it has something unsaved.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place: tuple[QBoxLayout, int] | None = None
        self._panels: dict[str, Any] = {}
        self.current: QWidget | None = None

    def settle(self, layout: QBoxLayout, at: int) -> None:
        """Where panels are put: the main window's row, and the index in it."""
        self._place = layout, at

    def open(self, context: UiContext, name: str) -> Any:
        """Show a panel; `LookupError` when no feature offers one of this name."""
        shown = self.panel(context, name)
        if self.current is not None and self.current is not shown:
            self.current.hide()
        self.current = shown
        shown.show()
        self.changed.emit()
        return shown

    def panel(self, context: UiContext, name: str) -> Any:
        """The panel itself, made if need be and not shown by that."""
        if name not in self._panels:
            layout, at = self._place if self._place is not None else (None, 0)
            parent = layout.parentWidget() if layout is not None else None
            made = panel(name)(context, parent)
            made.hide()
            if layout is not None:
                layout.insertWidget(at, made)
            self._panels[name] = made
        return self._panels[name]

    def close(self) -> None:
        """Give the room back to the screens."""
        if self.current is not None:
            self.current.hide()
            self.current = None
            self.changed.emit()

    @property
    def panels(self) -> tuple[Any, ...]:
        """Those that were made."""
        return tuple(self._panels.values())
