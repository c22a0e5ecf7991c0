"""Behind the connection window: tries a server, founds a clinic, remembers what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from tcmdesk.app.connect.address import ServerAddress
from tcmdesk.app.connect.window import ConnectWindow
from tcmdesk.core import paths
from tcmdesk.core.db.executor import Executor
from tcmdesk.core.errors import TranslatableError, UserError, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.secrets import Secrets
from tcmdesk.ui.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.app.connect.form_page import FormPage
    from tcmdesk.app.crash import CrashHandler
    from tcmdesk.app.launch import Launch
    from tcmdesk.app.look import Look
    from tcmdesk.app.preparing import Examined, Prepared
    from tcmdesk.core.clock import Clock
    from tcmdesk.core.config import ConfigFile

T = TypeVar("T")

NO_KEYRING = N_("This computer has no keyring: the password is not kept, it is asked for each time.")


def no_keyring() -> UserError:
    """Why the database's password is asked for at every start."""
    return UserError("keyring.none", NO_KEYRING)


class Connect(QObject):
    """Runs the connection window.

    Signals: `chosen` with the database's address, `demo_chosen` with what the demo hands over, `abandoned`.
    """

    chosen = Signal(str)
    demo_chosen = Signal(object)
    abandoned = Signal()

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
        self._executor = Executor(embedded=True)
        self.window = ConnectWindow(look.tr)
        self.window.submitted.connect(self._on_window_submitted)
        self.window.tested.connect(self._on_window_tested)
        self.window.language_chosen.connect(look.set_language)
        self.window.closed.connect(self._on_window_closed)
        look.language_changed.connect(self._on_look_language_changed)
        crash.reported.connect(self._on_crash_reported)

    def start(self, reason: TranslatableError | None = None) -> None:
        """Show the window with what is known, and why it is shown if there is a reason."""
        known = ServerAddress.parse(self._launch.url or self._settings.config.url or "")
        self.window.server.fill(known)
        self.window.choose("server" if known.host else "demo")
        if reason is not None:
            self.window.server.notice.say(reason.text(self._look.tr), "warn")
        self.window.show()

    def close(self) -> None:
        """Take the window away."""
        self.window.closed.disconnect(self._on_window_closed)
        self.window.close()
        self.window.deleteLater()
        self._executor.close()
        self.deleteLater()

    def _on_window_submitted(self, way: str) -> None:
        page = {"demo": self.window.demo, "own": self.window.own, "server": self.window.server}[way]
        {"demo": self._open_demo, "own": self._found, "server": self._enter_server}[way](page)

    def _on_window_tested(self) -> None:
        address = self.window.server.address

        def work() -> tuple[Prepared, Examined, bool]:
            from tcmdesk.app.preparing import examine

            prepared = self._prepare(address.url)
            try:
                return prepared, examine(prepared), Secrets().available()
            finally:
                prepared.database.close()

        self._run(self.window.server, work, self._show_tested)

    def _show_tested(self, outcome: tuple[Prepared, Examined, bool]) -> None:
        prepared, examined, can_keep = outcome
        _ = self._look.tr.gettext
        page = self.window.server
        known = bool(page.address.ca)
        proof = _("certificate and host name verified") if known else _("certificate not verified")
        clock = _("clock off by {seconds} s").format(seconds=f"{abs(prepared.skew_seconds):.1f}")
        tables = _("{tables} platform tables").format(tables=examined.tables)
        lines = [
            _("It can be reached."),
            f"{prepared.server} · {proof}",
            f"{tables} · {clock} · {prepared.milliseconds} ms",
        ]
        if prepared.read_only:
            lines.append(_("The server is read-only: one can look, but nothing can be saved."))
        elif not examined.may_write:
            lines.append(_("This account may look but not write: ask for the rights of a workstation."))
        page.notice.say("\n".join(lines), "info" if known and examined.may_write else "warn")
        if not can_keep:
            page.remark.say(_(NO_KEYRING), "warn")

    def _enter_server(self, page: FormPage) -> None:
        address = self.window.server.address

        def work() -> bool:
            self._prepare(address.url).database.close()
            if not address.password:
                return True
            # read back: some keyrings accept and forget
            return Secrets().keep(address.url_without_password, address.password)

        def entered(kept: bool) -> None:
            self._settings.change(url=address.url_without_password, asks_password=not kept)
            self.chosen.emit(address.url)

        self._run(page, work, entered)

    def _found(self, page: FormPage) -> None:
        wanted, workstation = self.window.own.filled, self._settings.keep().workstation

        def work() -> str:
            from tcmdesk.app.connect.founding import found

            return found(paths.data_dir(), wanted, workstation=workstation)

        def founded(url: str) -> None:
            self._settings.change(url=url, account=wanted.account, asks_password=False)
            self.chosen.emit(url)

        self._run(page, work, founded)

    def _open_demo(self, page: FormPage) -> None:
        open_demo = self._launch.open_demo
        if open_demo is not None:
            self._run(page, open_demo, self.demo_chosen.emit)

    def _prepare(self, url: str) -> Prepared:
        from tcmdesk.app.preparing import prepare

        return prepare(url, workstation=self._settings.config.workstation, clock=self._clock)

    def _run(self, page: FormPage, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self.window.set_busy(True)
        page.clear_errors()
        page.remark.clear()

        def finish(result: T) -> None:
            self.window.set_busy(False)
            done(result)

        def refuse(error: BaseException) -> None:
            self.window.set_busy(False)
            self._refuse(page, error)

        Operation(self._executor, work, owner=self, report=self._crash.report).on_done(finish).on_failed(
            refuse
        ).start()

    def _refuse(self, page: FormPage, error: BaseException) -> None:
        if isinstance(error, ValidationError) and error.field:
            page.show_field_error(error.field, error.text(self._look.tr))
        elif isinstance(error, TranslatableError):
            page.notice.say(error.text(self._look.tr), "danger")
        else:
            self._crash.report(error)

    def _on_look_language_changed(self) -> None:
        self.window.set_translator(self._look.tr)

    def _on_crash_reported(self, number: str) -> None:
        text = self._look.tr.gettext(
            "Something went wrong in the program. Nothing typed is lost. Number {number}"
        )
        for page in (self.window.demo, self.window.own, self.window.server):
            page.notice.say(text.format(number=number))

    def _on_window_closed(self) -> None:
        self.abandoned.emit()
