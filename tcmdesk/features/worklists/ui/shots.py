"""The states of the lists that pictures are taken of."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.features.worklists.types import ListName, Page
from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from tcmdesk.features.worklists.ui.lists_screen import ListsScreen
    from tcmdesk.ui.scenes import Stage

LONG_NAME: Final = "阿依古丽·买买提江·努尔艾合买提"
LONG_REASON: Final = "反复头晕伴耳鸣三月余，近一周加重，夜间尤甚，食欲不振，二便尚可"


def _open(stage: Stage, name: ListName) -> ListsScreen:
    screen: ListsScreen = stage.open("worklists", list=name.value)
    stage.settle()
    return screen


def _list(name: ListName, stage: Stage) -> None:
    _open(stage, name)


def _cancelling(stage: Stage) -> None:
    _open(stage, ListName.INBOX)
    stage.keys("X")
    stage.write("医生临时停诊")


def _rule(stage: Stage) -> None:
    _open(stage, ListName.UNCONFIRMED)
    stage.keys("U")


def _empty(stage: Stage) -> None:
    screen = _open(stage, ListName.NO_SHOW)
    screen.source.found.emit(ListName.NO_SHOW, Page(()), True)


def _long_names(stage: Stage) -> None:
    screen = _open(stage, ListName.RECALL)
    rows = tuple(
        replace(
            row, card=replace(row.card, patient_name=LONG_NAME, symptoms=LONG_REASON), doctor_name="欧阳若曦"
        )
        for row in screen.table.rows.rows
    )
    screen.source.found.emit(ListName.RECALL, Page(rows), True)


SCENES: Final = (
    Scene("lists-inbox", partial(_list, ListName.INBOX)),
    Scene("lists-inbox-cancelling", _cancelling),
    Scene("lists-unconfirmed", partial(_list, ListName.UNCONFIRMED)),
    Scene("lists-rule", _rule, role=Role.ADMIN),
    Scene("lists-recall", partial(_list, ListName.RECALL)),
    Scene("lists-no-show", partial(_list, ListName.NO_SHOW)),
    Scene("lists-empty", _empty),
    Scene("lists-long-names", _long_names),
)
