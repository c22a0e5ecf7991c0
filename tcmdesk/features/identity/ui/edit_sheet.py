"""A sheet in which a row is edited: what was read, what it is to be, and what somebody else made of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields as fields_of
from dataclasses import replace
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
    from collections.abc import Callable

    from tcmdesk.ui.context import UiContext


class EditSheet(Sheet):
    """Subclasses add fields, say what they hold (`form`, `show_form`) and how it is written (`work`).

    What is typed stays through every refusal, and when the sheet is left by Esc: it is there when the same row
    is opened again. `saved` carries the row's id.
    """

    saved = Signal(str)

    def __init__(self, context: UiContext, title: str, parent: QWidget | None = None) -> None:
        _ = self._ = context.tr.gettext
        super().__init__(title, _("Close"), parent)
        self.context = context
        self.key = ""
        self.before: Any = None
        self._attempt: tuple[tuple[Any, ...], Callable[[], object]] | None = None
        self.fields: dict[str, Field] = {}
        self._drafts: dict[str, tuple[Any, Any]] = {}
        self._operations: list[object] = []
        self.notice = Notice(self)
        self.body.addWidget(self.notice)
        self.save = self.add_action(
            Button(_("Save"), kind="primary", size="sheet", key="Ctrl ⏎", parent=self)
        )
        self.save.clicked.connect(self.submit)
        self.submit_requested.connect(self.submit)

    # What subclasses say

    def form(self) -> Any:
        """What the fields hold now, as the frozen dataclass that is saved."""
        raise NotImplementedError

    def show_form(self, form: Any) -> None:
        """Put values into the fields."""
        raise NotImplementedError

    def besides(self) -> tuple[Any, ...]:
        """What is saved with the form but is no part of it."""
        return ()

    def work(self, form: Any, op_id: str) -> Callable[[], object]:
        """What runs on a worker to save the form. `AlreadyApplied` says that this very form was saved before."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Where the keyboard begins."""
        return next(iter(self.fields.values())).control

    def after_saving(self, result: object) -> None:
        """Saved; the sheet shows the row as it is now."""

    # Building

    def add_row(self, *entries: tuple[str, str, QWidget, int]) -> None:
        """A row of fields: name, translated label, control, share of the width."""
        row = QHBoxLayout()
        row.setSpacing(current().px(12))
        for name, label, control, share in entries:
            field = Field(label, control, parent=self)
            self.fields[name] = field
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def end_fields(self, last: QWidget) -> None:
        """After the last control the keyboard comes to Save."""
        QWidget.setTabOrder(last, self.save)

    def apply_theme(self) -> None:
        super().apply_theme()
        self.body.setSpacing(current().px(4))

    def hints(self) -> list[KeyHint]:
        return [KeyHint("Ctrl ⏎", self._("Save")), KeyHint("Esc", self._("Close"))]

    # Editing

    @property
    def dirty(self) -> bool:
        """Whether something would be lost if nobody kept it."""
        return self.before is not None and self.form() != self.before

    @property
    def drafts(self) -> bool:
        """Whether anything half-written is kept, here or of another row."""
        return self.dirty or bool(self._drafts)

    def begin(self, key: str, before: Any) -> None:
        """Edit a row that was read; a draft of it is taken up again."""
        if key == self.key and self.dirty:
            return
        self.keep_draft()
        self.key, self.before = key, before
        self.clear_errors()
        self.set_note("", "")
        kept = self._drafts.pop(key, None)
        if kept is None:
            self.show_form(before)
            return
        self.before, draft = kept
        self.show_form(draft)
        discard = Action(self._("Discard"), self.discard)
        self.notice.say(self._("Not saved yet: as you left it."), "warn", (discard,))

    def refresh(self, now: Any) -> None:
        """The row as it is now; while something is being typed it is left to the save to find out."""
        if not self.dirty and now != self.before:
            self.before = now
            self.show_form(now)

    def discard(self) -> None:
        """Forget what was typed and show what was read."""
        self.clear_errors()
        self.show_form(self.before)
        self.lead_to_first()

    def keep_draft(self) -> None:
        """Put what is half-written aside, for when the row is opened again."""
        if self.dirty:
            self._drafts[self.key] = (self.before, self.form())

    def lead_to_first(self) -> None:
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    # Saving

    def submit(self) -> None:
        """Save, or say at the field what stands in the way."""
        if not self.save.isEnabled():
            return
        form = self.form()
        self.clear_errors()
        self.save.setEnabled(False)
        # the same wish again, after an answer that never came, is the same operation
        wish = (self.key, self.before, form, *self.besides())
        if self._attempt is None or self._attempt[0] != wish:
            self._attempt = wish, self.work(form, uuid7())
        operation = self.context.operation(self, partial(_once, self._attempt[1]))
        operation.on_done(lambda result: self._on_saved(form, result))
        operation.on_failed(lambda error: self._on_refused(error, form)).start()

    def _on_saved(self, form: Any, result: object) -> None:
        self.save.setEnabled(True)
        self.before, self._attempt = form, None
        self._drafts.pop(self.key, None)
        self.after_saving(result)
        self.saved.emit(self.key)

    def _on_refused(self, error: BaseException, form: Any) -> bool:
        if not isinstance(error, Unavailable):
            self._attempt = None
        return self.refuse(error, form)

    def refuse(self, error: BaseException, form: Any) -> bool:
        """Say why it was not saved; False for a fault of the program."""
        self.save.setEnabled(True)
        if not isinstance(error, TranslatableError):
            return False
        text = error.text(self.context.tr)
        if isinstance(error, ValidationError) and error.field in self.fields:
            self.show_error(error.field, text)
        elif isinstance(error, Conflict) and error.code == "identity.changed":
            self.show_theirs(text, error.current, form)
        elif isinstance(error, Unavailable):
            again = Action(self._("Try again"), self.submit)
            self.notice.say(text, "danger", (again,))
        else:
            self.notice.say(text, "danger")
        return True

    def show_error(self, name: str, text: str) -> None:
        """Say what is wrong with a field and lead to it."""
        field = self.fields[name]
        field.set_error(text)
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.notice.clear()

    def words_of(self, name: str, value: Any) -> str:  # noqa: ARG002
        """A field's value in words, for the comparison with what somebody else wrote."""
        return "、".join(value) if isinstance(value, tuple) else str(value or "–")

    def show_theirs(self, text: str, theirs: Any, mine: Any) -> None:
        """Put what somebody else saved beside what is typed, and let one be chosen."""
        before = self.before
        touched = [field.name for field in fields_of(theirs)]
        for name in touched:
            both = getattr(before, name) not in {getattr(theirs, name), getattr(mine, name)}
            if both and name in self.fields:
                words = self.words_of(name, getattr(theirs, name))
                self.fields[name].set_error(self._("Theirs: {value}").format(value=words))

        def take_theirs() -> None:
            self.before = theirs
            own = {
                name: getattr(mine, name)
                for name in touched
                if getattr(mine, name) != getattr(before, name)
                and getattr(theirs, name) == getattr(before, name)
            }
            self.clear_errors()
            self.show_form(replace(theirs, **own))
            self.lead_to_first()

        def keep_mine() -> None:
            self.before = theirs
            untouched = {
                name: getattr(theirs, name)
                for name in touched
                if getattr(mine, name) == getattr(before, name)
            }
            self.show_form(replace(mine, **untouched))
            self.submit()

        actions = (Action(self._("Take theirs"), take_theirs), Action(self._("Save mine"), keep_mine))
        self.notice.say(text, "warn", actions)


def _once(work: Callable[[], object]) -> object:
    with suppress(AlreadyApplied):
        return work()
    return None
