"""The field in which a patient is found while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.features.patients.ui.match_list import MatchList
from tcmdesk.features.patients.ui.patient_search import PatientSearch
from tcmdesk.ui import paint
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from tcmdesk.features.patients.types import PatientMatch, PatientRef
    from tcmdesk.ui.context import UiContext


class _PatientInput(TextInput):
    """A text field that hands the arrow keys and Enter to the list below it."""

    stepped = Signal(int)
    accepted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)


class _NewRow(Themed, QAbstractButton):
    """The last line of the list: register someone new."""

    def __init__(self, text: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = key
        self._hint = ""
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def set_hint(self, text: str) -> None:
        self._hint = text
        self.setAccessibleDescription(text)
        self.update()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().height("candidate_row"))

    def sizeHint(self) -> QSize:
        return QSize(0, current().height("candidate_row"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current()
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse():
            paint.rounded(painter, box.adjusted(4, 3, -4, -2), theme.radius("control"), "hover")
        paint.separator(painter, 0, 0, box.width())
        x, middle = theme.px(16), box.center().y()
        x += paint.icon(painter, "user-plus", x, middle, theme.icon("control"), "accent_text") + theme.px(8)
        x += paint.text(painter, x, middle, self.text(), "body", "accent_text") + theme.px(12)
        right = box.right() - theme.px(16)
        right -= paint.key_cap(painter, right, middle, self._key, align="right") + theme.px(8)
        paint.text(painter, x, middle, self._hint, "small", "text3", max_width=max(right - x, 0))


class PatientField(Themed, QWidget):
    """Field and list: what is typed is looked for after a short pause, and late answers are dropped.

    `found` brings the matches that are shown: who knows more of them calls `show_last_visits`. `chosen` brings
    the `PatientMatch`, `cleared` says that what was chosen no longer stands,
    `new_requested` the typed text for someone who is not there, `accepted_again` Enter on one already chosen.
    """

    found = Signal(tuple)
    chosen = Signal(object)
    cleared = Signal()
    new_requested = Signal(str)
    accepted_again = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        _ = self._ = context.tr.gettext
        today = context.clock.now().astimezone(context.zone).date()
        self._search = PatientSearch(context, self)
        self._picked: PatientMatch | None = None
        self.input = _PatientInput(name=_("Patient"), main=True)
        self.input.setMaxLength(100)
        self.list = MatchList(context.tr, today, self)
        self._invitation = _("Type any part of a name, pinyin, initials or phone digits")
        self._new = _NewRow(_("New patient"), "Ctrl N", self)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.input)
        self._frame = QVBoxLayout()
        self._frame.addWidget(self.list)
        self._frame.addWidget(self._new)
        self._column.addLayout(self._frame)
        self.setFocusProxy(self.input)
        self.input.textEdited.connect(self._on_input_text_edited)
        self.input.stepped.connect(self.list.step)
        self.input.accepted.connect(self._on_input_accepted)
        self.list.chosen.connect(self.pick)
        self._new.clicked.connect(self._on_new_clicked)
        self._search.found.connect(self._on_search_found)
        self._say_hint()
        self.start_theming()

    @property
    def picked(self) -> PatientMatch | None:
        """The person chosen, until the text is changed."""
        return self._picked

    @property
    def text(self) -> str:
        return self.input.text()

    @property
    def new_row(self) -> QAbstractButton:
        return self._new

    def pick(self, match: PatientMatch) -> None:
        """Take a person, from the list or from elsewhere (one just registered)."""
        self._search.forget()
        self._picked = match
        refs = [each.ref for each in self.list.match_model.matches]
        if match.ref not in refs:
            self.list.show_matches((match,), "")
            refs = [match.ref]
        self.list.setCurrentIndex(self.list.match_model.index(refs.index(match.ref)))
        self.input.setText(match.name)
        self._say_hint()
        self.chosen.emit(match)

    def clear(self) -> None:
        """Back to an empty field."""
        self._search.forget()
        self._picked = None
        self.input.clear()
        self.list.show_matches((), "")
        self._say_hint()

    def show_last_visits(self, visits: Mapping[PatientRef, tuple[dt.date, str]]) -> None:
        """Fill in when each was here last, and with whom; persons without an entry stay as they are."""
        self.list.match_model.show_last_visits(visits)

    def set_rows(self, rows: int) -> None:
        self.list.set_rows(rows)
        self._say_hint()

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._frame.setContentsMargins(1, theme.px(4), 1, 1)
        self._frame.setSpacing(0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current()
        top = self.list.y() - theme.px(4)
        box = QRectF(0, top, self.width(), self.height() - top)
        paint.rounded(QPainter(self), box, theme.radius("card"), "surface", "line")

    def _on_input_text_edited(self, text: str) -> None:
        if self._picked is not None:
            self._picked = None
            self.cleared.emit()
        self._search.look_for(text)

    def _on_search_found(self, matches: tuple[PatientMatch, ...], typed: str) -> None:
        self.list.show_matches(matches, typed)
        self._say_hint()
        if matches:
            self.found.emit(matches)

    @property
    def searching(self) -> bool:
        """Whether an answer for the text is still to come."""
        return self._search.running

    def _on_input_accepted(self) -> None:
        if self._picked is not None:
            self.accepted_again.emit()
        elif self.searching:
            return  # nobody is chosen unseen
        elif self.list.current_match is not None:
            self.pick(self.list.current_match)
        elif self.input.text().strip():
            self.new_requested.emit(self.input.text().strip())

    def _on_new_clicked(self) -> None:
        self.new_requested.emit("" if self._picked else self.input.text().strip())

    def _say_hint(self) -> None:
        _ = self._
        beyond = self.list.beyond
        if beyond:
            self._new.set_hint(_("{count} more: type on or press ↓").format(count=beyond))
        elif self.list.match_model.rowCount():
            self._new.set_hint(_("Same name: compare phone and age first"))
        elif self.input.text().strip():
            self._new.set_hint(_("Nobody found. ⏎ registers “{name}”").format(name=self.input.text().strip()))
        else:
            self._new.set_hint("")
        typed = bool(self.input.text().strip()) and not self.searching
        self.list.set_placeholder(_("Nobody found") if typed else self._invitation)
