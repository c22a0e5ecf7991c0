"""A sheet in which one row of the hours screen is entered or changed."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.core.errors import AlreadyApplied, Conflict, TranslatableError, Unavailable, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.notice import Notice
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.schedules.types import Displaced
    from tcmdesk.ui.context import UiContext

SHOWN: int = 3
"""Bookings named when hours have no room for them; the others are counted."""


class FormSheet(Sheet):
    """Subclasses add rows of fields, show a row (`fill`), read it back (`row`) and write it (`write`).

    What is typed stays through every refusal. `saved` carries the row's id.
    """

    saved = Signal(str)

    def __init__(self, context: UiContext, title: str, parent: QWidget | None = None) -> None:
        _ = self._ = context.tr.gettext
        super().__init__(title, _("Close"), parent)
        self.context = context
        self.fields: dict[str, Field] = {}
        self.key = ""
        self._keep = False
        self._attempt: tuple[Any, bool, str] | None = None
        self.notice = Notice(self)
        self.body.addWidget(self.notice)
        self.save = self.add_action(
            Button(_("Save"), kind="primary", size="sheet", key="Ctrl ⏎", parent=self)
        )
        self.save.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)

    def fill(self, row: Any) -> None:
        """Put a row into the fields."""
        raise NotImplementedError

    def row(self) -> Any:
        """The row that the fields say, or None when something cannot be read, which is said at its field."""
        raise NotImplementedError

    def write(self, row: Any, op_id: str, *, keep: bool) -> None:
        """Save on a worker; with `keep` bookings without room are left as they are."""
        raise NotImplementedError

    def add_row(self, *entries: tuple[str, str, QWidget, int]) -> None:
        """A row of fields: name, translated label, control, share of the width."""
        line = QHBoxLayout()
        line.setSpacing(current().px(12))
        for name, label, control, share in entries:
            field = Field(label, control, parent=self)
            self.fields[name] = field
            line.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)

    def begin(self, key: str, row: Any, title: str) -> None:
        """Show a row; `key` is its id, made before for one that is new."""
        self.key, self._attempt = key, None
        self.set_title(title)
        self.clear_errors()
        self.fill(row)

    def take_focus(self) -> None:
        """Put the keyboard on the first field."""
        next(iter(self.fields.values())).control.setFocus(Qt.FocusReason.TabFocusReason)

    def submit(self) -> None:
        """Save, or say at the field what stands in the way."""
        if not self.save.isEnabled():
            return
        self.clear_errors()
        row = self.row()
        if row is None:
            return
        self.save.setEnabled(False)
        keep, self._keep = self._keep, False
        # the same wish again, after an answer that never came, is the same operation
        if self._attempt is None or self._attempt[:2] != (row, keep):
            self._attempt = row, keep, uuid7()
        operation = self.context.operation(self, partial(self._write_once, *self._attempt))
        operation.on_done(self._on_done).on_failed(self._on_refused).start()

    def _write_once(self, row: Any, keep: bool, op_id: str) -> None:
        with suppress(AlreadyApplied):
            self.write(row, op_id, keep=keep)

    def say(self, name: str, text: str) -> None:
        """Say what is wrong with a field and lead to it."""
        self.fields[name].set_error(text)
        self.fields[name].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.notice.clear()

    def _on_done(self, _none: object) -> None:
        self._attempt = None
        self.save.setEnabled(True)
        self.saved.emit(self.key)

    def _on_refused(self, error: BaseException) -> bool:
        self.save.setEnabled(True)
        if not isinstance(error, Unavailable):
            self._attempt = None
        if not isinstance(error, TranslatableError):
            return False
        text = error.text(self.context.tr)
        if isinstance(error, ValidationError) and error.field in self.fields:
            self.say(error.field, text)
        elif isinstance(error, Conflict) and error.code == "schedules.booked":
            keep = Action(self._("Keep them"), self._keep_booked)
            self.notice.say(f"{text}\n{self._names(error.current)}", "warn", (keep,))
        elif isinstance(error, Unavailable):
            self.notice.say(text, "danger", (Action(self._("Try again"), self.submit),))
        else:
            self.notice.say(text, "danger")
        return True

    def _names(self, displaced: tuple[Displaced, ...]) -> str:
        zone, tr = self.context.zone, self.context.tr
        lines = []
        for each in displaced[:SHOWN]:
            local = each.starts_at.astimezone(zone)
            lines.append(f"{tr.date(local.date(), weekday=True)} {local:%H:%M} {each.patient_name}")
        if len(displaced) > SHOWN:
            lines.append(self._("and {count} more").format(count=len(displaced) - SHOWN))
        return "\n".join(lines)

    def _keep_booked(self) -> None:
        self._keep = True
        self.submit()

    def apply_theme(self) -> None:
        super().apply_theme()
        self.body.setSpacing(current().px(4))

    def hints(self) -> list[KeyHint]:
        return [KeyHint("Ctrl ⏎", self._("Save")), KeyHint("Esc", self._("Close"))]
