"""Views of the board on F1 to F12, each person's own on every desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from tcmdesk.features.appointments.service import views as service
from tcmdesk.features.appointments.types import VIEW_KEYS, SavedView
from tcmdesk.ui.panes import focus_next
from tcmdesk.ui.shortcuts import KeyHint

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tcmdesk.features.appointments.types import BoardView
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.features.appointments.ui.views_panel import ViewsPanel

NEXT_PANE = 6
"""F6 goes to the next pane unless a view is saved on it; then Ctrl F6 does."""


class BoardViews(QObject):
    """Recalls by F1 to F12, saves by Ctrl and the same key. `changed` when the saved ones are others.

    Keys of the whole window, such as F5, mean a view only while the board has the keyboard and one is saved there.
    """

    changed = Signal()

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._context = screen.context
        self._ = screen.context.tr.gettext
        self.saved: tuple[SavedView, ...] = ()
        screen.context.shortcuts.add(screen, "B", self._("Saved views"), self.show_list, rank=54)
        screen.bar.views.clicked.connect(self.show_list)

    def load(self) -> None:
        """Read the person's views."""
        context = self._context
        operation = context.operation(
            self, lambda: context.database.read(lambda connection: service.views(connection, context.actor))
        )
        operation.on_done(self.take).on_failed(lambda _error: True).start()

    def take(self, saved: tuple[SavedView, ...]) -> None:
        """Work with these from now on."""
        if saved != self.saved:
            self.saved = saved
            self._screen.hints_changed.emit()
            self.changed.emit()

    # keys

    @property
    def takes_f6(self) -> bool:
        return self.on(NEXT_PANE) is not None

    def on(self, key: int) -> SavedView | None:
        """The view on a function key."""
        return next((view for view in self.saved if view.key == key), None)

    def hints(self) -> list[KeyHint]:
        """The saved views with their keys, and how to save one."""
        hints = [KeyHint(f"F{view.key}", view.name) for view in self.saved]
        return [*hints, KeyHint("Ctrl F1", self._("Save the view on F1 to F12"))]

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key means a view now."""
        number = event.key() - Qt.Key.Key_F1 + 1
        if not 1 <= number <= VIEW_KEYS or self._screen.sheets.open_sheet is not None:
            return False
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return True
        return event.modifiers() == Qt.KeyboardModifier.NoModifier and self.on(number) is not None

    def press(self, event: QKeyEvent) -> None:
        """Do what a key means that `takes` accepted."""
        number = event.key() - Qt.Key.Key_F1 + 1
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.recall(number)
        elif number == NEXT_PANE and self.takes_f6:
            focus_next(self._screen.panes())
        else:
            self.ask_name(number)

    # what they do

    def recall(self, key: int) -> None:
        """Show the view on a key, for the day that is shown."""
        saved = self.on(key)
        if saved is None:
            return
        screen = self._screen
        screen.agenda.cancelled.blockSignals(True)
        screen.agenda.cancelled.setChecked(saved.view.cancelled)
        screen.agenda.cancelled.blockSignals(False)
        screen.days.show(saved.view)

    def ask_name(self, key: int) -> None:
        """Name what is shown now, to save it on a key."""
        before = self.on(key)
        self._panel.begin(key, before.name if before else self.describe(self._screen.days.view))
        self._screen.sheets.show(self._panel)

    def show_list(self) -> None:
        """Every key with its view."""
        self._panel.begin()
        self._screen.sheets.show(self._panel)

    def describe(self, view: BoardView) -> str:
        """A view in two or three words, which is also the name it is offered."""
        from tcmdesk.features.appointments.ui.board_bar import SPANS

        doctor = next(
            (each.name for each in self._screen.days.everybody if each.doctor_id == view.doctor_id), ""
        )
        return " · ".join(filter(None, (self._(SPANS[view.span]), doctor or view.department)))

    @property
    def _panel(self) -> ViewsPanel:
        return self._screen.sheets.views

    def save(self, key: int, name: str) -> None:
        """Put what is shown on a key."""
        view = SavedView(key, name, self._screen.days.view)
        said = self._("{name} is on F{key}").format(name=name.strip(), key=key)
        self._write("save_view", lambda uow: service.save_view(uow, self._context.actor, view), said)

    def forget(self, key: int) -> None:
        """Take the view off a key."""
        said = self._("F{key} is free again").format(key=key)
        self._write("forget_view", lambda uow: service.forget_view(uow, self._context.actor, key), said)

    def _write(self, verb: str, work: object, said: str) -> None:
        context = self._context

        def write() -> None:
            context.database.write(context.actor, f"appointments:board:{verb}", work)

        def written(_result: object) -> None:
            context.messages.done(said)
            self.load()

        context.operation(self, write).on_done(written).start()
