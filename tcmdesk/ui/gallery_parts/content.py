"""The samples of what stands in panes: states and a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.ui.columns import Column
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.box import Row
from tcmdesk.ui.components.pane import Card
from tcmdesk.ui.components.states import EmptyState, ErrorState, LoadingState
from tcmdesk.ui.components.table import Table
from tcmdesk.ui.gallery_parts.samples import nothing
from tcmdesk.ui.models import PagedTableModel
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.gallery_parts.samples import Gettext


class _StateCard(Card):
    def __init__(self, state: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(state)
        self.start_theming()

        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.start_theming()

    def apply_theme(self) -> None:
        self.setMinimumHeight(current().px(170))


def states(_: Gettext) -> QWidget:
    shown = (
        EmptyState("armchair", _("No one is waiting"), _("Press A when a patient arrives"), key="A"),
        LoadingState(_("Loading")),
        ErrorState(
            _("The waiting list could not be read"),
            _("The network was interrupted. Number {number}").format(number="7F3A"),
            retry=Action(_("Retry"), nothing, "F5"),
        ),
    )
    return Row(*(_StateCard(state) for state in shown), spacing=12, rest="equal")


@dataclass(frozen=True, slots=True)
class _Sample:
    number: str
    patient: str
    doctor: str
    icon: str
    state: str
    amount: str


class _TableCard(Card):
    def __init__(self, table: Table, rows: int) -> None:
        super().__init__()
        self._table, self._rows = table, rows
        self._column = QVBoxLayout(self)
        self._column.addWidget(table)
        self.start_theming()

    def apply_theme(self) -> None:
        foot = current().px(4)
        self._column.setContentsMargins(1, 1, 1, foot)
        self.setFixedHeight(current().height("table_row") * (self._rows + 1) + 1 + foot)

    def sizeHint(self) -> QSize:
        return QSize(current().px(480), self.height())


def table(_: Gettext) -> QWidget:
    rows = (
        _Sample("3817", "沈若兰", "陈景和", "check", _("Dispensed"), "100.17"),
        _Sample("3816", "马惠芳", "陈景和", "clock", _("To dispense"), "86.40"),
        _Sample("3815", "尹春燕", "何仲明", "check", _("Dispensed"), "1,214.00"),
        _Sample("3814", "丁伯安", "周怀瑾", "ban", _("Voided"), "0.00"),
    )
    model: PagedTableModel[_Sample] = PagedTableModel(
        (
            Column(_("Number"), lambda row: row.number, 76),
            Column(_("Patient"), lambda row: row.patient, 84, bold=True, colour="text"),
            Column(_("Doctor"), lambda row: row.doctor, 84),
            Column(_("State"), lambda row: row.state, icon=lambda row: row.icon),
            Column(_("Amount"), lambda row: row.amount, 100, align="right", colour="text"),
        ),
        lambda row: row.number,
    )
    shown = Table(model, name=_("Prescriptions"))
    model.setParent(shown)
    model.set_ids([row.number for row in rows])
    by_number = {row.number: row for row in rows}
    model.rows_wanted.connect(
        lambda generation, ids: model.deliver(generation, [by_number[number] for number in ids])
    )
    shown.selectRow(1)
    return _TableCard(shown, len(rows))
