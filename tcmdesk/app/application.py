"""Which window is open: choosing a database, signing in, working."""

from __future__ import annotations

import gc
import logging
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from tcmdesk.app.look import Look
from tcmdesk.ui.seal import mark

if TYPE_CHECKING:
    from tcmdesk.app.arrival import Arrival
    from tcmdesk.app.connect.controller import Connect
    from tcmdesk.app.crash import CrashHandler
    from tcmdesk.app.launch import Launch
    from tcmdesk.app.preparing import Prepared
    from tcmdesk.app.session import Session
    from tcmdesk.app.sign_in.controller import SignIn
    from tcmdesk.app.workplace import Workplace
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.clock import Clock
    from tcmdesk.core.config import ConfigFile
    from tcmdesk.core.errors import TranslatableError

log = logging.getLogger(__name__)

# Start-up makes objects that live as long as the program; the collector need not look at them again. What it stops, it
# stops for the window too: while 5,000 rows load, a collection after 50,000 new objects holds it up for 25 ms. Rows go
# by their reference counts, so it may wait for many more.
COLLECTOR_THRESHOLDS: Final = (250_000, 20, 100)

SWITCH_SECONDS: Final = 0.001
"""How long a worker may keep the interpreter from the window; Python's own 5 ms are felt while rows are made."""

ICON_EDGE: Final = 128
LATER_MS: Final = 200
"""After the first paint, which nothing of this may delay."""


