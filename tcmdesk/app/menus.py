"""The two menus at the foot of the rail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.ui.theme.theme import SCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from tcmdesk.app.look import Look
    from tcmdesk.core.actor import Staff
    from tcmdesk.core.i18n import Translator

LOCK_KEY: Final = "Ctrl+Alt+L"

ROLE_LABELS = {
    Role.ADMIN: N_("Administrator"),
    Role.DOCTOR: N_("Doctor"),
    Role.FRONT_DESK: N_("Front desk"),
    Role.PHARMACIST: N_("Pharmacist"),
}


def look_menu(look: Look, switch_language: Callable[[str], None], parent: QWidget) -> QMenu:
    """Light or dark, language, size, motion; each works at once."""
    _ = look.tr.gettext
    menu = QMenu(parent)
    menu.setAccessibleName(_("Look and language"))
    modes = (("light", _("Light")), ("dark", _("Dark")))
    _choices(menu, modes, look.theme.mode, look.set_mode)
    menu.addSeparator()
    _choices(menu, (("zh_CN", "中文"), ("en", "English")), look.theme.language, switch_language)
    menu.addSeparator()
    _choices(menu, ((scale, f"{scale:.0%}") for scale in SCALES), look.theme.scale, look.set_scale)
    menu.addSeparator()
    still = menu.addAction(_("No movement"))
    still.setCheckable(True)
    still.setChecked(not look.theme.motion)
    still.toggled.connect(lambda checked: look.set_motion(not checked))
    return menu


@dataclass(frozen=True, slots=True)
class UserActions:
    """What the menu of whoever is signed in does."""

    lock: Callable[[], None]
    change_password: Callable[[], None]
    switch_user: Callable[[], None]
    leave: Callable[[], object]


def user_menu(tr: Translator, actor: Staff, actions: UserActions, parent: QWidget) -> QMenu:
    """Who is signed in, and what they can do about it."""
    _ = tr.gettext
    menu = QMenu(parent)
    menu.setAccessibleName(actor.name)
    who = menu.addAction(f"{actor.name} · {_(ROLE_LABELS[actor.role])}")
    who.setEnabled(False)
    menu.addSeparator()
    # the keys are the window's own; here they are only shown
    menu.addAction(f"{_('Lock')}\t{LOCK_KEY}", actions.lock)
    menu.addAction(_("Change password"), actions.change_password)
    menu.addAction(_("Switch user"), actions.switch_user)
    menu.addSeparator()
    menu.addAction(_("Close tcmdesk"), actions.leave)
    return menu


def _choices(
    menu: QMenu, options: Iterable[tuple[Any, str]], chosen: object, choose: Callable[[Any], None]
) -> None:
    group = QActionGroup(menu)
    for value, word in options:
        action = menu.addAction(word)
        action.setCheckable(True)
        action.setChecked(value == chosen)
        action.triggered.connect(lambda _checked=False, value=value: choose(value))
        group.addAction(action)
