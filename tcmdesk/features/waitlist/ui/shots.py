"""The states of the waitlist that pictures are taken of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.features.waitlist.types import Waitlist
from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from tcmdesk.features.waitlist.ui.waitlist_screen import WaitlistScreen
    from tcmdesk.ui.scenes import Stage

LONG_NAME: Final = "阿依古丽·买买提江·努尔艾合买提"
LONG_NOTE: Final = "反复头晕伴耳鸣三月余，近一周加重，夜间尤甚；只能由女儿陪同，须提前一小时打电话"


def _open(stage: Stage) -> WaitlistScreen:
    screen: WaitlistScreen = stage.open("waitlist")
    stage.settle()
    return screen


def _list(stage: Stage) -> None:
    _open(stage)


def _offers(stage: Stage) -> None:
    """The first on the list has been offered the first time that suits."""
    _open(stage)
    stage.keys("1")


def _form(stage: Stage) -> None:
    _open(stage)
    stage.keys("N")
    stage.write("l")


def _form_chosen(stage: Stage) -> None:
    _form(stage)
    stage.keys("Return", "Alt+3")


def _ended(stage: Stage) -> None:
    screen = _open(stage)
    stage.keys("Delete")
    screen.which.set_value(True)
    screen.load()


def _empty(stage: Stage) -> None:
    screen = _open(stage)
    screen.source.found.emit(Waitlist((), screen.server_now()))


def _rules(stage: Stage) -> None:
    _open(stage)
    stage.keys("U")


def _long_names(stage: Stage) -> None:
    screen = _open(stage)
    entries = tuple(
        replace(
            entry, patient_name=LONG_NAME, doctor_name="欧阳若曦" if entry.doctor_name else "",
            wish=replace(entry.wish, note=LONG_NOTE, weekdays=0b0101101, urgent=at == 0),
        )
        for at, entry in enumerate(screen.rows.rows)
    )  # fmt: skip
    screen.source.found.emit(Waitlist(entries, screen.server_now()))


SCENES: Final = (
    Scene("waitlist", _list),
    Scene("waitlist-offer", _offers),
    Scene("waitlist-form", _form),
    Scene("waitlist-form-chosen", _form_chosen),
    Scene("waitlist-ended", _ended),
    Scene("waitlist-empty", _empty),
    Scene("waitlist-long-names", _long_names),
    Scene("waitlist-rules", _rules, role=Role.ADMIN),
)
