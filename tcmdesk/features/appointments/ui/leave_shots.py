"""The states of the leave sheet that pictures are taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.features.appointments.ui.layout import CellSpot
from tcmdesk.features.appointments.ui.leave_row import RowState
from tcmdesk.features.appointments.ui.leave_sheet import LeaveSheet
from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.ui.scenes import Stage

_DOCTOR: Final = 1
_MINUTE: Final = 15 * 60 + 30


def _sheet(stage: Stage) -> None:
    screen: DayBoardScreen = stage.open("day_board")
    screen.grid.setFocus()
    doctor = screen.grid.board.doctors[_DOCTOR]
    screen.grid.set_spot(CellSpot(doctor.doctor_id, _MINUTE))
    stage.keys("L")


def _hits(stage: Stage) -> None:
    _sheet(stage)
    stage.keys("Tab", "Tab", "Tab")
    stage.write("发热，需休息")
    stage.keys("Return", "Down", "Right")


def _moving(stage: Stage) -> None:
    _sheet(stage)
    stage.keys("Tab", "Tab", "Tab")
    stage.write("发热，需休息")
    stage.keys("Return")
    # shown, not done: the demo is the same for every picture
    sheet = stage.window.findChildren(LeaveSheet)[-1]
    for row, state in zip(sheet.rows, (RowState.MOVED, RowState.WORKING), strict=False):
        row.set_state(state)
    sheet.rows[2].setFocus()
    stage.settle()


def _refused(stage: Stage) -> None:
    _sheet(stage)
    stage.write("11-20")
    stage.keys("Tab", "Tab", "Tab")
    stage.write("发热，需休息")
    stage.keys("Ctrl+Return")


SCENES: Final = (
    Scene("leave", _sheet),
    Scene("leave-hits", _hits),
    Scene("leave-moving", _moving),
    Scene("leave-refused", _refused),
)
