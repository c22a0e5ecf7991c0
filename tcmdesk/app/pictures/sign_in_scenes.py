"""The sign-in window in its states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.app.sign_in.window import SignInWindow
from tcmdesk.core.i18n import N_
from tcmdesk.ui.components.banner import Action

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from tcmdesk.core.i18n import Translator

CLINIC: Final = "杏林中医诊所（演示）"


def _plain(window: SignInWindow, tr: Translator) -> None:
    window.set_status(tr.gettext(N_("Clinic database connected")), good=True)


def _refused(window: SignInWindow, tr: Translator) -> None:
    _plain(window, tr)
    window.form.password.setText("xinglin")
    window.form.refuse(tr.gettext(N_("Account or password is not right. Check both and try again.")))
    window.form.password.caps_lock_changed.emit(True)


def _no_database(window: SignInWindow, tr: Translator) -> None:
    _ = tr.gettext
    window.form.password.setText("xinglin-demo")
    window.set_status(_(N_("No database")), good=False)
    text = _("The database cannot be reached. Check the network, the host and the port.")
    actions = (Action(_("Try again"), _nothing, "F5"), Action(_("Change the connection"), _nothing))
    window.show_problem(text, actions)


def _busy(window: SignInWindow, tr: Translator) -> None:
    _plain(window, tr)
    window.form.password.setText("xinglin-demo")
    window.form.set_busy(True)


def _nothing() -> None:
    """The buttons of a picture do nothing."""


SCENES: Final[dict[str, Callable[[SignInWindow, Translator], None]]] = {
    "sign-in": _plain,
    "sign-in-refused": _refused,
    "sign-in-no-database": _no_database,
    "sign-in-busy": _busy,
}


def make(name: str, tr: Translator, day: dt.date) -> SignInWindow:
    """The window in one of its states."""
    window = SignInWindow(tr, clinic=CLINIC, day=day)
    window.form.set_account("fangyun")
    SCENES[name](window, tr)
    return window
