"""Keyboard shortcuts: made in one place, so that they can be shown, listed and kept out of text fields.

A plain letter, digit or punctuation key acts only while no text field has the focus. A shortcut belongs to
a widget and acts only while that widget is visible and enabled, so a screen's keys end with the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable


_CAPS: Final = {
    "Return": "⏎",
    "Enter": "⏎",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Delete": "Del",
}


@dataclass(frozen=True, slots=True)
class KeyHint:
    """What a key does here: the caps as shown (``"Ctrl K"``, ``"↑ ↓"``) and a translated word or two.

    `rank` orders hints, most used first (smaller first).
    """

    keys: str
    text: str
    rank: int = 100


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A registered shortcut."""

    owner: QWidget
    hint: KeyHint
    listed: bool
    trigger: QShortcut
    run: Callable[[], None]


def cap(keys: str) -> str:
    """What stands on the cap: ``Ctrl+K`` becomes ``Ctrl K``, ``Return`` becomes ``⏎``."""
    parts = ["+" if part == "" else part for part in keys.replace("++", "+\0").split("+")]
    return " ".join(_CAPS.get(part, part) for part in (p.replace("\0", "+") for p in parts))


def is_plain(keys: str) -> bool:
    """Whether the key writes a character by itself, so that text fields must keep it."""
    sequence = QKeySequence(keys)
    if sequence.count() != 1:
        return False
    combination = sequence[0]
    modified = combination.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return modified == Qt.KeyboardModifier.NoModifier and combination.key() < Qt.Key.Key_Escape


def text_field_has_focus() -> bool:
    """Whether what the user types now goes into a text."""
    focused = QApplication.focusWidget()
    return focused is not None and bool(focused.inputMethodQuery(Qt.InputMethodQuery.ImEnabled))


class Shortcuts(QObject):
    """The shortcuts of the application; `changed` when some were added or went with their owner.

    While `held` none of them does anything: the screen is locked.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Shortcut] = []
        self.held = False

    def add(
        self,
        owner: QWidget,
        keys: str,
        text: str,
        run: Callable[[], None],
        *,
        rank: int = 100,
        listed: bool = True,
        context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
    ) -> Shortcut:
        """Make `keys` (``"N"``, ``"Ctrl+K"``, ``"F5"``) call `run` while `owner` is visible and enabled.

        `text` is the translated word for the status bar and the overview; `rank` its place there;
        `listed` False keeps it out of the status bar but not out of the overview. Pass
        ``WidgetWithChildrenShortcut`` as `context` for keys that act only while the focus is inside `owner`.
        Holding a key down does not repeat it. `ValueError` when Qt knows no such key.
        """
        sequence = QKeySequence(keys)
        if sequence.isEmpty() or sequence[0].key() == Qt.Key.Key_unknown:
            raise ValueError(f"no such key: {keys!r}")
        trigger = QShortcut(sequence, owner)
        trigger.setContext(context)
        trigger.setAutoRepeat(False)
        plain = is_plain(keys)

        def act() -> None:
            if not self.held and not (plain and text_field_has_focus()):
                run()

        trigger.activated.connect(act)
        shortcut = Shortcut(owner, KeyHint(cap(keys), text, rank), listed, trigger, run)
        self._all.append(shortcut)
        trigger.destroyed.connect(lambda: self._forget(shortcut))
        self.changed.emit()
        return shortcut

    def remove(self, shortcut: Shortcut) -> None:
        """Take a shortcut away before its owner goes."""
        self._forget(shortcut)
        shortcut.trigger.setEnabled(False)
        shortcut.trigger.deleteLater()

    def hints(self, owner: QWidget) -> list[KeyHint]:
        """What the status bar lists for a screen: its own shortcuts, most used first."""
        found = [entry.hint for entry in self._all if entry.owner is owner and entry.listed]
        return sorted(found, key=lambda hint: hint.rank)

    def overview(self) -> list[KeyHint]:
        """Every shortcut that works now, most used first; one line a key."""
        working = {entry.hint.keys: entry.hint for entry in self.working()}
        return sorted(working.values(), key=lambda hint: (hint.rank, hint.keys))

    def working(self) -> list[Shortcut]:
        """Every shortcut that works now, most used first."""
        found = [entry for entry in self._all if entry.owner.isVisible()]
        return sorted(found, key=lambda entry: (entry.hint.rank, entry.hint.keys))

    def _forget(self, shortcut: Shortcut) -> None:
        # When a whole window goes, this object may go before the last of its keys.
        if isValid(self) and shortcut in self._all:
            self._all.remove(shortcut)
            self.changed.emit()
