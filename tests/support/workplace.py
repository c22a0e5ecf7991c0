"""A screen in a window on real services and a SQLite file, for tests of features' screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.ui.messages import MessageBar
from tests.support.keyboard import NONE, press
from tests.support.ui_context import surroundings

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext
    from tests.factories.clinic import SmallClinic

PATIENCE_MS = 5000


class Signpost(QObject):
    """A navigator that only notes where one wants to go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def open(self, screen: str, **params: Any) -> None:
        self.asked.append((screen, params))


@dataclass
class Workplace:
    """A widget at work, and what tests ask of it. `bugs` must stay empty."""

    clinic: SmallClinic
    context: UiContext
    window: QWidget
    bar: MessageBar
    qtbot: Any
    owner: QObject
    bugs: list[BaseException] = field(default_factory=list)

    @classmethod
    def open(cls, clinic: SmallClinic, actor: Any, qtbot: Any, *, language: str = "en") -> Workplace:
        """An empty window with a message bar; `place` puts the widget in."""
        made = surroundings(clinic.database, actor, language=language, navigator=Signpost())
        context = made.context
        window = QWidget()
        QVBoxLayout(window).setContentsMargins(0, 0, 0, 0)
        bar = MessageBar(context.messages, "Close")
        window.layout().addWidget(bar)
        qtbot.addWidget(window)
        context.shortcuts.add(window, "Ctrl+Z", "Undo", lambda: bar.undo and bar.undo.run())
        return cls(clinic, context, window, bar, qtbot, made.owner, made.bugs)

    def place(self, widget: QWidget, size: tuple[int, int] = (1372, 816)) -> None:
        """Show a widget in the window and give it the keyboard."""
        self.window.layout().addWidget(widget, 1)
        self.window.resize(*size)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        if hasattr(widget, "activate"):
            widget.activate()
        widget.setFocus()

    def close(self) -> None:
        """End the workers; a fault of the program fails the test."""
        self.context.executor.close()
        assert self.bugs == []

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        press(self.window, key, modifiers)

    def keys(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.key(key)

    def until(self, check: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(check()), timeout=PATIENCE_MS)

    def ring(self, *tables: str) -> None:
        """What the doorbell does."""
        self.context.changes.changed.emit(frozenset(tables))

    @property
    def asked(self) -> list[tuple[str, dict[str, Any]]]:
        """Where the widget wanted to go."""
        return self.context.navigator.asked
