"""The main window: rail, screens, messages, status bar. It knows the registry and no feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tcmdesk.app.unsaved import Leaving
from tcmdesk.app.window_keys import add_keys
from tcmdesk.app.window_screens import screens_for
from tcmdesk.core.i18n import N_
from tcmdesk.core.incidents import number_of
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.rail import Rail, RailItem
from tcmdesk.ui.components.states import EmptyState
from tcmdesk.ui.components.status_bar import StatusBar, StatusItem
from tcmdesk.ui.floating import FloatingPlace
from tcmdesk.ui.messages import Message, MessageBar
from tcmdesk.ui.shortcuts import KeyHint, cap
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from tcmdesk.core.registry import ScreenSpec
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.screen import Screen

START_SIZE: Final = (1440, 900)
TITLE_BAR: Final = 36
CONNECTION: Final = "connection"


class MainWindow(Themed, QWidget):
    """Shows one screen at a time and keeps those it has made.

    Signals: `settings_requested` and `user_requested` ask for the menus at the rail's foot, `find_requested` for the
    palette, `left` is sent when the window is closed for good, `painted` once, at the first paint.
    """

    settings_requested = Signal()
    find_requested = Signal(object)
    user_requested = Signal()
    retry_requested = Signal()
    left = Signal()
    painted = Signal()

    def __init__(self, context: UiContext, *, clinic: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._ = context.tr.gettext
        self._clinic = clinic
        self._closing_anyway = False
        self._was_painted = False
        self._locked = False
        self._notes: tuple[StatusItem, ...] = ()
        self._specs = {spec.name: spec for spec in screens_for(context)}
        rail_specs = [spec for spec in self._specs.values() if spec.in_rail]
        items = [
            RailItem(spec.name, self._(spec.title), spec.icon, f"Ctrl+{at}" if at < 10 else "")
            for at, spec in enumerate(rail_specs, start=1)
        ]
        self.rail = Rail(
            items,
            name=self._("Navigation"),
            user=context.actor.name,
            settings_text=self._("Look and language"),
            parent=self,
        )
        self.stack = QStackedWidget(self)
        self.floating = FloatingPlace(self)
        self.bar = MessageBar(context.messages, self._("Close"), self, floating=self.floating)
        self.status = StatusBar(self)
        if not self._specs:
            self.stack.addWidget(self._nothing_here())
        self._build()
        self._connect()
        self._keys = {item.name: item.key for item in items}
        add_keys(self, items)
        self._show_states()
        self.start_theming()

    def _nothing_here(self) -> QWidget:
        hint = self._("Ask an administrator for the rights you need.")
        return EmptyState("lock", self._("Your role has no screen here"), hint, parent=self)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        row.addLayout(column, 1)
        self.context.dock.settle(row, 1)

    def _connect(self) -> None:
        context = self.context
        self.rail.chosen.connect(self._on_rail_chosen)
        self.rail.settings_requested.connect(self.settings_requested)
        self.rail.user_requested.connect(self.user_requested)
        context.navigator.shown.connect(self._on_navigator_shown)
        context.navigator.find_requested.connect(self.find_requested)
        context.navigator.place_changed.connect(self.rail.set_current)
        context.shortcuts.changed.connect(self._show_hints)
        context.changes.connected_changed.connect(self._on_changes_connected_changed)

    def apply_theme(self) -> None:
        self.setMinimumSize(*current().tokens.minimum)

    def build_screen(self, name: str) -> Screen:
        """Make a screen of its registered name; `LookupError` when the person has none of this name."""
        spec = self._specs.get(name)
        if spec is None:
            raise LookupError(f"no screen {name!r}")
        screen = self._make(spec)
        screen.set_title(self._(spec.title))
        screen.hints_changed.connect(self._show_hints)
        screen.hints_changed.connect(self._show_states)
        screen.title_changed.connect(self._show_title)
        self.stack.addWidget(screen)
        return screen

    def _make(self, spec: ScreenSpec) -> Screen:
        try:
            screen: Screen = spec.load()(self.context)
        except Exception as error:  # noqa: BLE001  (whatever a screen's fault is, the others must stay usable)
            from tcmdesk.app.broken_screen import BrokenScreen

            return BrokenScreen(self.context, number_of(error))
        return screen

    @property
    def screens(self) -> tuple[ScreenSpec, ...]:
        """The screens that the person may open, in menu order."""
        return tuple(self._specs.values())

    def key_of(self, screen: str) -> str:
        """The cap of the key that opens a screen; empty when it has none."""
        return cap(key) if (key := self._keys.get(screen, "")) else ""

    @property
    def screen_names(self) -> tuple[str, ...]:
        """The names of the screens that the person may open, in menu order."""
        return tuple(self._specs)

    @property
    def first_screen(self) -> str | None:
        """Where the person starts; None when the role has no screen."""
        return next(iter(self._specs), None)

    def set_clinic(self, clinic: str) -> None:
        """The clinic's name, for the title."""
        self._clinic = clinic
        self._show_title()

    def set_notes(self, notes: tuple[StatusItem, ...]) -> None:
        """What the application itself has to say at the right of the status bar (read-only, clock)."""
        self._notes = notes
        self._show_states()

    def unsaved(self) -> Screen | None:
        """A screen or a docked panel in which something would be lost."""
        places = (*self.context.navigator.opened, *self.context.dock.panels)
        return next((place for place in places if not place.can_close()), None)

    def restore(self, geometry: str) -> None:
        """Take the place and size of last time, if they are still on a screen."""
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii"))):
            self.resize(self._start_size())

    def _start_size(self) -> QSize:
        """As planned, or what a smaller screen leaves under a title bar, as long as the least size fits."""
        theme = current()
        room = self.screen().availableSize() - QSize(0, theme.px(TITLE_BAR))
        least = QSize(*theme.tokens.minimum)
        planned = QSize(*START_SIZE)
        fits = room.width() >= least.width() and room.height() >= least.height()
        return planned.boundedTo(room) if fits else planned

    def saved(self) -> str:
        """Place and size for next time."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def panes(self) -> list[QWidget]:
        """What F6 goes through: the rail, then the panes of the screen in front."""
        screen = self.context.navigator.current
        inner = screen.panes() if screen is not None else []
        docked = [self.context.dock.current] if self.context.dock.current is not None else []
        return [self.rail, *docked, *inner]

    def undo(self) -> None:
        """What the message in front offers to undo."""
        if self.bar.undo is not None:
            self.bar.undo.run()

    def retry(self) -> None:
        """What the message in front offers to try again."""
        if self.bar.retry is not None:
            self.bar.retry.run()

    def show_overview(self) -> None:
        from tcmdesk.app.key_overview import KeyOverview

        KeyOverview(self.context, parent=self).open()

    def _show_hints(self) -> None:
        screen = self.context.navigator.current
        hints = screen.key_hints() if screen is not None else []
        self.status.set_hints(hints, KeyHint("?", self._("All keys")))

    def _show_states(self) -> None:
        screen = self.context.navigator.current
        connected = self.context.changes.connected
        items = list(screen.status_items()) if screen is not None else []
        items += self._notes
        if connected:
            items.append(StatusItem(self._("Connected"), "database"))
        else:
            items.append(StatusItem(self._("No database"), "wifi-off", "danger"))
        self.status.set_states(items)

    def set_locked(self, locked: bool) -> None:
        """While nobody may look, the title names no screen and no patient."""
        self._locked = locked
        self._show_title()

    def _show_title(self) -> None:
        if self._locked:
            self.setWindowTitle(f"{self._('Locked')} – {self._clinic or 'tcmdesk'}")
            return
        screen = self.context.navigator.current
        where = f"{screen.title} – " if screen is not None else ""
        self.setWindowTitle(f"{where}{self._clinic or 'tcmdesk'}")

    def _on_rail_chosen(self, name: str) -> None:
        self.context.navigator.open(name)

    def _on_navigator_shown(self, screen: Screen) -> None:
        self.stack.setCurrentWidget(screen)
        self.floating.follow(screen.message_place())
        screen.setFocus()
        self._show_hints()
        self._show_states()
        self._show_title()

    def _on_changes_connected_changed(self, connected: bool) -> None:
        self.rail.set_connected(connected)
        self._show_states()
        messages = self.context.messages
        if connected:
            messages.withdraw(CONNECTION)
            messages.withdraw("error")
            messages.post(Message(self._("The database is back. Nothing was lost."), key="reconnected"))
            return
        messages.withdraw("reconnected")
        text = self._(
            N_(
                "The database cannot be reached. What is on screen and what you typed stays; it reconnects by itself."
            )
        )
        retry = Action(self._("Try now"), self.retry_requested.emit, "F5")
        messages.post(
            Message(text, "danger", icon="wifi-off", actions=(retry,), key=CONNECTION, passing=False)
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        screen = self.unsaved()
        if screen is not None and not self._closing_anyway:
            event.ignore()
            self._warn_unsaved(screen)
            return
        super().closeEvent(event)
        self.left.emit()

    def _warn_unsaved(self, screen: Screen) -> None:
        def close_anyway() -> None:
            self._closing_anyway = True
            self.close()

        tr = self.context.tr
        action = Action(Leaving.CLOSE.word_of(screen, tr), close_anyway)
        self.context.messages.warn(Leaving.CLOSE.text_of(screen, tr), actions=(action,), key="unsaved")

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), current().colour("canvas"))
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()
