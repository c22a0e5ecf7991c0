"""Scenes that pictures are taken of: a feature says how to get its screens into each state worth looking at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tcmdesk.core.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.screen import Screen


class Stage(Protocol):
    """What a scene can do. The clinic is the demo's, the clock stands still."""

    @property
    def context(self) -> UiContext: ...

    @property
    def window(self) -> QWidget:
        """The main window."""
        ...

    def open(self, screen: str, **params: Any) -> Screen:
        """Show a screen and wait until it has loaded."""
        ...

    def settle(self) -> None:
        """Wait until no work is under way and nothing is left to paint."""
        ...

    def keys(self, *keys: str) -> None:
        """Press keys (``"N"``, ``"Ctrl+Return"``) in whatever has the keyboard, then settle."""
        ...

    def write(self, text: str) -> None:
        """Type a text into whatever has the keyboard, then settle."""
        ...


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. `name` is the file's, the same in every language (``day-board-booking``).

    `play` brings about the state on a main window that is fresh for each scene. It returns what to
    photograph, or None for the main window. `role` is whose main window it is, the front desk's unless given.
    """

    name: str
    play: Callable[[Stage], QWidget | None]
    role: Role = Role.FRONT_DESK
