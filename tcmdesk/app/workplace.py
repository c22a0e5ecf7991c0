"""The main window and what it stands on, for one session; built anew when the language changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication

from tcmdesk.app.lock.lock import DeskLock
from tcmdesk.app.lock.standing import StandingWatch
from tcmdesk.app.main_window import MainWindow
from tcmdesk.app.menus import LOCK_KEY
from tcmdesk.app.preparing import SKEW_SECONDS
from tcmdesk.app.unsaved import Leaving
from tcmdesk.core.incidents import number_of
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.status_bar import StatusItem
from tcmdesk.ui.context import UiContext
from tcmdesk.ui.messages import Message, Messages
from tcmdesk.ui.navigator import Navigator
from tcmdesk.ui.shortcuts import Shortcuts

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from PySide6.QtWidgets import QMenu

    from tcmdesk.app.crash import CrashHandler
    from tcmdesk.app.look import Look
    from tcmdesk.app.palette.actions import MenuAction
    from tcmdesk.app.session import Session
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.config import ConfigFile
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.executor import Executor
    from tcmdesk.core.db.feed import ChangeFeed
    from tcmdesk.ui.findings import Search
    from tcmdesk.ui.screen import Screen


class Workplace(QObject):
    """Makes the context and the window. `left` when it is closed, `signed_out` when someone else is to sign in,
    `ousted` with the error that says why when whoever is signed in no longer may be.
    """

    left = Signal()
    signed_out = Signal()
    ousted = Signal(object)

    def __init__(
        self,
        session: Session,
        settings: ConfigFile,
        look: Look,
        crash: CrashHandler,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self._settings, self._look = session, settings, look
        self.lock = DeskLock(session, crash.report, self)
        self.lock.switch_requested.connect(self.signed_out)
        self.lock.close_requested.connect(self.left)
        self.lock.unlocked.connect(self._on_standing_changed)
        self.standing = StandingWatch(session, crash.report, self)
        self.standing.changed.connect(self._on_standing_changed)
        self.standing.ousted.connect(self.ousted)
        self.context, self.window = self._build()
        look.language_changed.connect(self._on_look_language_changed)
        look.theme_changed.connect(self._on_look_theme_changed)
        crash.reported.connect(self._on_crash_reported)

    def open(self) -> None:
        """Show the window, with the person's first screen if the database is there already."""
        self.window.restore(self._settings.config.geometry)
        if self.session.prepared is not None:
            self.fill()
        self.window.show()

    def fill(self) -> None:
        """The database is there: open the person's first screen."""
        self._give_database(self.context)
        self.window.set_clinic(self._clinic)
        self._show_first()
        self._show_notes()
        self.lock.guard(self.window)

    def park(self) -> None:
        """Out of sight with what was typed, for someone of the same role to go on with."""
        # the cover takes dialogs out of sight as well, which hiding their window does not
        self.lock.lock()
        self.lock.rest()
        self._look.language_changed.disconnect(self._on_look_language_changed)
        self.window.hide()

    def take_over(self, actor: Staff) -> None:
        """Somebody of the same role goes on where another had to leave."""
        before = self.session.actor
        self._on_standing_changed(actor)
        self._look.language_changed.connect(self._on_look_language_changed)
        self.window.show()
        self.lock.open()
        self.lock.guard(self.window)
        screen = self.window.unsaved()
        if screen is not None and before.user_id != actor.user_id:
            text = self._look.tr.gettext("“{screen}” is as {name} left it, not saved yet.")
            self.context.messages.warn(text.format(screen=screen.title, name=before.name), key="unsaved")

    def close(self) -> None:
        """Take the window away and remember where it was."""
        self._settings.change(geometry=self.window.saved())
        self.lock.stop()
        self._discard(self.window)
        self.deleteLater()

    @property
    def _clinic(self) -> str:
        return self.session.prepared.clinic if self.session.prepared is not None else ""

    def _build(self) -> tuple[UiContext, MainWindow]:
        session = self.session
        context = UiContext(
            # given when the session has them; no screen is made before
            database=cast("Database", None),
            executor=cast("Executor", None),
            feed=cast("ChangeFeed", None),
            zone=cast("ZoneInfo", None),
            changes=session.changes,
            actor=session.actor,
            tr=self._look.tr,
            clock=session.clock,
            theme=self._look.theme,
            messages=Messages(self._look.tr, number_of, self),
            navigator=Navigator(self._build_screen, self),
            shortcuts=Shortcuts(self),
        )
        if session.prepared is not None:
            self._give_database(context)
        window = MainWindow(context, clinic=self._clinic)
        window.left.connect(self.left)
        window.settings_requested.connect(self._on_window_settings_requested)
        window.user_requested.connect(self._on_window_user_requested)
        window.retry_requested.connect(self._on_window_retry_requested)
        context.shortcuts.add(
            window, LOCK_KEY, self._look.tr.gettext("Lock"), self.lock.lock, rank=230, listed=False
        )
        window.find_requested.connect(self._on_window_find_requested)
        return context, window

    def _give_database(self, context: UiContext) -> None:
        session = self.session
        if session.prepared is None or session.executor is None or session.feed is None:
            raise RuntimeError("the session has no database yet")
        context.database = session.prepared.database
        context.zone = session.prepared.zone
        context.executor = session.executor
        context.feed = session.feed

    def _build_screen(self, name: str) -> Screen:
        return self.window.build_screen(name)

    def _show_first(self) -> None:
        first = self.window.first_screen
        if first is not None:
            self.context.navigator.open(first)

    def _show_notes(self) -> None:
        prepared, _ = self.session.prepared, self._look.tr.gettext
        if prepared is None:
            return
        notes = []
        if prepared.read_only:
            notes.append(StatusItem(_("Read-only"), "lock", "warn"))
        if abs(prepared.skew_seconds) > SKEW_SECONDS:
            minutes = round(abs(prepared.skew_seconds) / 60)
            text = _("Clock is off by {minutes} min").format(minutes=minutes)
            notes.append(StatusItem(text, "clock-alert", "warn"))
        self.window.set_notes(tuple(notes))

    def _discard(self, window: MainWindow) -> None:
        window.left.disconnect(self.left)
        window.hide()
        window.deleteLater()

    def _on_look_language_changed(self) -> None:
        place = self.context.navigator.place
        old_context, old = self.context, self.window
        self.context, self.window = self._build()
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        if place is not None:
            self.context.navigator.open(place.screen, **place.params)
        self.window.show()
        self._show_notes()
        self.lock.guard(self.window)
        self._discard(old)
        for part in (old_context.navigator, old_context.messages, old_context.shortcuts):
            part.deleteLater()

    def _on_look_theme_changed(self) -> None:
        self.context.theme = self._look.theme

    def _on_crash_reported(self, number: str) -> None:
        text = self._look.tr.gettext(
            "Something went wrong in the program. Nothing typed is lost. Number {number}"
        )
        message = Message(text.format(number=number), "danger", key="bug", passing=False)
        self.context.messages.post(message)

    def _on_window_retry_requested(self) -> None:
        if self.session.feed is not None:
            self.session.feed.look_now()

    def _on_window_find_requested(self, search: Search) -> None:
        from tcmdesk.app.palette.window import Palette

        if self.session.prepared is not None and self.window.findChild(Palette) is None:
            Palette(self.window, self._menu_actions(), search)

    def _menu_actions(self) -> list[MenuAction]:
        from tcmdesk.app.palette.actions import MenuAction

        look, _ = self._look, self._look.tr.gettext
        other = "dark" if look.theme.mode == "light" else "light"
        word = _("Dark") if other == "dark" else _("Light")
        return [
            MenuAction(word, "moon" if other == "dark" else "sun", lambda: look.set_mode(other)),
            MenuAction("English", "settings", lambda: self._switch_language("en"))
            if look.tr.chinese
            else MenuAction("中文", "settings", lambda: self._switch_language("zh_CN")),
            MenuAction(_("Sign out"), "lock", self.signed_out.emit),
            MenuAction(_("Close tcmdesk"), "x", self.window.close),
        ]

    def _on_window_settings_requested(self) -> None:
        from tcmdesk.app.menus import look_menu

        self._pop_up(look_menu(self._look, self._switch_language, self.window))

    def _on_window_user_requested(self) -> None:
        from tcmdesk.app.menus import UserActions, user_menu

        self._pop_up(
            user_menu(
                self._look.tr,
                self.session.actor,
                UserActions(self.lock.lock, self._change_password, self._switch_user, self.window.close),
                self.window,
            )
        )

    def _change_password(self) -> None:
        from tcmdesk.core.registry import panel

        panel("change_password")(self.context, self.window).open()

    def _switch_user(self) -> None:
        screen = self.window.unsaved()
        if screen is None:
            self.signed_out.emit()
            return
        tr = self._look.tr
        action = Action(Leaving.SWITCH.word_of(screen, tr), self.signed_out.emit)
        self.context.messages.warn(Leaving.SWITCH.text_of(screen, tr), actions=(action,), key="unsaved")

    def _on_standing_changed(self, staff: Staff) -> None:
        self.session.actor = self.context.actor = staff
        self.window.rail.set_user(staff.name)

    def _switch_language(self, language: str) -> None:
        screen = self.window.unsaved()
        if screen is None:
            self._look.set_language(language)
            return
        self.context.messages.warn(Leaving.LANGUAGE.text_of(screen, self._look.tr), key="unsaved")

    def _pop_up(self, menu: QMenu) -> None:
        button = QApplication.focusWidget()
        rail = self.window.rail
        at = rail.mapToGlobal(QPoint(rail.width(), rail.height() - menu.sizeHint().height() - 8))
        menu.aboutToHide.connect(menu.deleteLater)
        if button is not None:
            menu.aboutToHide.connect(button.setFocus)
        menu.popup(at)
