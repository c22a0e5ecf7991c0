"""A search for patients in a bar: the list appears under the field, above what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.features.patients.ui.match_list import MatchList
from tcmdesk.features.patients.ui.patient_search import PatientSearch
from tcmdesk.ui import paint
from tcmdesk.ui.components.inputs import SearchField
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from tcmdesk.features.patients.types import PatientMatch
    from tcmdesk.ui.context import UiContext


class _Popup(Themed, QWidget):
    """The list under the field, above the board."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        today = context.clock.now().astimezone(context.zone).date()
        self.list = MatchList(context.tr, today, self)
        self.list.set_placeholder(context.tr.gettext("Nobody found"))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.list)
        self.hide()
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(1, theme.px(4), 1, theme.px(4))
        self.setFixedWidth(theme.px(500))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint.rounded(QPainter(self), QRectF(self.rect()), current().radius("card"), "raised", "field_line")


class PatientFinder(SearchField):
    """`chosen` brings the `PatientMatch`; Esc or leaving the field closes the list."""

    chosen = Signal(object)

    def __init__(self, context: UiContext, screen: QWidget) -> None:
        _ = context.tr.gettext
        super().__init__(_("Name, pinyin, phone"), key="Ctrl K", parent=screen)
        self._screen = screen
        self._search = PatientSearch(context, self)
        self.popup = _Popup(context, screen)
        self.setMaxLength(100)
        self.textEdited.connect(self._search.look_for)
        self._search.found.connect(self._on_search_found)
        self.popup.list.chosen.connect(self._choose)
        screen.installEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self.popup.isVisible():
            self.popup.list.step(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            match = self.popup.list.current_match
            if match is not None and self.popup.isVisible() and not self._search.running:
                self._choose(match)
        elif event.key() == Qt.Key.Key_Escape and not self.text():
            self._close()
            event.ignore()
        else:
            super().keyPressEvent(event)
            if not self.text():
                self._close()

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)
        self._close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._screen and event.type() == QEvent.Type.Resize and self.popup.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_search_found(self, matches: tuple[PatientMatch, ...], typed: str) -> None:
        if not typed or not self.hasFocus():
            self._close()
            return
        self.popup.list.show_matches(matches, typed)
        self.popup.list.set_rows(min(max(len(matches), 1), 6))
        self._place()
        self.popup.show()
        self.popup.raise_()

    def _choose(self, match: PatientMatch) -> None:
        self.clear()
        self._close()
        self.chosen.emit(match)

    def _place(self) -> None:
        corner = self.mapTo(self._screen, QPoint(self.width(), self.height() + current().px(4)))
        self.popup.adjustSize()
        self.popup.move(max(corner.x() - self.popup.width(), 0), corner.y())

    def _close(self) -> None:
        self._search.forget()
        self.popup.hide()
