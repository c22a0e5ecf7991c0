"""The windows before the main one, in their states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.app.connect.address import ServerAddress
from tcmdesk.app.connect.window import ConnectWindow
from tcmdesk.app.sign_in.window import SignInWindow
from tcmdesk.ui.components.banner import Action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tcmdesk.core.i18n import Translator

    Make = Callable[[Translator, dt.date], QWidget]

CLINIC: Final = "杏林中医诊所（演示）"
SERVER: Final = ServerAddress(
    "db.xinglin.example", "3306", "clinic", "ws_front_1", "made-up-word", "clinic-ca.pem"
)


def _sign_in(tr: Translator, day: dt.date) -> SignInWindow:
    window = SignInWindow(tr, clinic=CLINIC, day=day)
    window.set_status(tr.gettext("Clinic database connected"), good=True)
    window.form.set_account("fangyun")
    return window


def _refused(tr: Translator, day: dt.date) -> QWidget:
    window = _sign_in(tr, day)
    window.form.password.setText("made-up-word")
    window.form.refuse(tr.gettext("Account or password is not right. {left} tries are left.").format(left=3))
    window.form.password.caps_lock_changed.emit(True)
    return window


def _locked_out(tr: Translator, day: dt.date) -> QWidget:
    window = _sign_in(tr, day)
    window.form.password.setText("made-up-word")
    text = "Locked after {tries} wrong tries. Try again in {minutes} min, or ask an administrator to lift it."
    window.form.refuse(tr.gettext(text).format(tries=5, minutes=15))
    return window


def _switched_off(tr: Translator, day: dt.date) -> QWidget:
    window = _sign_in(tr, day)
    window.form.set_account("")
    text = tr.gettext("{name} was signed out: an administrator has switched this account off.")
    window.form.explain(text.format(name="方芸"))
    return window


def _no_database(tr: Translator, day: dt.date) -> QWidget:
    _ = tr.gettext
    window = _sign_in(tr, day)
    window.form.password.setText("made-up-word")
    window.set_status(_("No database"), good=False)
    text = _("The server's certificate could not be verified. Check the CA file and the host name.")
    actions = (Action(_("Try again"), _nothing, "F5"), Action(_("Change the connection"), _nothing))
    window.show_problem(text, actions)
    return window


def _busy(tr: Translator, day: dt.date) -> QWidget:
    window = _sign_in(tr, day)
    window.form.password.setText("made-up-word")
    window.form.set_busy(True)
    return window


def _demo(tr: Translator, _day: dt.date) -> QWidget:
    window = ConnectWindow(tr)
    window.choose("demo")
    return window


def _own(tr: Translator, _day: dt.date) -> QWidget:
    window = ConnectWindow(tr)
    window.choose("own")
    window.own.complete()
    return window


def _server(tr: Translator, _day: dt.date) -> QWidget:
    _ = tr.gettext
    window = ConnectWindow(tr)
    window.server.fill(SERVER)
    window.choose("server")
    proof = _("certificate and host name verified")
    clock = _("clock off by {seconds} s").format(seconds="0.2")
    tables = _("{tables} platform tables").format(tables=41)
    lines = (_("It can be reached."), f"MySQL 9.7.4 · {proof}", f"{tables} · {clock} · 86 ms")
    window.server.notice.say("\n".join(lines), "info")
    window.server.remark.say(
        _("This computer has no keyring: the password is not kept, it is asked for each time."), "warn"
    )
    return window


def _server_refused(tr: Translator, _day: dt.date) -> QWidget:
    window = ConnectWindow(tr)
    window.server.fill(SERVER)
    window.choose("server")
    window.server.notice.say(
        tr.gettext("This database has no tables yet. An administrator makes them with “tcmdesk db upgrade”.")
    )
    return window


def _nothing() -> None:
    """The buttons of a picture do nothing."""


WINDOWS: Final[dict[str, Make]] = {
    "sign-in": _sign_in,
    "sign-in-refused": _refused,
    "sign-in-locked-out": _locked_out,
    "sign-in-switched-off": _switched_off,
    "sign-in-no-database": _no_database,
    "sign-in-busy": _busy,
    "begin-demo": _demo,
    "begin-own": _own,
    "begin-server": _server,
    "begin-server-refused": _server_refused,
}
