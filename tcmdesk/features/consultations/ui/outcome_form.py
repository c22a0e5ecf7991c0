"""What the doctor writes while the call runs and after it: diagnosis, plan, notes, from a template if wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.types import Outcome, Template
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import ComboBox, TextArea
from tcmdesk.ui.components.text import Text, heading
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcmdesk.core.i18n import Translator


class OutcomeForm(Themed, QWidget):
    """The `foot` with its buttons is for whoever holds the form to put where it stays in view.

    `complete_wished` when the doctor is done; `template_wished` carries a `Template` to keep.
    """

    complete_wished = Signal()
    template_wished = Signal(object)

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = self._ = tr.gettext
        self._templates: dict[str, Template] = {}
        self._used: str | None = None
        self.template = ComboBox([("", _("Template"))], name=_("Template"), parent=self)
        self.template.activated.connect(self._on_template_activated)
        self.diagnosis = TextArea(lines=2, parent=self)
        self.plan = TextArea(lines=2, parent=self)
        self.notes = TextArea(lines=2, parent=self)
        self._fields = {
            "diagnosis": Field(_("Diagnosis"), self.diagnosis, reserve=False, parent=self),
            "treatment_plan": Field(_("Treatment plan"), self.plan, reserve=False, parent=self),
            "notes": Field(_("Notes"), self.notes, reserve=False, parent=self),
        }
        self.keep = Button(_("Keep as template"), size="small", kind="ghost", parent=self)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.complete = Button(
            _("Complete the visit"), kind="primary", size="sheet", key="Ctrl ⏎", parent=self
        )
        self.complete.clicked.connect(self.complete_wished)
        self._column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._head.addWidget(heading(_("Result"), self))
        self._head.addStretch(1)
        self._head.addWidget(self.template)
        self._column.addLayout(self._head)
        self._pulse = Text(_("Pulse and touch: not examined by video"), "small", "text3", parent=self)
        self._column.addWidget(self._pulse)
        for field in self._fields.values():
            self._column.addWidget(field)
        self.foot = QWidget(parent)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.keep)
        row.addStretch(1)
        row.addWidget(self.complete)
        self.start_theming()

    @property
    def outcome(self) -> Outcome:
        return Outcome(
            self.diagnosis.toPlainText(), self.plan.toPlainText(), self.notes.toPlainText(), self._used
        )

    @property
    def dirty(self) -> bool:
        """Whether something is written that is not saved."""
        return any(area.toPlainText().strip() for area in (self.diagnosis, self.plan, self.notes))

    def clear(self) -> None:
        """Empty, for another patient."""
        for area in (self.diagnosis, self.plan, self.notes):
            area.clear()
        self._used = None
        self.show_error("", "")
        self.template.setCurrentIndex(0)

    def offer(self, templates: Sequence[Template]) -> None:
        """The doctor's templates, the most used first."""
        self._templates = {template.template_id: template for template in templates}
        options = [("", self._("Template"))]
        options += [(template.template_id, template.name) for template in templates]
        self.template.set_options(options)
        self.template.setEnabled(len(options) > 1)

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty name takes all of it away."""
        for name, one in self._fields.items():
            one.set_error(text if name == field else "")
        if field in self._fields:
            self._fields[field].control.setFocus()

    def fill(self, template: Template) -> None:
        """Put a template's texts behind what is written."""
        for area, text in (
            (self.diagnosis, template.diagnosis),
            (self.plan, template.treatment_plan),
            (self.notes, template.notes),
        ):
            if text:
                before = area.toPlainText().rstrip()
                area.setPlainText(f"{before}\n{text}" if before else text)
        self._used = template.template_id

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._head.setSpacing(theme.px(8))
        self.template.setMaximumWidth(theme.px(180))

    def _on_template_activated(self, _at: int) -> None:
        template = self._templates.get(self.template.value or "")
        if template is not None:
            self.fill(template)

    def _on_keep_clicked(self) -> None:
        written = self.outcome
        name = (written.diagnosis.strip().splitlines() or [""])[0][:40]
        self.template_wished.emit(
            Template(uuid7(), name, written.diagnosis, written.treatment_plan, written.notes)
        )
