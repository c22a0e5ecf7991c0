"""Locks the desk of whoever is signed in, by hand or after a while, and opens it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tcmdesk.app.lock.idle import IdleWatch
from tcmdesk.app.menus import ROLE_LABELS
from tcmdesk.app.unsaved import Leaving
from tcmdesk.core.errors import TranslatableError
from tcmdesk.core.i18n import N_
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.app.lock.cover import LockCover
    from tcmdesk.app.main_window import MainWindow
    from tcmdesk.app.session import Session
    from tcmdesk.core.actor import Staff

KEEPS_AWAKE: Final = "keeps_awake"
"""Property of the main window, true while a call runs: who listens does not touch the keyboard."""

DEFAULT_MINUTES: Final = 10
SETTINGS: Final = "system_configs"


class DeskLock(QObject):
    """The lock of one session; the window it covers may be replaced while it is open. `hint` is shown below the field.

    Signals: `switch_requested` for another person, `close_requested` when the program is to end, `unlocked`
    with the person, as the database has them now.
    """

    switch_requested = Signal()
    close_requested = Signal()
    unlocked = Signal(object)

    def __init__(
        self, session: Session, report: Callable[[BaseException], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._report = session, report
        self._window: MainWindow | None = None
        self.cover: LockCover | None = None
        self.hint = ""
        self.watch = IdleWatch(DEFAULT_MINUTES * 60, self)
        self.watch.idle.connect(self._on_watch_idle)
        session.changes.changed.connect(self._on_changes_changed)

    @property
    def locked(self) -> bool:
        return self.cover is not None

    def guard(self, window: MainWindow) -> None:
        """Lock this window from now on, after the minutes that the clinic agreed on."""
        self._window = window
        self.watch.start()
        self._read_minutes()

    def rest(self) -> None:
        """Nobody is at the desk for now; what is locked stays so."""
        self.watch.stop()
        if self.cover is not None:
            self.cover.rest()

    def stop(self) -> None:
        """The session ends."""
        self.rest()
        self._window = None

    def lock(self) -> None:
        """Cover the window now; does nothing before there is a database to ask for the password."""
        window, session = self._window, self._session
        if self.locked or window is None or session.prepared is None:
            return
        from tcmdesk.app.lock.cover import LockCover

        tr = window.context.tr
        role = tr.gettext(ROLE_LABELS[session.actor.role])
        today = session.clock.now().astimezone(session.prepared.zone).date()
        self.cover = LockCover(
            window, tr, name=session.actor.name, role=role, clinic=session.prepared.clinic, day=today
        )
        if self.hint:
            self.cover.form.set_hint(self.hint)
        self.cover.form.submitted.connect(self._on_form_submitted)
        self.cover.form.switch_requested.connect(self._on_form_switch_requested)
        self.cover.close_requested.connect(self._on_cover_close_requested)
        window.context.shortcuts.held = True
        window.set_locked(True)
        self.cover.put_on()

    def open(self) -> None:
        """Take the cover away."""
        cover, window = self.cover, self._window
        if cover is None or window is None:
            return
        self.cover = None
        window.context.shortcuts.held = False
        window.set_locked(False)
        cover.lift()
        self.watch.touch()

    def _on_watch_idle(self) -> None:
        if self._window is not None and not self._window.property(KEEPS_AWAKE):
            self.lock()

    def _on_form_submitted(self, password: str) -> None:
        session = self._session
        if session.prepared is None or session.executor is None or self.cover is None:
            return
        database, actor = session.prepared.database, session.actor
        self.cover.form.set_busy(True)

        def work() -> Staff:
            from tcmdesk.features.identity.service.sign_in import unlock

            return unlock(database, actor, password)

        operation = Operation(session.executor, work, owner=self.cover, report=self._report)
        operation.on_done(self._on_unlock_done).on_failed(self._on_unlock_failed).start()

    def _on_unlock_done(self, staff: Staff) -> None:
        self.open()
        self.unlocked.emit(staff)

    def _on_unlock_failed(self, error: BaseException) -> bool:
        if self.cover is None or self._window is None:
            return False
        self.cover.form.set_busy(False)
        if not isinstance(error, TranslatableError):
            return False
        self.cover.form.say(error.text(self._window.context.tr))
        return True

    def _on_form_switch_requested(self) -> None:
        self._leave(self.switch_requested.emit, N_("Switch and lose it"))

    def _on_cover_close_requested(self) -> None:
        self._leave(self.close_requested.emit, N_("Close and lose it"))

    def _leave(self, leave: Callable[[], None], word: str) -> None:
        if self.cover is None or self._window is None:
            return
        screen = self._window.unsaved()
        if screen is None:
            leave()
            return
        tr = self._window.context.tr
        text = Leaving.LOCKED.text_of(screen, tr)
        self.cover.form.say(text, (Action(tr.gettext(word), leave),), warn=True)

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if SETTINGS in tables:
            self._read_minutes()

    def _read_minutes(self) -> None:
        session = self._session
        if session.prepared is None or session.executor is None or self._window is None:
            return
        database, actor = session.prepared.database, session.actor

        def work() -> int:
            from tcmdesk.features.identity.service.idle import idle_minutes

            return database.read(lambda connection: idle_minutes(connection, actor))

        operation = Operation(session.executor, work, owner=self, report=self._report)
        operation.on_done(self._on_minutes_read).on_failed(lambda error: isinstance(error, TranslatableError))
        operation.start()

    def _on_minutes_read(self, minutes: int) -> None:
        self.watch.set_seconds(minutes * 60)
