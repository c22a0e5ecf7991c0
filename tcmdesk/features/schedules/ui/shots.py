"""The states of the hours screen that pictures are taken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from tcmdesk.features.schedules.ui.hours_screen import HoursScreen
    from tcmdesk.ui.scenes import Stage

LONG_REASON: Final = "赴外地参加中医药继续教育培训班并带教，期间由科室同事代诊"


def _open(stage: Stage, show: str = "week", doctor: str = "苏婉清") -> HoursScreen:
    screen: HoursScreen = stage.open("hours", show=show)
    at = screen.doctor.findText(doctor)
    if at >= 0:
        screen.doctor.setCurrentIndex(at)
        screen.doctor.activated.emit(at)
    stage.settle()
    return screen


def _week(stage: Stage) -> None:
    _open(stage)


def _session(stage: Stage) -> None:
    _open(stage).table.setFocus()
    stage.keys("Return")


def _overlap(stage: Stage) -> None:
    _open(stage).table.setFocus()
    stage.keys("N")
    stage.keys("Tab")
    stage.write("11:00-13:00")
    stage.keys("Ctrl+Return")


def _exceptions(stage: Stage) -> None:
    _open(stage, "exceptions")


def _extra(stage: Stage) -> None:
    _open(stage, "exceptions").table.setFocus()
    stage.keys("N")


def _closed(stage: Stage) -> None:
    screen = _open(stage, "exceptions")
    screen.open(do="close_clinic")
    stage.settle()
    stage.keys("Tab", "Tab", "Tab")
    stage.write(LONG_REASON)


def _resources(stage: Stage) -> None:
    _open(stage, "resources")


def _bed(stage: Stage) -> None:
    _open(stage, "resources").table.setFocus()
    stage.keys("Down", "Return")


def _kinds(stage: Stage) -> None:
    _open(stage, "kinds")


def _kind(stage: Stage) -> None:
    _open(stage, "kinds").table.setFocus()
    stage.keys("Return")


def _rules(stage: Stage) -> None:
    _open(stage, "rules")


def _rule(stage: Stage) -> None:
    _open(stage, "rules").table.setFocus()
    stage.keys("Down", "Down", "Return")


def _empty(stage: Stage) -> None:
    screen = _open(stage)
    for table in screen.tables.values():
        table.show_rows(())


SCENES: Final = (
    Scene("hours-week", _week, Role.ADMIN),
    Scene("hours-session", _session, Role.ADMIN),
    Scene("hours-overlap", _overlap, Role.ADMIN),
    Scene("hours-exceptions", _exceptions, Role.ADMIN),
    Scene("hours-extra", _extra, Role.ADMIN),
    Scene("hours-closed", _closed, Role.ADMIN),
    Scene("hours-beds", _resources, Role.ADMIN),
    Scene("hours-bed", _bed, Role.ADMIN),
    Scene("hours-kinds", _kinds, Role.ADMIN),
    Scene("hours-kind", _kind, Role.ADMIN),
    Scene("hours-rules", _rules, Role.ADMIN),
    Scene("hours-rule", _rule, Role.ADMIN),
    Scene("hours-own", _week, Role.DOCTOR),
    Scene("hours-empty", _empty, Role.ADMIN),
)
