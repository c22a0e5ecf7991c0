"""The chosen row: who, when, for whom, and what can be done about it, each with its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.features.appointments.types import BOOK, REASON_MAX, Status
from tcmdesk.features.patients.types import masked_phone, relationship_text
from tcmdesk.features.worklists.types import LIST_LABELS, WRITE, ListName, ListRow
from tcmdesk.features.worklists.ui import words
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.pane import PaneHead, SidePanel
from tcmdesk.ui.components.text import Text, label
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.features.patients.types import FamilyMember
    from tcmdesk.ui.context import UiContext

BOOKINGS: Final = frozenset({ListName.INBOX, ListName.UNCONFIRMED})
MEMBERS: Final = 6
"""Persons of an account that have a key here; the appointment itself shows the others."""

ACTIONS: Final = (
    ("confirm", N_("Confirm"), "check", "C", BOOKINGS),
    ("book", N_("Book a new time"), "calendar-days", "B", frozenset({ListName.RECALL, ListName.NO_SHOW})),
    ("remind", N_("Write a message"), "message-square", "M", frozenset({ListName.RECALL, ListName.NO_SHOW})),
    ("snooze", N_("Put off 7 days"), "clock", "P", frozenset({ListName.RECALL})),
    ("open", N_("Open on the board"), "calendar-search", "O", BOOKINGS | {ListName.NO_SHOW}),
    ("never", N_("Take off the list"), "ban", "Del", frozenset({ListName.RECALL, ListName.NO_SHOW})),
    ("cancel", N_("Cancel it"), "x", "X", BOOKINGS),
)
"""Name, msgid, icon, key, and the lists it belongs to."""


class _Reason(TextInput):
    """Enter cancels the booking with this reason, Esc keeps it."""

    entered = Signal(str)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(self.text().strip())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class RowPanel(SidePanel):
    """`acted` brings the name of an action, `member_chosen` a `FamilyMember`, `cancelled` the reason."""

    acted = Signal(str)
    member_chosen = Signal(object)
    cancelled = Signal(str)
    reason_left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        self._context = context
        _ = self._ = context.tr.gettext
        self._panel_head = PaneHead(_("Lists"), icon="inbox", height="table_row")
        super().__init__("waiting", self._panel_head, parent=parent)
        self.row: ListRow | None = None
        self.list_name = ListName.INBOX
        self.members: tuple[FamilyMember, ...] = ()
        self._build()
        self.apply_theme()
        self.show_row(ListName.INBOX, None)

    def _build(self) -> None:
        _ = self._
        content = QWidget(self)
        self._stackup = QVBoxLayout(content)
        self._name = Text("", "heading", wrap=True, parent=self)
        self._about = Text("", "body", "text2", wrap=True, parent=self)
        self._when = Text("", "body", "text", wrap=True, parent=self)
        self._reason_said = Text("", "small", "text2", wrap=True, parent=self)
        self._whom = label(_("For whom?"), self)
        self.member_buttons = [
            Button("", key=str(number), name=_("For whom?"), size="small", parent=self)
            for number in range(1, MEMBERS + 1)
        ]
        self.actions = {
            name: Button(
                _(word), icon=icon, key=key, parent=self,
                kind="primary" if name in {"confirm", "book"} else "ghost" if name == "never" else "plain",
            )
            for name, word, icon, key, _lists in ACTIONS
        }  # fmt: skip
        self.reason = _Reason()
        self.reason.setMaxLength(REASON_MAX)
        self.reason_field = Field(
            _("Why? The patient is told"),
            self.reason,
            help_text=_("⏎ cancels the booking, Esc keeps it"),
            parent=self,
        )
        self._nobody = Text("", "small", "text3", wrap=True, parent=self)
        for widget in (
            self._name, self._about, self._when, self._reason_said, self._whom, *self.member_buttons,
            *self.actions.values(), self.reason_field, self._nobody,
        ):  # fmt: skip
            self._stackup.addWidget(widget)
        self._stackup.addStretch(1)
        self.body.addWidget(content, 1)
        for number, button in enumerate(self.member_buttons):
            button.clicked.connect(lambda _on=False, at=number: self.choose_member(at))
        for name, button in self.actions.items():
            button.clicked.connect(lambda _on=False, action=name: self.acted.emit(action))
        self.reason.entered.connect(self._on_reason_entered)
        self.reason.left.connect(self.leave_reason)

    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "_stackup"):
            edge = current().px(16)
            self._stackup.setContentsMargins(edge, current().px(12), edge, current().px(12))
            self._stackup.setSpacing(current().px(8))

    def show_row(self, name: ListName, row: ListRow | None) -> None:
        """Show a row of a list, or none; the family follows."""
        same = row is not None and self.row is not None and row.card.ref.user_id == self.row.card.ref.user_id
        if not same:
            self.members = ()
            self.reason_field.hide()
        self.row, self.list_name = row, name
        self.head.set_title(self._(LIST_LABELS[name]))
        self._say()
        self._show_members()
        self._show_actions()

    def _say(self) -> None:
        row, context = self.row, self._context
        tr = context.tr
        for text in (self._name, self._about, self._when, self._reason_said):
            text.setVisible(row is not None)
        self._nobody.setVisible(row is None)
        self._nobody.setText(self._("Nobody is chosen"))
        if row is None:
            return
        today = context.clock.now().astimezone(context.zone).date()
        self._name.setText(words.name_text(tr, row))
        about = (words.about_text(tr, row, today), masked_phone(row.phone))
        self._about.setText("  ".join(filter(None, about)))
        said = (words.when_text(tr, row, context.zone, today), row.doctor_name, words.how_text(tr, row))
        self._when.setText(" · ".join(filter(None, said)))
        self._reason_said.setText(" ".join(row.card.symptoms.split()))
        self._reason_said.setVisible(bool(row.card.symptoms.strip()))

    def show_members(self, account_id: str, members: tuple[FamilyMember, ...]) -> None:
        """The persons of the account that booked."""
        if self.row is not None and self.row.card.ref.user_id == account_id:
            self.members = members
            self._show_members()

    def _show_members(self) -> None:
        row = self.row
        asks = row is not None and self.list_name in BOOKINGS and words.whom_open(row)
        asks = asks and len(self.members) > 1 and self._context.allowed(BOOK)
        self._whom.setVisible(asks)
        for number, button in enumerate(self.member_buttons):
            shown = asks and number < len(self.members)
            button.setVisible(shown)
            if shown:
                member = self.members[number]
                tie = relationship_text(self._context.tr, member.ref, member.relationship)
                button.setText(f"{member.name}  {tie}")

    def _show_actions(self) -> None:
        row = self.row
        for name, _word, _icon, _key, lists in ACTIONS:
            shown = row is not None and self.list_name in lists and self._allowed(name)
            if name == "confirm" and row is not None:
                shown = shown and row.card.status is Status.PENDING
            self.actions[name].setVisible(shown)

    def _allowed(self, name: str) -> bool:
        return name == "open" or self._context.allowed(
            BOOK if name in {"confirm", "cancel", "book"} else WRITE
        )

    def can(self, name: str) -> bool:
        """Whether an action applies to the row that is shown."""
        return not self.actions[name].isHidden()

    def choose_member(self, number: int) -> None:
        """Say that the booking is for the person of this number, from 0."""
        if number < len(self.members) and not self.member_buttons[number].isHidden():
            self.member_chosen.emit(self.members[number])

    def ask_reason(self) -> None:
        """X: ask why it is cancelled."""
        self.reason.clear()
        self.reason_field.set_error("")
        self.reason_field.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_reason(self) -> None:
        """Esc: it stays as it is."""
        self.reason_field.hide()
        self.reason_left.emit()

    def _on_reason_entered(self, reason: str) -> None:
        if not reason:
            self.reason_field.set_error(self._("Say why; the patient is told"))
            return
        self.reason_field.hide()
        self.cancelled.emit(reason)
