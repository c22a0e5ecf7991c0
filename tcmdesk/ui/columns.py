"""Columns of a table, and the roles by which a model tells the delegate how a cell looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.ui.theme.tokens import Colour

Row = TypeVar("Row")


class CellRole(IntEnum):
    """What the table's delegate asks for besides Qt's own roles."""

    ICON = Qt.ItemDataRole.UserRole + 1  # an icon's name
    COLOUR = Qt.ItemDataRole.UserRole + 2  # a colour token
    BOLD = Qt.ItemDataRole.UserRole + 3
    LOADING = Qt.ItemDataRole.UserRole + 4  # the row has not come yet


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column. `title` is translated; `text` makes a cell's words of a row.

    `width` is px at 100 %; the columns without one share what is left. Numbers align right.
    A cell that is too long is cut with an ellipsis only when `elide` says that this loses nothing that matters.
    """

    title: str
    text: Callable[[Row], str]
    width: int | None = None
    align: Literal["left", "right"] = "left"
    bold: bool = False
    colour: Colour = "text2"
    icon: Callable[[Row], str] | None = None
    tint: Callable[[Row], Colour] | None = None
    elide: bool = False
