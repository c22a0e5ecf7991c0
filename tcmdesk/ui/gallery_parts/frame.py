"""The frame of a window in the gallery: rail, top bar, panel, status bar, messages, a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui.components.box import Row
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.dialog import Dialog
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import SearchField, TextArea
from tcmdesk.ui.components.pane import Pane, PaneHead, SidePanel, TopBar
from tcmdesk.ui.components.rail import Rail, RailItem
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.states import EmptyState, StateStack
from tcmdesk.ui.components.status_bar import StatusBar, StatusItem
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.gallery_parts.samples import nothing
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Callable

    Gettext = Callable[[str], str]


class Frame(Themed, QWidget):
    """A small window of nothing but its frame."""

    def __init__(self, _: Gettext) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_rail(_))
        work = QVBoxLayout()
        work.setSpacing(0)
        row.addLayout(work, 1)
        work.addWidget(_top_bar(_))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        work.addLayout(middle, 1)
        board = Pane("surface")
        column = QVBoxLayout(board)
        open_dialog = Button(_("Open a dialog"))
        column.addWidget(open_dialog, 0, Qt.AlignmentFlag.AlignCenter)
        open_dialog.clicked.connect(lambda: sample_dialog(_, self.window()).open())
        middle.addWidget(board, 1)
        middle.addWidget(_panel(_))
        work.addWidget(_status_bar(_))
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(440))


def _rail(_: Gettext) -> Rail:
    rail = Rail(
        (
            RailItem("day", _("Schedule"), "calendar-days"),
            RailItem("desk", _("Desk"), "stethoscope"),
            RailItem("patients", _("Patients"), "users"),
        ),
        name=_("Go to"),
        user="方云",
        settings_text=_("Settings"),
    )
    rail.set_current("day")
    rail.chosen.connect(rail.set_current)
    return rail


def _top_bar(_: Gettext) -> TopBar:
    bar = TopBar()
    bar.left.addWidget(Button(icon="chevron-left", name=_("Previous day")))
    bar.left.addWidget(Button(_("Today"), key="T"))
    bar.left.addWidget(Button(icon="chevron-right", name=_("Next day")))
    bar.left.addWidget(Row(Text(_("Tue 24 Nov"), "title"), margins=(8, 0, 12, 0)))
    bar.left.addWidget(SegmentedControl([(1, _("Day")), (2, _("Week"))], name=_("Range")))
    bar.right.addWidget(SearchField(_("Name, pinyin, phone"), key="Ctrl K"))
    bar.right.addWidget(Button(_("New booking"), icon="plus", key="N", kind="primary"))
    return bar


def _panel(_: Gettext) -> SidePanel:
    panel = SidePanel("waiting", PaneHead(_("Waiting"), icon="armchair", aside=_("None now")))
    stack = StateStack(QWidget())
    stack.show_state(
        EmptyState("armchair", _("No one is waiting"), _("Press A when a patient arrives"), key="A")
    )
    panel.body.addWidget(stack)
    return panel


def _status_bar(_: Gettext) -> StatusBar:
    bar = StatusBar()
    bar.set_hints(
        [
            KeyHint("↑ ↓ ← →", _("Move"), 1),
            KeyHint("⏎", _("Book / open"), 2),
            KeyHint("A", _("Arrive"), 3),
            KeyHint("M", _("Reschedule"), 4),
        ],
        KeyHint("?", _("All keys")),
    )
    bar.set_states(
        [
            StatusItem(_("1 clash"), "triangle-alert", "danger", nothing),
            StatusItem(_("5 unconfirmed"), "circle-dashed", "text2", nothing),
            StatusItem(_("Connected"), "database"),
        ]
    )
    return bar


def sample_dialog(_: Gettext, parent: QWidget) -> Dialog:
    """A dialog with everything a dialog has; made anew each time it is opened."""
    dialog = Dialog(
        _("Cancel the booking"),
        subtitle="罗文彬 10:45",
        note=_("The patient is told at once."),
        close_text=_("Close"),
        parent=parent,
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    reason = Field(_("Reason"), TextArea(lines=3), help_text=_("Shown to the patient"))
    dialog.body.addWidget(reason)
    keep = dialog.add_action(Button(_("Keep it"), key="Esc", size="sheet"))
    keep.clicked.connect(dialog.reject)
    cancel = dialog.add_action(Button(_("Cancel it"), key="Ctrl ⏎", kind="primary", size="sheet"))
    cancel.clicked.connect(dialog.accept)
    reason.control.setFocus()
    return dialog
