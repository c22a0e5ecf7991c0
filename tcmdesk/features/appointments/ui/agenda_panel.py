"""The panel at the right of the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from tcmdesk.features.appointments.types import ACTIVE
from tcmdesk.features.appointments.ui.agenda import Heading, Line, Topic
from tcmdesk.features.appointments.ui.agenda_list import AgendaList
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.pane import Pane, PaneHead, SidePanel
from tcmdesk.ui.components.states import EmptyState
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.ui.layout import BoardLayout


class AgendaPanel(SidePanel):
    """Head with the day's count, the list, and at the foot whether cancelled cards are shown."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        self._tr = tr
        _ = tr.gettext
        head = PaneHead(_("To do"), icon="inbox", height="column_head")
        super().__init__("waiting", head, parent=parent)
        self._lines: tuple[Line, ...] = ()
        self._doctors: dict[str, str] = {}
        self.list = AgendaList(tr, self)
        # Queued: the list is not refilled in the middle of being laid out.
        self.list.resized.connect(self._fill, Qt.ConnectionType.QueuedConnection)
        self._nothing = EmptyState(
            "check", _("Nothing to look at"), _("Clashes and unconfirmed bookings appear here")
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        self.body.addWidget(self._stack, 1)
        self._foot = Pane("canvas", lines=("top",), parent=self)
        self._foot_row = QHBoxLayout(self._foot)
        self.cancelled = Button(
            "", icon="eye", kind="tool", size="small", key="Shift X", checkable=True, name=_("Cancelled")
        )
        self._foot_row.addWidget(self.cancelled)
        self._foot_row.addStretch(1)
        self.body.addWidget(self._foot)
        self.apply_theme()

    def count(self, topic: Topic) -> int:
        """How many a section of the list holds; 0 when it is not there."""
        return next(
            (line.count for line in self._lines if isinstance(line, Heading) and line.topic is topic), 0
        )

    @property
    def urgent(self) -> int:
        """How many lines somebody must look at."""
        return sum(self.count(topic) for topic in Topic if topic is not Topic.NEXT)

    def show_day(self, layout: BoardLayout, lines: tuple[Line, ...]) -> None:
        """Show what a day asks for."""
        _ = self._tr.gettext
        cards = layout.cards.values()
        active = sum(card.status in ACTIVE for card in cards)
        self.head.set_aside(_("{count} booked").format(count=active))
        self._lines = lines
        self._doctors = {doctor.doctor_id: doctor.name for doctor in layout.doctors}
        self._fill()
        self._stack.setCurrentWidget(self.list if lines else self._nothing)
        self.cancelled.setText(_("Cancelled {count}").format(count=layout.cancelled))
        self._foot.setVisible(layout.cancelled > 0)

    def _fill(self) -> None:
        self.list.show_lines(self.list.fitting(self._lines), self._doctors)

    def apply_theme(self) -> None:
        super().apply_theme()
        if hasattr(self, "_foot_row"):
            edge = current().px(8)
            self._foot_row.setContentsMargins(edge, current().px(6), edge, current().px(6))
