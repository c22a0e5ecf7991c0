"""The kind of a visit, and its bed or room, where there is a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.types import NOTHING, Offered
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.features.schedules.types import RESOURCE_LABELS
from tcmdesk.ui.components.inputs import ComboBox
from tcmdesk.ui.components.text import note
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from tcmdesk.features.schedules.types import VisitKind
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

NONE = ""


class VisitNeeds(Themed, QWidget):
    """Nothing is shown, and nothing asked, where a doctor's visits are all alike.

    Until the user chooses, the kind is what is usual, and whichever bed or room is free is taken. `found` comes when
    it is known what there is to choose from, `kind_changed` when the user has chosen a kind.
    """

    found = Signal()
    kind_changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ = _ = context.tr.gettext
        self._operation: Operation[Offered] | None = None
        self._offered = NOTHING
        self._touched = False
        self.kind = ComboBox(name=_("Kind of visit"), parent=self)
        self.room = ComboBox(name=_("Bed or room"), parent=self)
        self.takes = note("", self)
        self._kind_section = Section(_("Kind of visit"), self.kind, "Alt K", self)
        self._room_section = Section(_("Bed or room"), self.room, "Alt B", self)
        self._row = QHBoxLayout()
        self._row.addWidget(self._kind_section, 1)
        self._row.addWidget(self._room_section, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        self._column.addWidget(self.takes)
        self.kind.activated.connect(self._on_kind_activated)
        self.show_offered(NOTHING)
        self.start_theming()

    @property
    def visit_kind_id(self) -> str | None:
        """As in `BookAppointment`."""
        return self.kind.value if self._touched else None

    @property
    def resource_id(self) -> str | None:
        """The bed or room that was named; None for any."""
        return self.room.value if self._room_section.isVisibleTo(self) else None

    @property
    def asked(self) -> bool:
        """Whether the answer has come."""
        return self._operation is None

    @property
    def chosen(self) -> VisitKind | None:
        """The kind that the booking will be."""
        return self._offered.kind(self.visit_kind_id)

    def ask(self, doctor_id: str) -> None:
        """Another doctor, or a new booking: see what there is to choose from."""
        if self._operation is not None:
            self._operation.cancel()
        self._touched = False
        self.show_offered(NOTHING)
        context = self._context
        self._operation = context.operation(
            self,
            lambda: context.database.read(
                lambda connection: reading.offered(connection, context.actor, doctor_id)
            ),
        )
        # without an answer the booking has what is usual
        self._operation.on_done(self._on_ask_done).on_failed(lambda _error: True).start()

    def show_offered(self, offered: Offered) -> None:
        """Offer these kinds, beds and rooms."""
        self._offered = offered
        self.kind.set_options(
            [*((kind.kind_id, kind.name) for kind in offered.kinds), (NONE, self._("Consultation only"))]
        )
        usual = offered.kind(None)
        self.kind.set_value(NONE if usual is None else usual.kind_id)
        self._show_rooms()

    def choose_kind(self) -> None:
        """The keyboard to the kinds, which drop down."""
        self._drop(self.kind)

    def choose_room(self) -> None:
        """The keyboard to the beds and rooms."""
        if self._room_section.isVisibleTo(self):
            self._drop(self.room)

    def _drop(self, box: ComboBox) -> None:
        if box.isVisible():
            box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            box.showPopup()

    def _on_ask_done(self, offered: Offered) -> None:
        self._operation = None
        self.show_offered(offered)
        self.found.emit()

    def _on_kind_activated(self) -> None:
        self._touched = True
        self._show_rooms()
        self.kind_changed.emit()

    def _show_rooms(self) -> None:
        kind = self.chosen
        needs = None if kind is None else kind.needs
        rooms: list[tuple[Any, str]] = [
            (each.resource_id, each.name) for each in self._offered.resources if each.kind is needs
        ]
        self.room.set_options([(None, self._("Any that is free")), *rooms])
        self._room_section.setVisible(len(rooms) > 1)
        self.takes.setText("" if kind is None or kind.needs is None else self._takes(kind))
        self.takes.setVisible(bool(self.takes.text()))
        self.setVisible(bool(self._offered.kinds))

    def _takes(self, kind: VisitKind) -> str:
        label = self._(RESOURCE_LABELS[kind.needs]) if kind.needs else ""
        text = self._("Doctor {doctor} min · {what} {minutes} min")
        if kind.offset:
            text = self._("Doctor {doctor} min · {what} {minutes} min, {offset} min after the start")
        return text.format(
            doctor=kind.doctor_minutes, what=label, minutes=kind.resource_minutes, offset=kind.offset
        )

    def apply_theme(self) -> None:
        self._row.setSpacing(current().px(16))
        self._column.setSpacing(current().px(4))
