"""The sign-in window by itself."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tcmdesk.app.sign_in.window import SignInWindow
from tcmdesk.core.i18n import translator
from tcmdesk.ui.clipping import find_clipped
from tcmdesk.ui.components.banner import Action
from tests.support.accessibility import unnamed_widgets

DAY = dt.date(2026, 11, 24)


@pytest.fixture
def window(qtbot):
    window = SignInWindow(translator("en"), clinic="杏林中医诊所", day=DAY)
    qtbot.addWidget(window)
    window.show()
    return window


def test_everything_has_a_name(window):
    assert unnamed_widgets(window) == []


def test_enter_in_the_password_submits_both(window, qtbot):
    window.form.account.setText(" fangyun ")
    window.form.password.setText(" space counts ")

    with qtbot.waitSignal(window.submitted) as submitted:
        qtbot.keyClick(window.form.password, Qt.Key.Key_Return)

    assert submitted.args == ["fangyun", " space counts "]


@pytest.mark.parametrize(("account", "password", "target"), [("", "x", "account"), ("x", "", "password")])
def test_an_empty_field_is_where_one_is_led(window, qtbot, account, password, target):
    window.form.account.setText(account)
    window.form.password.setText(password)

    with qtbot.assertNotEmitted(window.submitted):
        window.form.button.click()

    assert window.focusWidget() is getattr(window.form, target)


def test_a_second_enter_while_waiting_does_nothing(window, qtbot):
    window.form.account.setText("a")
    window.form.password.setText("b")
    window.form.set_busy(True)

    with qtbot.assertNotEmitted(window.submitted):
        qtbot.keyClick(window.form.password, Qt.Key.Key_Return)


def test_a_refusal_moves_nothing(window):
    before = window.form.account.mapTo(window, window.form.account.rect().topLeft())

    window.form.refuse("Account or password is not right. Check both and try again.")
    window.layout().activate()

    assert window.form.account.mapTo(window, window.form.account.rect().topLeft()) == before


def test_a_problem_moves_nothing(window):
    before = window.form.account.mapTo(window, window.form.account.rect().topLeft())

    window.show_problem(
        "The server's certificate could not be verified. " * 2, (Action("Try again", lambda: None),)
    )
    window.layout().activate()

    assert window.form.account.mapTo(window, window.form.account.rect().topLeft()) == before


def test_f5_tries_again(window, qtbot):
    tried = []
    window.show_problem("away", (Action("Try again", lambda: tried.append(True), "F5"),))

    qtbot.keyClick(window.form.account, Qt.Key.Key_F5)

    assert tried == [True]


def test_the_language_changes_what_is_said_and_not_what_was_typed(window):
    window.form.account.setText("fangyun")
    window.form.password.setText("typed")

    window.set_translator(translator("zh_CN"))

    assert window.form.button.text() == "登录"
    assert (window.form.account.text(), window.form.password.text()) == ("fangyun", "typed")


def _type(window, text, key, modifiers=Qt.KeyboardModifier.NoModifier):
    window.form.password.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers, text))


@pytest.mark.parametrize(
    ("text", "modifiers", "on"),
    [
        ("A", Qt.KeyboardModifier.NoModifier, True),
        ("a", Qt.KeyboardModifier.ShiftModifier, True),
        ("a", Qt.KeyboardModifier.NoModifier, False),
        ("A", Qt.KeyboardModifier.ShiftModifier, False),
    ],
)
def test_caps_lock_is_noticed_from_what_comes(window, text, modifiers, on):
    _type(window, text, Qt.Key.Key_A, modifiers)

    assert window.form.password.caps_lock is on
    assert window.form._caps_text.isVisible() is on


def test_digits_say_nothing_about_caps_lock(window):
    _type(window, "A", Qt.Key.Key_A)
    _type(window, "1", Qt.Key.Key_1)

    assert window.form.password.caps_lock


def test_the_caps_lock_key_itself_switches_the_warning(window):
    _type(window, "A", Qt.Key.Key_A)
    _type(window, "", Qt.Key.Key_CapsLock)

    assert not window.form._caps_text.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut(window, language):
    window.set_translator(translator(language))
    window.form.set_busy(True)
    window.form._show_caps_lock(True)
    window.set_status("Connecting to the clinic's database…")

    assert [str(clip) for clip in find_clipped(window)] == []
