"""Going from screen to screen by name; features never import each other's screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.ui.findings import Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.ui.screen import Screen

_DEPTH: Final = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A screen's name and what it was asked to show."""

    screen: str
    params: dict[str, Any] = field(default_factory=dict)


class Navigator(QObject):
    """Opens screens, keeps them, and remembers the way back.

    `build` makes a screen of its registered name when it is first opened (`LookupError` when there is none).
    `shown` tells the main window which screen to put in front, `find_requested` brings what the palette is
    opened for.
    """

    shown = Signal(object)
    find_requested = Signal(object)
    place_changed = Signal(str)

    def __init__(self, build: Callable[[str], Screen], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._screens: dict[str, Screen] = {}
        self._past: list[Place] = []
        self._future: list[Place] = []
        self._here: Place | None = None

    @property
    def current(self) -> Screen | None:
        return self._screens.get(self._here.screen) if self._here else None

    @property
    def place(self) -> Place | None:
        """Where the user is."""
        return self._here

    @property
    def opened(self) -> tuple[Screen, ...]:
        """Every screen made so far."""
        return tuple(self._screens.values())

    def open(self, screen: str, **params: Any) -> Screen:
        """Show a screen; `params` go to its `open`. Returns it."""
        place = Place(screen, params)
        target = self._go(place)
        if self._here is not None and self._here != place:
            self._past = [*self._past[-_DEPTH:], self._here]
            self._future.clear()
        self._arrive(place, target)
        return target

    def find(self, search: Search | None = None) -> None:
        """Open the palette, which finds people, actions and screens."""
        self.find_requested.emit(search or Search())

    def back(self) -> bool:
        """To the place before; False when there is none."""
        return self._step(self._past, self._future)

    def forward(self) -> bool:
        """Undo `back`; False when there is nothing to undo."""
        return self._step(self._future, self._past)

    def _step(self, source: list[Place], target: list[Place]) -> bool:
        if not source or self._here is None:
            return False
        place = source.pop()
        target.append(self._here)
        self._arrive(place, self._go(place))
        return True

    def _go(self, place: Place) -> Screen:
        screen = self._screens.get(place.screen)
        if screen is None:
            screen = self._screens[place.screen] = self._build(place.screen)
        return screen

    def _arrive(self, place: Place, screen: Screen) -> None:
        before = self.current
        self._here = place
        if before is not None and before is not screen:
            before.deactivate()
        self.shown.emit(screen)
        if before is not screen:
            screen.activate()
        screen.open(**place.params)
        self.place_changed.emit(place.screen)
