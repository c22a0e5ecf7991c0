"""Between the sign-in window and the database: connect in the background, then ask for the person.

The window is on screen before anything heavy is imported. One worker does everything in turn, so a person who
types faster than the database answers simply waits for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from tcmdesk.app.sign_in.window import SignInWindow
from tcmdesk.core.errors import TranslatableError, UserError
from tcmdesk.ui.components.banner import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.app.crash import CrashHandler
    from tcmdesk.app.launch import Launch
    from tcmdesk.app.look import Look
    from tcmdesk.app.preparing import Prepared
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.clock import Clock
    from tcmdesk.core.config import ConfigFile
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.executor import Executor
    from tcmdesk.ui.operation import Operation

T = TypeVar("T")


class SignIn(QObject):
    """Runs the sign-in window. `signed_in` hands over the database and who it is; `abandoned` when it is closed,
    `connection_requested` when another database is to be chosen, with the error that led there or None.
    """

    signed_in = Signal(object, object)
    abandoned = Signal()
    connection_requested = Signal(object)

    def __init__(
        self,
        launch: Launch,
        settings: ConfigFile,
        look: Look,
        crash: CrashHandler,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._launch, self._settings, self._look, self._clock = launch, settings, look, clock
        self._crash = crash
        self._executor: Executor | None = None
        self._prepared: Prepared | None = None
        self._handed_over = False
        self._waiting: tuple[str, str] | None = None
        self._problem: TranslatableError | None = None
        today = clock.now().astimezone().date()
        self.window = SignInWindow(look.tr, clinic=settings.config.clinic, day=today)
        self.window.form.set_hint(launch.password_hint)
        self.window.submitted.connect(self._on_window_submitted)
        self.window.language_chosen.connect(look.set_language)
        self.window.mode_chosen.connect(look.set_mode)
        self.window.closed.connect(self._on_window_closed)
        look.language_changed.connect(self._on_look_language_changed)
        crash.reported.connect(self._on_crash_reported)

    def start(self, reason: TranslatableError | None = None) -> None:
        """Show the window, and why it is shown if somebody had to leave; then begin to connect."""
        self.window.form.set_account(self._settings.config.account if reason is None else "")
        if reason is not None:
            self.window.form.explain(reason.text(self._look.tr))
        # what is imported next competes with the paint, so it waits for it
        self.window.painted.connect(self._prepare, Qt.ConnectionType.QueuedConnection)
        self.window.show()

    def close(self) -> None:
        """Take the window away; the database is closed too unless it was handed over."""
        self.window.closed.disconnect(self._on_window_closed)
        self.window.close()
        self.window.deleteLater()
        if self._executor is not None:
            self._executor.close()
        if self._prepared is not None and not self._handed_over:
            self._prepared.database.close()
        self.deleteLater()

    def _prepare(self) -> None:
        url, workstation, clock = self._url(), self._settings.keep().workstation, self._clock
        self.window.clear_problem()
        self._show_status()

        def work() -> Prepared:
            from tcmdesk.app.preparing import prepare_kept

            return prepare_kept(url, workstation=workstation, clock=clock)

        self._operation(work).on_done(self._on_prepared).on_failed(self._on_not_prepared).start()

    def _url(self) -> str:
        return self._launch.url or self._settings.config.url or ""

    def _on_prepared(self, prepared: Prepared) -> None:
        self._prepared, self._problem = prepared, None
        if self._launch.remember and prepared.clinic != self._settings.config.clinic:
            self._settings.change(clinic=prepared.clinic)
        today = self._clock.now().astimezone(prepared.zone).date()
        self.window.set_clinic(prepared.clinic, today, self._look.tr)
        self._show_status()
        if self._waiting is not None:
            self._ask_database(prepared.database, *self._waiting)

    def _on_not_prepared(self, error: BaseException) -> bool | None:
        self._waiting = None
        self.window.form.set_busy(False)
        if not isinstance(error, TranslatableError):
            self._crash.report(error)
            return None
        self._problem = error
        self._show_status()
        self._show_problem()
        return None

    def _show_status(self) -> None:
        _ = self._look.tr.gettext
        if self._problem is not None:
            self.window.set_status(_("No database"), good=False)
        elif self._prepared is None:
            self.window.set_status(_("Connecting to the clinic's database…"))
        else:
            read_only = self._prepared.read_only
            text = _("Clinic database is read-only") if read_only else _("Clinic database connected")
            self.window.set_status(text, good=not read_only)

    def _show_problem(self) -> None:
        if self._problem is None:
            return
        _ = self._look.tr.gettext
        actions = [Action(_("Try again"), self._try_again, "F5")]
        if self._launch.remember:
            actions.append(Action(_("Change the connection"), self._change_connection))
        self.window.show_problem(self._problem.text(self._look.tr), tuple(actions))

    def _change_connection(self) -> None:
        self.connection_requested.emit(self._problem)

    def _try_again(self) -> None:
        self._problem = None
        self._prepare()

    def _on_window_submitted(self, account: str, password: str) -> None:
        self.window.form.accept_again()
        self.window.form.set_busy(True)
        if self._prepared is not None:
            self._ask_database(self._prepared.database, account, password)
            return
        self._waiting = (account, password)
        if self._problem is not None:
            self._try_again()

    def _ask_database(self, database: Database, account: str, password: str) -> None:
        self._waiting = None

        def work() -> Staff:
            from tcmdesk.features.identity.service.sign_in import sign_in

            return sign_in(database, account, password)

        self._operation(work).on_done(self._on_signed_in).on_failed(self._on_refused).start()

    def _on_signed_in(self, staff: Staff) -> None:
        if self._launch.remember:
            self._settings.change(account=self.window.form.account.text().strip())
        self._handed_over = True
        self.signed_in.emit(self._prepared, staff)

    def _on_refused(self, error: BaseException) -> bool | None:
        form = self.window.form
        form.set_busy(False)
        if isinstance(error, UserError):
            form.refuse(error.text(self._look.tr))
        elif isinstance(error, TranslatableError):
            self._problem = error
            self._show_status()
            self._show_problem()
        else:
            self._crash.report(error)
        return None

    def _operation(self, work: Callable[[], T]) -> Operation[T]:
        from tcmdesk.core.db.executor import Executor
        from tcmdesk.ui.operation import Operation

        if self._executor is None:
            self._executor = Executor(embedded=True)
        return Operation(self._executor, work, owner=self, report=self._crash.report)

    def _on_look_language_changed(self) -> None:
        self.window.set_translator(self._look.tr)
        self._show_status()
        self._show_problem()
        self.window.form.accept_again()

    def _on_crash_reported(self, number: str) -> None:
        text = self._look.tr.gettext(
            "Something went wrong in the program. Nothing typed is lost. Number {number}"
        )
        self.window.show_problem(text.format(number=number))

    def _on_window_closed(self) -> None:
        self.abandoned.emit()
