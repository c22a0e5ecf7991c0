"""A page of the connection window: title, a line about it, fields, a place for what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.notice import Notice
from tcmdesk.ui.components.text import Text, heading
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator


class FormPage(Themed, QWidget):
    """Subclasses add rows of fields and translate themselves in `set_translator`.

    `reserve_lines` keeps room below each field for what is wrong with it.
    """

    reserve_lines: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading("", self)
        self.about = Text("", "small", "text2", wrap=True, parent=self)
        self.notice = Notice(self)
        self.remark = Notice(self)
        self.fields: dict[str, Field] = {}
        self._labels: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.about)

    def add_row(self, *entries: tuple[str, str, QWidget, int]) -> None:
        """A row of fields: name, label (msgid), control, share of the width."""
        row = QHBoxLayout()
        row.setSpacing(current().px(12))
        for name, text, control, share in entries:
            field = Field("", control, reserve=self.reserve_lines, parent=self)
            self.fields[name] = field
            self._labels[name] = text
            row.addWidget(field, share)
        self._column.addLayout(row)

    def close_rows(self, rest: QWidget | None = None) -> None:
        """No more fields: what came of it stands below, and `rest` fills what is left."""
        self._column.addWidget(self.notice)
        self._column.addWidget(self.remark)
        if rest is None:
            self._column.addStretch(1)
        else:
            self._column.addWidget(rest, 1)

    def apply_theme(self) -> None:
        self._column.setSpacing(current().px(10))

    def set_translator(self, tr: Translator) -> None:
        """Say the labels in a language."""
        for name, field in self.fields.items():
            field.set_label(tr.gettext(self._labels[name]))

    def show_field_error(self, name: str, text: str) -> None:
        """Say what is wrong with a field and lead to it."""
        self.clear_errors()
        field = self.fields.get(name)
        if field is None:
            self.notice.say(text)
            return
        field.set_error(text)
        field.control.setFocus()

    def clear_errors(self) -> None:
        for field in self.fields.values():
            if field.error:
                field.set_error("")
        self.notice.clear()
