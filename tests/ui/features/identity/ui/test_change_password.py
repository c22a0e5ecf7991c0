"""One's own password, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tcmdesk.core.errors import UserError
from tcmdesk.features.identity.service.sign_in import sign_in
from tcmdesk.features.identity.ui.change_password import ChangePasswordDialog
from tests.factories.staff import PASSWORD
from tests.support.accessibility import unnamed_widgets
from tests.support.sql import sql_allowed

NEW = "一句很长的话可以当作密码用"


@pytest.fixture
def dialog(desk):
    dialog = ChangePasswordDialog(desk.context, desk.window)
    dialog.open()
    yield dialog
    if isValid(dialog):
        dialog.close()


def _write(desk, *texts):
    for text in texts:
        desk.type(text)
        desk.key(Qt.Key.Key_Tab)


def test_three_fields_and_enter(desk, dialog):
    dialog.old.setFocus()
    dialog.old.setText(PASSWORD)
    desk.key(Qt.Key.Key_Tab)
    dialog.new.insert(NEW)
    assert QApplication.focusWidget() is dialog.new
    desk.key(Qt.Key.Key_Tab)
    dialog.again.insert(NEW)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: any("Password changed" in text for text in desk.bar.texts))

    with sql_allowed():
        assert sign_in(desk.context.database, "qinlan", NEW)
        with pytest.raises(UserError):
            sign_in(desk.context.database, "qinlan", PASSWORD)


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "said"),
    [
        ("", NEW, NEW, "old", "signed in with"),
        (PASSWORD, "", "", "password", "new password"),
        (PASSWORD, NEW, NEW[:-1], "again", "differ"),
        (PASSWORD, "short", "short", "password", "8 characters"),
        (PASSWORD, "密" * 25, "密" * 25, "password", "75 bytes"),
        ("not the old one", NEW, NEW, "old", "4 tries"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_stays(desk, dialog, old, new, again, field, said):
    dialog.old.setText(old)
    dialog.new.setText(new)
    dialog.again.setText(again)
    dialog.submit()

    desk.until(lambda: dialog.fields[field].error != "")
    assert said in dialog.fields[field].error
    assert QApplication.focusWidget() is dialog.fields[field].control
    assert (dialog.old.text(), dialog.new.text(), dialog.again.text()) == (old, new, again)
    assert dialog.save.isEnabled()


@pytest.mark.parametrize(
    ("typed", "said"), [("kurz", "At least 8"), (NEW, "39 of 72 bytes"), ("密" * 25, "75 of 72 bytes")]
)
def test_the_bytes_are_counted_while_one_types(dialog, typed, said):
    dialog.new.setText(typed)
    dialog.new.textEdited.emit(typed)
    assert said in dialog.fields["password"]._line.text()


def test_esc_leaves_without_a_change(desk, dialog):
    dialog.new.setText(NEW)
    desk.key(Qt.Key.Key_Escape)
    assert not isValid(dialog) or not dialog.isVisible()
    with sql_allowed():
        assert sign_in(desk.context.database, "qinlan", PASSWORD)


def test_every_control_has_a_name(dialog):
    assert unnamed_widgets(dialog) == []
