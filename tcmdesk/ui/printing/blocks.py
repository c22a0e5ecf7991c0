"""What stands on paper, from top to bottom. Sizes of type are points, lengths millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.ui.printing.papers import Paper

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Line:
    """A text that breaks where it must; nothing is ever cut off."""

    text: str
    points: float = 9
    bold: bool = False
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what it labels; the labels of a paper have `label_width` in common, and `label_points` their type."""

    label: str
    value: str
    points: float = 9
    label_width: float = 16
    bold: bool = False
    label_points: float = 9


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Room."""

    height: float


@dataclass(frozen=True, slots=True)
class Code:
    """A square of modules (a QR code), dark where true, with its quiet zone left to the paper."""

    modules: tuple[tuple[bool, ...], ...]
    edge: float
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `share` of the paper's width."""

    title: str
    share: float
    align: Align = "left"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, which stands again on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    points: float = 9


Block = Line | Pair | Rule | Gap | Code | Table


@dataclass(frozen=True, slots=True)
class PaperDocument:
    """Something to print. `kind` names it for what is remembered (``ticket``), `title` for people and printers.

    `papers` are those it is made for, the usual one first. `blocks` lays it out for one of them.
    """

    kind: str
    title: str
    papers: tuple[Paper, ...]
    blocks: Callable[[Paper], tuple[Block, ...]]
