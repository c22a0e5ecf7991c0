"""What the palette finds, and who finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

Span = tuple[int, int]
"""First and past-the-last place of characters that what was typed stands for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the palette.

    `reading` is the pinyin that matched, `detail` what tells it from others, `aside` what it is now, `key` the cap of
    the action's own key. Enter does `run`, Ctrl Enter `alternative` if there is one.
    """

    title: str
    icon: str
    run: Callable[[], object]
    spans: tuple[Span, ...] = ()
    reading: str = ""
    reading_spans: tuple[Span, ...] = ()
    detail: str = ""
    aside: str = ""
    key: str = ""
    alternative: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What the palette is opened for.

    With a `prompt` (translated, ``Who has arrived?``) only people are looked for, and Enter does `do` with the one chosen
    where their day is shown.
    """

    text: str = ""
    prompt: str = ""
    do: str = ""


class Finder(QObject):
    """Answers what is typed; `found` brings findings, best first, and the text they are for."""

    found = Signal(tuple, str)
    do = ""
    """What Enter does with a finding instead of showing it; see `Search`."""

    def look_for(self, typed: str) -> None:
        """Begin to look; an empty text finds nothing. Only the last text's answer counts."""
        raise NotImplementedError

    def forget(self) -> None:
        """The palette is closed: drop what is under way."""