class Application(QObject):
    """Owns the windows and the session, and is the only one that quits."""

    def __init__(self, launch: Launch, settings: ConfigFile, crash: CrashHandler, clock: Clock) -> None:
        super().__init__()
        self.launch = launch
        self.settings = settings
        self.crash = crash
        self.clock = clock
        self.look = Look(settings, launch, self)
        self.session: Session | None = None
        self.workplace: Workplace | None = None
        self.sign_in: SignIn | None = None
        self.connect_window: Connect | None = None
        self.arrival: Arrival | None = None
        self.parked: Workplace | None = None

    def start(self) -> None:
        """Open the first window."""
        if self.launch.actor is not None:
            self.arrive(self.launch.actor)
        elif self.settings.config.asks_password and not self.launch.url:
            from tcmdesk.app.connect.controller import no_keyring

            self.choose_database(no_keyring())
        elif self.launch.url or self.settings.config.url:
            self.ask_who()
        else:
            self.choose_database()
        QTimer.singleShot(LATER_MS, self._settle)

    def ask_who(self, reason: TranslatableError | None = None) -> None:
        """Show the sign-in window, and why if somebody had to leave."""
        from tcmdesk.app.sign_in.controller import SignIn

        sign_in = SignIn(self.launch, self.settings, self.look, self.crash, self.clock, self)
        sign_in.signed_in.connect(self._on_sign_in_signed_in)
        sign_in.abandoned.connect(self.quit)
        sign_in.connection_requested.connect(self._on_sign_in_connection_requested)
        self.sign_in = sign_in
        sign_in.start(reason)

    def choose_database(self, reason: TranslatableError | None = None) -> None:
        """Show the window that asks where to begin, and why if there is a reason."""
        from tcmdesk.app.connect.controller import Connect

        connect = Connect(self.launch, self.settings, self.look, self.crash, self.clock, self)
        connect.chosen.connect(self._on_connect_chosen)
        connect.demo_chosen.connect(self._on_connect_demo_chosen)
        connect.abandoned.connect(self.quit)
        self.connect_window = connect
        connect.start(reason)

    def arrive(self, actor: Staff) -> None:
        """Open the main window for someone who need not be asked, and the database behind it."""
        from tcmdesk.app.arrival import Arrival

        workplace = self._furnish(actor)
        workstation = self.settings.keep().workstation
        self.arrival = Arrival(self.launch.url or "", workstation, self.clock, self.crash, self)
        self.arrival.prepared.connect(self._on_arrival_prepared)
        self.arrival.failed.connect(self._on_arrival_failed)
        self.arrival.after(workplace.window.painted)
        workplace.open()

    def enter(self, prepared: Prepared, actor: Staff) -> None:
        """Open the main window for a person who has signed in, or the one that was left for them."""
        if self.parked is not None and self.parked.session.actor.role is actor.role:
            self._unpark(prepared, actor)
            return
        workplace = self._furnish(actor)
        workplace.session.connect_to(prepared)
        workplace.open()
        self._close_first_windows()
        log.info("signed in as %s", actor.role.value)
        QTimer.singleShot(0, self._begin)

    def _furnish(self, actor: Staff) -> Workplace:
        from tcmdesk.app.session import Session
        from tcmdesk.app.workplace import Workplace

        self.session = Session(actor, self.clock, self)
        workplace = Workplace(self.session, self.settings, self.look, self.crash, self)
        workplace.lock.hint = self.launch.password_hint
        workplace.left.connect(self.quit)
        workplace.signed_out.connect(self._on_workplace_signed_out)
        workplace.ousted.connect(self._on_workplace_ousted)
        self.workplace = workplace
        return workplace

    def quit(self) -> None:
        """Close everything in order and end the event loop."""
        self.shut_down()
        QApplication.quit()

    def shut_down(self) -> None:
        """End the threads and connections; safe to call twice."""
        self._leave()
        if self.parked is not None:
            session = self.parked.session
            self.parked.close()
            self.parked = None
            session.close()

    def _leave(self) -> None:
        if self.workplace is not None:
            self.workplace.close()
            self.workplace = None
        self._close_first_windows()
        if self.session is not None:
            self.session.close()
            self.session = None

    def _begin(self) -> None:
        if self.session is not None:
            self.session.start()
        self._settle()

    def _settle(self) -> None:
        self.look.install_qt_words()
        QApplication.setWindowIcon(QIcon(mark(ICON_EDGE)))
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTOR_THRESHOLDS)
        sys.setswitchinterval(SWITCH_SECONDS)

    def _close_first_windows(self) -> None:
        if self.sign_in is not None:
            self.sign_in.close()
            self.sign_in = None
        if self.connect_window is not None:
            self.connect_window.close()
            self.connect_window = None
        if self.arrival is not None:
            self.arrival.close()
            self.arrival = None

    def _on_arrival_prepared(self, prepared: Prepared) -> None:
        if self.session is None or self.workplace is None:
            prepared.database.close()
            return
        self.session.connect_to(prepared)
        self.workplace.fill()
        QTimer.singleShot(0, self._begin)

    def _on_arrival_failed(self, error: BaseException) -> None:
        # the sign-in window says what is wrong and what to do
        log.warning("arrival ended: %s", error)
        self._on_workplace_signed_out()

    def _on_sign_in_connection_requested(self, reason: TranslatableError | None) -> None:
        self._close_first_windows()
        self.choose_database(reason)

    def _on_connect_chosen(self, url: str) -> None:
        self._close_first_windows()
        self.launch = replace(self.launch, url=url, actor=None, remember=True, password_hint="")
        self.ask_who()

    def _on_connect_demo_chosen(self, opening: tuple[str, Staff]) -> None:
        url, actor = opening
        self.launch = replace(
            self.launch, url=url, actor=actor, remember=False, password_hint=self.launch.demo_password
        )
        self._close_first_windows()
        self.arrive(actor)

    def _on_sign_in_signed_in(self, prepared: Prepared, actor: Staff) -> None:
        self.enter(prepared, actor)

    def _on_workplace_signed_out(self) -> None:
        self._leave()
        self.launch = replace(self.launch, actor=None)
        self.ask_who()

    def _on_workplace_ousted(self, reason: TranslatableError) -> None:
        log.info("signed out: %s", reason.code)
        workplace = self.workplace
        if workplace is None or self.sender() is not workplace:
            # whoever left a parked window is out already
            return
        if workplace.window.unsaved() is not None and self.parked is None:
            workplace.park()
            self.parked, self.workplace, self.session = workplace, None, None
        self._leave()
        self.launch = replace(self.launch, actor=None)
        self.ask_who(reason)

    def _unpark(self, prepared: Prepared, actor: Staff) -> None:
        """What was typed is still there: the window of before goes on, on its own connections."""
        workplace, self.parked = self.parked, None
        if workplace is None:
            raise RuntimeError("nothing is parked")
        prepared.database.close()
        self.session, self.workplace = workplace.session, workplace
        workplace.take_over(actor)
        self._close_first_windows()
        log.info("signed in as %s, in a window that was left", actor.role.value)
