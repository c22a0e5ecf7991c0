"""The states of the front desk that pictures are taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from tcmdesk.core.actor import Role
from tcmdesk.features.reception.types import CalledNumber
from tcmdesk.features.reception.ui.call_display import CallDisplay
from tcmdesk.features.reception.ui.papers import Papers
from tcmdesk.features.reception.ui.waiting_room import WaitingRoomPanel
from tcmdesk.features.reception.ui.walk_in import WalkInSheet
from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.scenes import Stage

DISPLAY_SIZE: Final = QSize(1280, 720)


def _panel(stage: Stage) -> WaitingRoomPanel:
    screen: Any = stage.open("day_board")
    panel = screen.findChild(WaitingRoomPanel)
    stage.settle()
    return panel


def _waiting_room(stage: Stage) -> None:
    _panel(stage)


def _waiting_chosen(stage: Stage) -> None:
    panel = _panel(stage)
    panel.list.setFocus()
    stage.keys("Down", "Down")


def _called(stage: Stage) -> None:
    panel = _panel(stage)
    stage.keys("C")
    panel.reload()
    stage.settle()


def _sheet(stage: Stage) -> WalkInSheet:
    stage.open("day_board")
    stage.keys("W")
    return stage.window.findChild(WalkInSheet)


def _walk_in(stage: Stage) -> None:
    _sheet(stage)


def _walk_in_chosen(stage: Stage) -> None:
    _sheet(stage)
    stage.write("l")
    stage.keys("Return", "Alt+Right")


def _walk_in_new(stage: Stage) -> None:
    _sheet(stage)
    stage.keys("Ctrl+N")
    stage.write("路遥知")
    stage.keys("Tab", "Tab")
    stage.write("36")
    stage.keys("Tab")


def _paper(stage: Stage, kind: str) -> QWidget | None:
    panel = _panel(stage)
    entry = panel.next_entry()
    if entry is None:
        return None
    papers = Papers(stage.context, panel)
    card = entry.card
    match kind:
        case "ticket":
            papers.print_ticket(card.appointment_id)
        case "slip":
            papers.print_slip(card.appointment_id)
        case _:
            papers.print_day_list(card.doctor_id, entry.doctor_name, panel.room.day)
    stage.settle()
    return QApplication.activeModalWidget()


def _display(stage: Stage, *, empty: bool = False) -> QWidget:
    stage.open("day_board")
    display = CallDisplay(stage.context, stage.window)
    display.resize(DISPLAY_SIZE)
    display.show()
    stage.settle()
    now = stage.context.clock.now()
    people = (("罗", 8, 1, "陈景和", False), ("欧阳", 12, 2, "林若溪", False), ("江", 4, 3, "何仲明", True),
              ("万", 6, 4, "苏婉清", True), ("阿依古丽", 5, 5, "周怀瑾", True))  # fmt: skip
    room = stage.context.tr.gettext("Room {number}")
    calls = tuple(
        CalledNumber(str(at), name, number, room.format(number=place), doctor, 1, now, inside)
        for at, (name, number, place, doctor, inside) in enumerate(people)
    )
    display.calls = () if empty else calls
    display.update()
    return display


SCENES: Final = (
    Scene("waiting-room", _waiting_room),
    Scene("waiting-room-chosen", _waiting_chosen),
    Scene("waiting-room-called", _called),
    Scene("waiting-room-doctor", _waiting_room, role=Role.DOCTOR),
    Scene("walk-in", _walk_in),
    Scene("walk-in-chosen", _walk_in_chosen),
    Scene("walk-in-new-person", _walk_in_new),
    Scene("call-display", _display),
    Scene("call-display-empty", lambda stage: _display(stage, empty=True)),
    Scene("ticket-preview", lambda stage: _paper(stage, "ticket")),
    Scene("slip-preview", lambda stage: _paper(stage, "slip")),
    Scene("day-list-preview", lambda stage: _paper(stage, "day_list")),
)
