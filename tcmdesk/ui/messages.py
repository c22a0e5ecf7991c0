"""The one door for what the program has to tell the user.

A message never opens a dialog and never takes the focus. Every error goes through `show_error`, which sorts
it into the three kinds of `core.errors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.core.errors import Unavailable, UserError
from tcmdesk.core.i18n import N_
from tcmdesk.ui.components.banner import Action, Banner, BannerTone
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.errors import SupportsGettext
    from tcmdesk.ui.floating import FloatingPlace

# Long enough to read and to reach for Undo without hurry (WCAG 2.2.1 asks for no less than 20 s).
PASSING_MS: Final = 20_000
MAX_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the user, already translated.

    `key` names what it is about: a new message takes the place of an older one of the same key.
    `passing` ones go by themselves; the others stay until withdrawn or closed.
    """

    text: str
    tone: BannerTone = "info"
    icon: str = ""
    actions: tuple[Action, ...] = ()
    key: str = ""
    passing: bool = True


class Messages(QObject):
    """Takes messages from anywhere on the UI thread; the window's `MessageBar` shows them.

    `report_bug` is told of every error that is a fault of the program (for the crash report) and returns the
    number that the user can quote.
    """

    posted = Signal(object)
    withdrawn = Signal(str)

    def __init__(
        self,
        translator: SupportsGettext,
        report_bug: Callable[[BaseException], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tr = translator
        self._report_bug = report_bug

    def set_translator(self, translator: SupportsGettext) -> None:
        """From now on speak another language."""
        self._tr = translator

    def post(self, message: Message) -> None:
        self.posted.emit(message)

    def withdraw(self, key: str) -> None:
        """The matter is settled: take away the message about it, if it is still shown."""
        self.withdrawn.emit(key)

    def done(self, text: str, *, undo: Callable[[], None] | None = None, key: str = "done") -> None:
        """Something was done (``Booking cancelled``); with `undo` it can be taken back, by Ctrl Z as well."""
        actions = (Action(self._tr.gettext("Undo"), undo, "Ctrl Z"),) if undo else ()
        self.post(Message(text, "info", actions=actions, key=key))

    def warn(self, text: str, *, actions: tuple[Action, ...] = (), key: str = "warn") -> None:
        """Someone must look; stays until closed."""
        self.post(Message(text, "warn", actions=actions, key=key, passing=False))

    def show_error(self, error: BaseException, retry: Callable[[], None] | None = None) -> None:
        """Say what happened and what can be done. `retry` is offered when the database was away."""
        if isinstance(error, UserError):
            self.post(Message(error.text(self._tr), "warn", key="error"))
        elif isinstance(error, Unavailable):
            actions = (Action(self._tr.gettext("Retry"), retry, "F5"),) if retry else ()
            text = error.text(self._tr)
            self.post(Message(text, "danger", icon="database", actions=actions, key="error", passing=False))
        else:
            number = self._report_bug(error)
            text = self._tr.gettext(
                N_("Something went wrong in the program. Nothing typed is lost. Number {number}")
            )
            self.post(Message(text.format(number=number), "danger", key="bug", passing=False))


class MessageBar(Themed, QWidget):
    """Shows messages as banners, newest at the bottom, at most three; empty it takes no room.

    Passing ones stand at `floating` where the screen offers a place, so that nothing moves under the hand.
    `undo_changed` says whether there is something that Ctrl Z would undo; `undo` does it.
    """

    undo_changed = Signal(bool)

    def __init__(
        self,
        messages: Messages,
        close_text: str,
        parent: QWidget | None = None,
        *,
        floating: FloatingPlace | None = None,
    ) -> None:
        super().__init__(parent)
        self._close_text = close_text
        self._floating = floating
        self._shown: list[tuple[Message, Banner]] = []
        self._column = QVBoxLayout(self)
        self.hide()
        messages.posted.connect(self._on_messages_posted)
        messages.withdrawn.connect(self._on_messages_withdrawn)
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._column.setSpacing(theme.px(8))

    @property
    def texts(self) -> list[str]:
        """What is shown now."""
        return [banner.text for _, banner in self._shown]

    @property
    def retry(self) -> Action | None:
        """The newest offer to try again."""
        return self._newest("F5")

    @property
    def undo(self) -> Action | None:
        """The newest offer to undo."""
        return self._newest("Ctrl Z")

    def _newest(self, key: str) -> Action | None:
        for message, _ in reversed(self._shown):
            for action in message.actions:
                if action.key == key:
                    return action
        return None

    def _on_messages_posted(self, message: Message) -> None:
        self._drop(lambda other: bool(message.key) and other.key == message.key)
        while len(self._shown) >= MAX_SHOWN:
            self._remove(self._shown[0])
        entry: list[tuple[Message, Banner]] = []

        def close() -> None:
            if entry and entry[0] in self._shown:
                self._remove(entry[0])

        def closing(action: Action) -> Action:
            def run() -> None:
                close()
                action.run()

            return Action(action.text, run, action.key)

        message = Message(
            message.text,
            message.tone,
            message.icon,
            tuple(map(closing, message.actions)),
            message.key,
            message.passing,
        )
        banner = Banner(message.text, message.tone, icon=message.icon, actions=message.actions, parent=self)
        dismiss = Button(icon="x", kind="tool", size="small", name=self._close_text, parent=banner)
        dismiss.clicked.connect(close)
        banner.layout().addWidget(dismiss)
        entry.append((message, banner))
        self._place(message, banner)
        self._shown.append(entry[0])
        self._show_or_hide()
        if message.passing:
            timer = QTimer(banner)
            timer.setSingleShot(True)
            timer.timeout.connect(close)
            timer.start(PASSING_MS)
        self.undo_changed.emit(self.undo is not None)

    def _place(self, message: Message, banner: Banner) -> None:
        floating = self._floating
        before = [entry for entry in self._shown if self._column.indexOf(entry[1]) < 0]
        offered = any(other.actions for other, _ in before)
        if floating is None or not message.passing or not floating.has_room or offered:
            self._column.addWidget(banner)
            banner.show()
            return
        for entry in before:
            self._remove(entry)
        floating.show_banner(banner)

    def _show_or_hide(self) -> None:
        self.setVisible(self._column.count() > 0)

    def _on_messages_withdrawn(self, key: str) -> None:
        self._drop(lambda other: other.key == key)

    def _drop(self, unwanted: Callable[[Message], bool]) -> None:
        for entry in [entry for entry in self._shown if unwanted(entry[0])]:
            self._remove(entry)

    def _remove(self, entry: tuple[Message, Banner]) -> None:
        self._shown.remove(entry)
        _, banner = entry
        if self._floating is None or not self._floating.take(banner):
            self._column.removeWidget(banner)
        banner.hide()
        banner.deleteLater()
        self._show_or_hide()
        self.undo_changed.emit(self.undo is not None)
