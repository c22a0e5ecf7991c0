"""Covers the main window: nothing of it is seen, heard by a screen reader or reached by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from tcmdesk.app.lock.form import LockForm
from tcmdesk.app.sign_in.brand_panel import BrandPanel
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator

FOR_PATIENTS: Final = "for_patients"
"""Property of a window that stays when the desk is locked: patients look at it, and it shows nothing of them."""


class LockCover(Themed, QWidget):
    """Lies over a window and hides everything else of the program until it is lifted.

    What is hidden keeps running: a half-written booking, a call. `close_requested` when the window is to be
    closed meanwhile; whoever locked it decides.
    """

    close_requested = Signal()

    def __init__(
        self, window: QWidget, tr: Translator, *, name: str, role: str, clinic: str, day: dt.date
    ) -> None:
        super().__init__(window)
        self._window = window
        self._focused = QApplication.focusWidget()
        self._hidden: list[QWidget] = []
        self._dialogs: list[QWidget] = []
        self._watching = False
        self.setAccessibleName(tr.gettext("Locked"))
        brand = BrandPanel(self)
        brand.set_texts(
            clinic=clinic,
            product="tcmdesk",
            day=tr.date(day, weekday=True),
            claim=tr.gettext("The Chinese-medicine clinic's desk"),
        )
        self.form = LockForm(tr, name, role, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(brand)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.form, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        row.addLayout(column, 1)
        QShortcut("Ctrl+U", self).activated.connect(self.form.switch_requested)
        self.start_theming()

    def put_on(self) -> None:
        """Cover the window and take the keyboard."""
        while popup := QApplication.activePopupWidget():
            popup.close()
        self._hidden = [
            child
            for child in self._window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child is not self and not child.isWindow() and not child.isHidden()
        ]
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        for widget in self._hidden:
            widget.hide()
        self._hide_dialogs()
        self._window.installEventFilter(self)
        QApplication.instance().focusWindowChanged.connect(self._hide_dialogs)
        self._watching = True
        self.form.begin()

    def rest(self) -> None:
        """The window goes out of sight: other windows are no longer of its session."""
        if self._watching:
            QApplication.instance().focusWindowChanged.disconnect(self._hide_dialogs)
            self._watching = False

    def lift(self) -> None:
        """Show everything as it was, with the keyboard where it was."""
        self._window.removeEventFilter(self)
        self.rest()
        for widget in (*self._hidden, *self._dialogs):
            if isValid(widget):
                widget.show()
        self.hide()
        self.deleteLater()
        if self._focused is not None and isValid(self._focused):
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_dialogs(self) -> None:
        """Those that are open, and any that opens while the desk is locked."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible() and not widget.property(FOR_PATIENTS):
                widget.hide()
                self._dialogs.append(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        elif event.type() == QEvent.Type.ChildAdded:
            # what opens meanwhile opens below
            self.raise_()
        elif event.type() == QEvent.Type.Close:
            event.ignore()
            self.close_requested.emit()
            return True
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # the next one in the window's ring may be below the cover
        stops = [self.form.password, self.form.button, self.form.switch, *self.form.notice.buttons]
        focused = QApplication.focusWidget()
        at = stops.index(focused) if focused in stops else -1
        for step in range(1, len(stops) + 1):
            target = stops[(at + (step if forward else -step)) % len(stops)]
            if target.isEnabled() and target.isVisible():
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), current().colour("surface"))
