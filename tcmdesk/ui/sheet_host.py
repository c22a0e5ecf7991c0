"""Keeps the sheets at the right of the screen, one open at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Signal

from tcmdesk.ui.motion import slide

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.sheet import Sheet


class SheetHost(QObject):
    """Lays the open sheet over the right edge of `screen`. `changed` says that one opened or closed."""

    changed = Signal()

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self.current: Sheet | None = None
        screen.installEventFilter(self)

    def adopt(self, sheet: Sheet) -> None:
        """Take a sheet; it stays hidden until shown."""
        sheet.setParent(self._screen)
        sheet.hide()

    def show(self, sheet: Sheet) -> None:
        """Open a sheet in the place of any other."""
        if self.current is sheet:
            return
        arriving = self.current is None
        if self.current is not None:
            self.current.hide()
        self.current = sheet
        self._place()
        sheet.show()
        sheet.raise_()
        if arriving:
            end = sheet.pos()
            slide(sheet, QPoint(self._screen.width(), 0), end)
        self.changed.emit()

    def close(self) -> None:
        """Hide the open sheet; what was typed in it stays until it begins anew."""
        if self.current is not None:
            self.current.hide()
            self.current = None
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._screen and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self.current is not None:
            wide = self.current.minimumWidth()
            self.current.setGeometry(self._screen.width() - wide, 0, wide, self._screen.height())
