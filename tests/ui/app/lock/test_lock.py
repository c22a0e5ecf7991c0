"""A locked desk shows nothing, loses nothing, and opens for the same person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from tcmdesk.core.actor import System
from tcmdesk.core.db.database import Database
from tcmdesk.features.identity.service.idle import set_idle_minutes
from tests.support.accessibility import unnamed_widgets
from tests.support.sql import sql_allowed
from tests.ui.app.conftest import PASSWORD


def _visible_words():
    return {
        label.text()
        for top in QApplication.topLevelWidgets()
        for label in top.findChildren(QLabel)
        if label.isVisible() and label.text()
    }


def _unlock(desk, password=PASSWORD):
    form = desk.lock.cover.form
    form.password.setText(password)
    form.button.click()


def test_by_key_the_screen_is_covered_and_by_password_it_is_as_it_was(desk, qtbot):
    desk.notebook.line.setText("half a booking")
    desk.notebook.line.setFocus()
    assert "沈若兰" in desk.window.windowTitle()

    qtbot.keyClick(
        desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )

    assert desk.lock.locked
    assert not desk.notebook.isVisible()
    assert not desk.window.rail.isVisible()
    assert desk.window.windowTitle() == "Locked – 杏林诊所"
    assert desk.lock.cover.size() == desk.window.size()
    assert QApplication.focusWidget() is desk.lock.cover.form.password

    _unlock(desk)
    desk.wait(lambda: not desk.lock.locked)
    assert desk.notebook.isVisible()
    assert desk.notebook.line.text() == "half a booking"
    assert QApplication.focusWidget() is desk.notebook.line
    assert "沈若兰" in desk.window.windowTitle()


def test_every_control_has_a_name(desk):
    desk.lock.lock()
    assert unnamed_widgets(desk.lock.cover) == []


def test_the_title_says_nothing_of_what_changes_below(desk):
    desk.lock.lock()
    desk.notebook.set_title("江月明")
    assert "江月明" not in desk.window.windowTitle()


def test_keys_of_the_screen_and_the_window_do_nothing(desk, qtbot):
    here = desk.window.context.navigator.place
    desk.lock.lock()

    for key, modifiers in (
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Question, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
    ):
        qtbot.keyClick(desk.lock.cover.form.password, key, modifiers)

    assert desk.notebook.ran == []
    assert desk.window.context.navigator.place is here
    assert QApplication.activeModalWidget() is None
    assert desk.lock.cover.isVisible()


def test_tab_stays_on_the_cover(desk, qtbot):
    desk.lock.lock()
    seen = []
    for _ in range(7):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert all(desk.lock.cover.isAncestorOf(widget) for widget in seen)
    assert len(set(seen)) == 3


def test_dialogs_and_menus_are_hidden_too_and_dialogs_come_back(desk, qtbot):
    dialog = QDialog(desk.window)
    QVBoxLayout(dialog).addWidget(QLabel("沈若兰", dialog))
    dialog.open()
    menu = QMenu(desk.window)
    menu.addAction("沈若兰")
    menu.popup(desk.window.pos())

    desk.lock.lock()
    assert not dialog.isVisible()
    assert not menu.isVisible()
    assert "沈若兰" not in _visible_words()

    _unlock(desk)
    desk.wait(lambda: not desk.lock.locked)
    assert dialog.isVisible()
    assert QApplication.activeModalWidget() is dialog
    dialog.close()


def test_a_window_for_patients_stays(desk, qtbot):
    display = QWidget()
    qtbot.addWidget(display)
    display.setProperty("for_patients", True)
    display.show()

    desk.lock.lock()

    assert display.isVisible()


def test_a_wrong_password_counts_and_keeps_the_cover(desk):
    desk.lock.lock()
    _unlock(desk, "wrong password")
    form = desk.lock.cover.form

    desk.wait(lambda: form.notice.text != "")
    assert "4 tries" in form.notice.text
    assert form.password.hasSelectedText()
    assert form.button.isEnabled()
    assert not desk.notebook.isVisible()


def test_the_cover_follows_the_window(desk, qtbot):
    desk.lock.lock()
    desk.window.resize(1500, 950)
    QApplication.processEvents()
    assert desk.lock.cover.size() == desk.window.size()


def test_after_the_clinics_minutes_it_locks_by_itself(desk, clinic_url):
    admin = System("test")
    with sql_allowed():
        database = Database(clinic_url, workstation="other")
        database.write(admin, "test", lambda uow: set_idle_minutes(uow, admin, 3))
        database.close()
    desk.wait(lambda: desk.lock.watch.seconds == 180)

    desk.lock.watch.set_seconds(0.05)
    desk.wait(lambda: desk.lock.locked)


def test_a_call_keeps_the_desk_awake_but_not_from_being_locked_by_hand(desk):
    desk.window.setProperty("keeps_awake", True)
    desk.lock.watch.idle.emit()
    assert not desk.lock.locked

    desk.lock.lock()
    assert desk.lock.locked


def test_another_person_signs_in_instead(desk, qtbot):
    desk.lock.lock()
    qtbot.keyClick(desk.lock.cover.form.password, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)

    assert desk.application.workplace is None
    desk.qtbot.wait(100)
    assert desk.application.sign_in.window.isVisible()


def test_nobody_switches_away_what_is_half_written_without_being_told(desk):
    desk.notebook.line.setText("half a booking")
    desk.lock.lock()
    form = desk.lock.cover.form
    form.switch.click()

    assert desk.application.workplace is not None
    assert "not saved yet" in form.notice.text
    assert "half a booking" not in form.notice.text
    form.notice.buttons[0].click()
    assert desk.application.workplace is None


def test_closing_a_locked_window_asks_as_well(desk, monkeypatch):
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    desk.notebook.line.setText("half a booking")
    desk.lock.lock()
    desk.window.close()
    assert desk.window.isVisible()
    assert "not saved yet" in desk.lock.cover.form.notice.text

    desk.notebook.line.clear()
    desk.window.close()
    assert desk.application.session is None


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut(desk, language):
    from tcmdesk.ui.clipping import find_clipped

    desk.application.look.set_language(language)
    desk.lock.lock()
    assert [str(clip) for clip in find_clipped(desk.lock.cover)] == []


def test_the_menu_locks_changes_the_password_and_switches(desk):
    desk.window.user_requested.emit()
    menu = QApplication.activePopupWidget()
    words = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    assert words[1:] == ["Lock\tCtrl+Alt+L", "Change password", "Switch user", "Close tcmdesk"]


def test_switching_with_something_half_written_warns_first(desk):
    desk.notebook.line.setText("half a booking")
    desk.application.workplace._switch_user()

    assert desk.application.workplace is not None
    assert "not saved yet" in desk.window.bar.texts[0]
    desk.window.bar._shown[0][1].buttons[0].click()
    assert desk.application.workplace is None


def test_one_line_edit_of_the_cover_is_hidden_text(desk):
    desk.lock.lock()
    assert desk.lock.cover.form.password.echoMode() is QLineEdit.EchoMode.Password


def test_the_demos_password_is_shown_where_it_is_asked_for(desk):
    desk.lock.hint = "xinglin-demo"
    desk.lock.lock()
    assert "xinglin-demo" in _visible_words_of(desk.lock.cover)


def test_a_real_clinics_lock_shows_no_hint(desk):
    desk.lock.lock()
    assert "Demo password" not in _visible_words_of(desk.lock.cover)


def _visible_words_of(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
