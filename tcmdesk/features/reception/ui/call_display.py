"""The wall of the waiting room: who is called, where to. Surname and number only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from tcmdesk.core.keepsakes import Keepsake
from tcmdesk.features.reception.service import waiting
from tcmdesk.features.reception.ui.display_painter import DisplayPainter, called_sentence
from tcmdesk.features.reception.ui.display_place import DisplayPlace
from tcmdesk.features.settings.service import clinic
from tcmdesk.ui.messages import Message
from tcmdesk.ui.sound import Sound
from tcmdesk.ui.theme.current import Themed

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from tcmdesk.features.reception.types import CalledNumber
    from tcmdesk.ui.context import UiContext

MATTER: Final = "call_display"
TABLES: Final = frozenset({"desk_visits", "appointments"})
CLOCK_MS: Final = 5_000

_open: Final[set[CallDisplay]] = set()
"""Windows without a parent belong to Python: one that is held here until Qt has deleted it is never collected on a
worker's thread."""


class CallDisplay(Themed, QWidget):
    """A window of its own for a second screen; it follows the change feed and chimes at each new call.

    F11 fills the screen, S turns the chime off and on (it is remembered), Esc closes.
    """

    def __init__(self, context: UiContext, desk: QWidget, keepsake: Keepsake | None = None) -> None:
        super().__init__(None, Qt.WindowType.Window)
        _ = self._ = context.tr.gettext
        self._context = context
        self._keepsake = keepsake or Keepsake(MATTER)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # the desk's idle lock covers every window but those that patients look at
        self.setProperty("for_patients", True)
        self.setWindowTitle(_("Call display"))
        self.setAccessibleName(_("Call display"))
        self.calls: tuple[CalledNumber, ...] = ()
        self._known: frozenset[tuple[str, int]] | None = None
        self._day = self._today()
        self._clinic = ""
        self.chimes = self._keepsake.read().get("chime") is not False
        self.sound = Sound("call", self)
        self.place = DisplayPlace(self, desk)
        self.place.lost.connect(self._on_place_lost)
        self.place.found.connect(self._on_place_found)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(self._on_clock_timeout)
        self._clock.start()
        context.changes.changed.connect(self._on_changes_changed)
        # whoever signs in next opens it again with their own rights
        context.navigator.destroyed.connect(self.deleteLater)
        _open.add(self)
        self.destroyed.connect(partial(_open.discard, self))
        self.start_theming()
        self._read_clinic()
        self.reload()

    def apply_theme(self) -> None:
        self.update()

    def reload(self) -> None:
        """Read who is called."""
        context, day = self._context, self._day
        context.operation(
            self,
            lambda: context.database.read(
                lambda connection: waiting.called(connection, context.actor, day, context.zone)
            ),
        ).on_done(partial(self._on_calls_read, day)).on_failed(lambda _error: True).start()

    def toggle_chime(self) -> None:
        """Turn the chime off or on, on this workstation."""
        self.chimes = not self.chimes
        self._keepsake.keep({"chime": self.chimes})
        self.update()

    def _read_clinic(self) -> None:
        context = self._context
        context.operation(
            self, lambda: context.database.read(lambda connection: clinic(connection, context.actor).name)
        ).on_done(self._on_clinic_read).on_failed(lambda _error: True).start()

    def _on_clinic_read(self, name: str) -> None:
        self._clinic = name
        self.update()

    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _on_clock_timeout(self) -> None:
        if self._day != self._today():
            # midnight at the clinic: yesterday's calls go at once, whether or not today's can be read
            self._day, self.calls, self._known = self._today(), (), frozenset()
            self.reload()
        self.update()

    def _on_calls_read(self, day: dt.date, calls: tuple[CalledNumber, ...]) -> None:
        if day != self._day:
            return
        known, self.calls = self._known, calls
        self._known = frozenset((call.appointment_id, call.call_count) for call in calls)
        self.update()
        fresh = [
            call for call in calls
            if known is not None and not call.inside and (call.appointment_id, call.call_count) not in known
        ]  # fmt: skip
        if fresh:
            words = called_sentence(fresh[0], self._context.tr)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
            if self.chimes:
                self.sound.play()

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.reload()

    def _on_place_lost(self) -> None:
        words = self._("The second screen is gone. Calls go on in a window")
        self._context.messages.post(Message(words, "warn", icon="monitor", key="call_display", passing=False))

    def _on_place_found(self) -> None:
        self._context.messages.withdraw("call_display")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_F11:
                self.place.toggle_full_screen()
            case Qt.Key.Key_S:
                self.toggle_chime()
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        context = self._context
        now = context.clock.now().astimezone(context.zone)
        DisplayPainter(context.tr, self._clinic, context.tr.time(now), self._hint()).paint(
            QPainter(self), QRectF(self.rect()), self.calls
        )

    def _hint(self) -> str:
        if self.isFullScreen():
            return ""
        sound = self._("Sound on") if self.chimes else self._("Sound off")
        return self._("F11 full screen · S {sound} · Esc closes").format(sound=sound)


class DisplayOpener:
    """Opens the display, or brings the open one to the front."""

    def __init__(self, context: UiContext, desk: QWidget) -> None:
        self._context, self._desk = context, desk
        self._display: CallDisplay | None = None

    def open(self) -> CallDisplay:
        """There is one display a workstation."""
        if self._display is None or not isValid(self._display):
            self._display = CallDisplay(self._context, self._desk)
        self._display.place.show()
        return self._display
