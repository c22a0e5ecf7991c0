"""The administrators' screen, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tcmdesk.core.actor import Role
from tcmdesk.core.errors import Unavailable
from tcmdesk.features.identity.models import Department, DeskStaff, User
from tcmdesk.features.identity.service.sign_in import sign_in
from tcmdesk.ui.clipping import find_clipped
from tests.factories.staff import PASSWORD
from tests.support.accessibility import unnamed_widgets
from tests.support.sql import sql_allowed

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_the_list_is_in_order_of_role_with_those_who_left_last(desk):
    assert desk.names() == ["秦岚", "林若溪", "方芸", "叶晚"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("方", ["方芸"]),
        ("fang", ["方芸"]),
        ("fy", ["方芸"]),
        ("LIN RUO", ["林若溪"]),
        ("qinlan", ["秦岚"]),
        ("zzz", []),
    ],
)
def test_found_by_name_pinyin_initials_and_account(desk, typed, found):
    desk.key(Qt.Key.Key_F, CTRL)
    desk.type(typed)
    assert desk.names() == found
    assert desk.screen.directory.states.shows_content is bool(found)


def test_enter_in_the_search_opens_what_was_found(desk):
    desk.key(Qt.Key.Key_F, CTRL)
    desk.type("fy")
    desk.key(Qt.Key.Key_Return)
    assert desk.screen.host.current is desk.screen.staff_sheet
    assert desk.screen.staff_sheet.name.text() == "方芸"


def test_somebody_is_added_by_keyboard_alone_and_signs_in_with_the_password_that_was_told(desk):
    desk.key(Qt.Key.Key_N)
    sheet = desk.screen.staff_sheet
    desk.type("路遥知")
    for _ in range(3):
        desk.key(Qt.Key.Key_Tab)
    desk.type("19900007777")
    desk.key(Qt.Key.Key_Tab)
    desk.type("lu")
    password = sheet.password.text()
    desk.saved(sheet)

    assert password in sheet.notice.text
    assert "路遥知" in desk.names()
    with sql_allowed():
        assert sign_in(desk.context.database, "lu", password).role is Role.FRONT_DESK


def test_what_is_refused_is_said_at_its_field_and_everything_typed_stays(desk):
    desk.key(Qt.Key.Key_N)
    sheet = desk.screen.staff_sheet
    sheet.name.setText("路遥知")
    sheet.phone.setText("19900007777")
    sheet.account.setText("fangyun")
    password = sheet.password.text()
    desk.saved(sheet)

    assert "Choose another" in sheet.fields["account"].error
    assert QApplication.focusWidget() is sheet.account
    assert (sheet.name.text(), sheet.password.text()) == ("路遥知", password)
    sheet.account.setText("lu")
    desk.saved(sheet)
    assert "路遥知" in desk.names()


def test_a_first_password_that_is_too_short_is_refused(open_desk):
    desk = open_desk()
    desk.key(Qt.Key.Key_N)
    sheet = desk.screen.staff_sheet
    for control, text in (
        (sheet.name, "路"),
        (sheet.phone, "1"),
        (sheet.account, "lu"),
        (sheet.password, "kurz"),
    ):
        control.setText(text)
    desk.saved(sheet)
    assert "8 characters" in sheet.fields["password"].error
    assert sheet.password.text() == "kurz"


def test_a_correction_is_saved(desk):
    sheet = desk.open_row("方芸")
    sheet.name.setText("方芸儿")
    sheet.role.set_value(Role.PHARMACIST)
    desk.saved(sheet)
    assert "方芸儿" in desk.names()
    assert not sheet.dirty


def test_a_patient_begins_to_work_here_with_the_same_account(desk):
    with sql_allowed():
        patient = desk.clinic.account("沈若兰", phone="19900006666")
    desk.key(Qt.Key.Key_N)
    sheet = desk.screen.staff_sheet
    for control, text in ((sheet.name, "沈若兰"), (sheet.phone, "19900006666"), (sheet.account, "shen")):
        control.setText(text)
    desk.saved(sheet)
    desk.until(lambda: "沈若兰" in sheet.notice.text)
    sheet.notice.buttons[0].click()

    desk.until(lambda: sheet.key == patient)
    assert sheet.role.value == Role.FRONT_DESK
    assert sheet.account.text() == "19900006666"
    assert "沈若兰" in desk.names()
    assert desk.screen.can_close()


def test_a_colleagues_number_is_only_refused(desk):
    with sql_allowed():
        phone = next(row.fields.phone for row in desk.screen.directory.rows if row.fields.name == "方芸")
    desk.key(Qt.Key.Key_N)
    sheet = desk.screen.staff_sheet
    for control, text in ((sheet.name, "路遥知"), (sheet.phone, phone), (sheet.account, "lu")):
        control.setText(text)
    desk.saved(sheet)
    desk.qtbot.wait(200)
    assert sheet.fields["phone"].error
    assert sheet.notice.text == ""


class TestTwoDesks:
    @pytest.fixture
    def sheet(self, desk):
        sheet = desk.open_row("方芸")
        sheet.name.setText("方云")
        sheet.phone.setText("19900007001")
        desk.elsewhere(User, User.account == "fangyun", name="方芸儿", email="f@example.org")
        desk.saved(sheet)
        return sheet

    def test_the_field_that_both_changed_is_shown_with_theirs(self, sheet):
        assert "方芸儿" in sheet.fields["name"].error
        assert sheet.fields["phone"].error == ""
        assert sheet.name.text() == "方云"

    def test_mine_is_saved_and_the_rest_of_theirs_stays(self, desk, sheet):
        sheet.notice.buttons[1].click()
        desk.until(lambda: sheet.notice.text == "Saved.")
        desk.loaded()
        assert (sheet.name.text(), sheet.email.text(), sheet.phone.text()) == (
            "方云",
            "f@example.org",
            "19900007001",
        )

    def test_theirs_is_taken_and_the_rest_of_mine_stays_typed(self, desk, sheet):
        sheet.notice.buttons[0].click()
        assert (sheet.name.text(), sheet.email.text(), sheet.phone.text()) == (
            "方芸儿",
            "f@example.org",
            "19900007001",
        )
        desk.saved(sheet)
        assert sheet.notice.text == "Saved."


def test_a_row_that_changes_elsewhere_follows_unless_something_is_typed(desk):
    sheet = desk.open_row("方芸")
    desk.elsewhere(User, User.account == "fangyun", name="方芸儿")
    desk.rings("users")
    assert sheet.name.text() == "方芸儿"

    sheet.name.setText("方云")
    desk.elsewhere(User, User.account == "fangyun", name="方芸芸")
    desk.rings("users")
    assert sheet.name.text() == "方云"


def test_esc_loses_nothing(desk):
    sheet = desk.open_row("方芸")
    sheet.name.setText("方云")
    desk.key(Qt.Key.Key_Escape)
    assert desk.screen.host.current is None
    assert not desk.screen.can_close()

    desk.open_row("林若溪")
    assert sheet.name.text() == "林若溪"
    assert not desk.screen.can_close()
    desk.open_row("方芸")
    assert sheet.name.text() == "方云"
    assert "as you left it" in sheet.notice.text
    sheet.notice.buttons[0].click()
    assert sheet.name.text() == "方芸"
    assert desk.screen.can_close()


class TestAccess:
    def test_suspended_and_let_in_again(self, desk):
        sheet = desk.open_row("方芸")
        desk.key(Qt.Key.Key_F7)
        desk.until(lambda: sheet.suspend.text() == "Let in again")
        assert "out within seconds" in sheet.notice.text
        assert desk.names() == ["秦岚", "林若溪", "方芸", "叶晚"]

        desk.key(Qt.Key.Key_F7)
        desk.until(lambda: sheet.suspend.text() == "Suspend")

    def test_the_last_administrator_stays(self, desk):
        sheet = desk.open_row("秦岚")
        desk.key(Qt.Key.Key_F7)
        desk.until(lambda: "no other administrator" in sheet.notice.text)

        sheet.role.set_value(Role.FRONT_DESK)
        desk.saved(sheet)
        assert "no other administrator" in sheet.notice.text
        assert sheet.role.value == Role.FRONT_DESK

    def test_a_new_password_is_told_once(self, desk):
        sheet = desk.open_row("方芸")
        desk.key(Qt.Key.Key_F8)
        desk.until(lambda: "not shown again" in sheet.notice.text)
        sheet.notice.buttons[0].click()
        with sql_allowed():
            assert sign_in(desk.context.database, "fangyun", QApplication.clipboard().text())

    def test_a_lock_is_lifted(self, desk):
        with sql_allowed():
            for _ in range(5):
                with pytest.raises(Exception, match="identity"):
                    sign_in(desk.context.database, "fangyun", "wrong")
        desk.rings("desk_sign_ins")
        sheet = desk.open_row("方芸")
        assert sheet.lift.isVisible()
        desk.key(Qt.Key.Key_F9)
        desk.until(lambda: not sheet.lift.isVisible())
        with sql_allowed():
            assert sign_in(desk.context.database, "fangyun", PASSWORD)


class TestDoctors:
    def fill(self, sheet):
        sheet.title_line.setText("主治医师")
        sheet.hospital.setText("杏林")
        sheet.certificate.setText("执业医师")
        sheet.number.setText("DEMO-PHYSICIAN-0009")

    def test_details_that_are_missing_are_shown_and_given(self, desk):
        desk.show("doctors")
        row = desk.screen.directory.rows[0]
        assert row.doctor_id is None
        sheet = desk.open_row("林若溪")
        self.fill(sheet)
        sheet.specialties.line.setFocus()
        desk.type("失眠")
        desk.key(Qt.Key.Key_Return)
        desk.type("咳嗽")
        desk.until(lambda: sheet.department.count() == 3)
        sheet.department.setCurrentText("内科")
        desk.saved(sheet)

        desk.until(lambda: desk.screen.directory.rows[0].doctor_id is not None)
        desk.until(lambda: sheet.number.text().startswith("DE•"))
        assert sheet.form().specialties == ("失眠", "咳嗽")
        assert desk.screen.directory.rows[0].department == "内科"
        assert not sheet.dirty

    def test_the_number_is_masked_until_it_is_asked_for(self, desk):
        desk.show("doctors")
        sheet = desk.open_row("林若溪")
        self.fill(sheet)
        desk.saved(sheet)
        desk.until(sheet.number.isReadOnly)
        assert "PHYSICIAN" not in sheet.number.text()

        sheet.show_number.click()
        desk.until(lambda: sheet.number.text() == "DEMO-PHYSICIAN-0009")
        assert not sheet.number.isReadOnly()
        assert not sheet.dirty

    def test_a_new_doctor_leads_to_the_details_and_the_password_stays_told(self, desk):
        desk.key(Qt.Key.Key_N)
        sheet = desk.screen.staff_sheet
        for control, text in ((sheet.name, "路遥知"), (sheet.phone, "19900007777"), (sheet.account, "lu")):
            control.setText(text)
        sheet.role.set_value(Role.DOCTOR)
        password = sheet.password.text()
        desk.saved(sheet)

        desk.until(lambda: desk.screen.host.current is desk.screen.doctor_sheet)
        assert desk.screen.shown == "doctors"
        assert desk.screen.doctor_sheet.accessibleName() == "路遥知"
        assert any(password in text for text in desk.bar.texts)


class TestDepartments:
    def test_one_is_added_by_keyboard(self, desk):
        desk.key(Qt.Key.Key_3, ALT)
        desk.loaded()
        desk.key(Qt.Key.Key_N)
        desk.type("针推科")
        desk.key(Qt.Key.Key_Tab)
        desk.type("ZT")
        desk.saved(desk.screen.department_sheet)
        assert set(desk.names()) == {"内科", "妇儿科", "针推科"}

    def test_one_with_doctors_is_closed_only_knowingly(self, desk):
        from sqlalchemy import select, update

        from tcmdesk.features.identity.models import Doctor

        with sql_allowed(), desk.clinic.database.writes.begin() as connection:
            chosen = connection.execute(select(Department.id).where(Department.code == "NK")).scalar_one()
        with sql_allowed():
            desk.clinic.doctor("陈景和")
            with desk.clinic.database.writes.begin() as connection:
                connection.execute(update(Doctor).values(department_id=chosen))
        desk.show("departments")
        sheet = desk.open_row("内科")
        sheet.active.set_value(False)
        desk.saved(sheet)
        assert "1 doctors" in sheet.notice.text
        sheet.notice.buttons[0].click()
        desk.until(lambda: sheet.notice.text == "Saved.")
        desk.loaded()
        row = next(row for row in desk.screen.directory.rows if row.fields.code == "NK")
        assert not row.fields.active

    def test_left_open_after_all(self, desk):
        desk.show("departments")
        sheet = desk.open_row("内科")
        sheet.active.set_value(False)
        sheet._leave_open()
        assert sheet.active.value is True


def test_the_minutes_of_the_lock_are_set_here(desk):
    desk.until(lambda: desk.screen.idle.minutes.value == 10)
    desk.screen.idle.minutes.set_value(5)
    desk.screen.idle.minutes.activated.emit(0)
    desk.until(lambda: any("5 min" in text for text in desk.bar.texts))


def test_a_database_that_is_away_keeps_what_was_typed(desk, monkeypatch):
    from tcmdesk.core.errors import Unavailable

    sheet = desk.open_row("方芸")
    sheet.name.setText("方云")

    def away(*_arguments, **_options):
        raise Unavailable("db.away", "away")

    with monkeypatch.context() as patched:
        patched.setattr(desk.context.database, "write", away)
        desk.saved(sheet)
        assert sheet.notice.text == "away"
    sheet.notice.buttons[0].click()
    desk.until(lambda: sheet.notice.text == "Saved.")
    assert sheet.name.text() == "方云"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_control_has_a_name_and_nothing_is_cut(open_desk, language):
    desk = open_desk(language)
    for shown in ("staff", "doctors", "departments"):
        desk.show(shown)
        desk.screen.directory.choose_first()
        desk.screen.directory.table.setFocus()
        desk.key(Qt.Key.Key_Return)
        desk.until(lambda: desk.screen.host.current is not None)
        assert unnamed_widgets(desk.window) == []
        assert [str(clip) for clip in find_clipped(desk.screen.host.current)] == []


def test_a_link_opens_a_list_or_somebody_new(desk):
    desk.screen.open(show="departments")
    assert desk.screen.shown == "departments"
    desk.screen.open(do="add_staff")
    assert desk.screen.host.current is desk.screen.staff_sheet


def test_a_role_that_changes_elsewhere_is_seen(desk):
    desk.elsewhere(DeskStaff, DeskStaff.role == "frontdesk", role="pharmacist")
    desk.rings("desk_staff")
    row = next(row for row in desk.screen.directory.rows if row.fields.name == "方芸")
    assert row.fields.role is Role.PHARMACIST


class LostAnswers:
    """A database that saves, and whose answer to the first `count` writes does not come."""

    def __init__(self, database, count=1):
        self._write, self.left, self.ids = database.write, count, []

    def __call__(self, *args, op_id=None, **more):
        self.ids.append(op_id)
        result = self._write(*args, op_id=op_id, **more)
        if self.left:
            self.left -= 1
            raise Unavailable("db.away", "away")
        return result


def lose_the_answer(desk, monkeypatch):
    writes = LostAnswers(desk.context.database)
    monkeypatch.setattr(desk.context.database, "write", writes)
    return writes


def test_added_by_a_try_whose_answer_was_lost_the_password_is_still_told(desk, monkeypatch):
    writes = lose_the_answer(desk, monkeypatch)
    desk.key(Qt.Key.Key_N)
    sheet = desk.screen.staff_sheet
    for control, text in ((sheet.name, "路遥知"), (sheet.phone, "19900007777"), (sheet.account, "lu")):
        control.setText(text)
    password = sheet.password.text()
    desk.saved(sheet)
    assert [button.text() for button in sheet.notice.buttons] == ["Try again"]
    desk.rings("users", "desk_staff")
    assert "路遥知" in desk.names()
    sheet.notice.buttons[0].click()
    desk.until(sheet.save.isEnabled)

    assert len(set(writes.ids)) == 1
    assert password in sheet.notice.text
    with sql_allowed():
        assert sign_in(desk.context.database, "lu", password).role is Role.FRONT_DESK


def test_what_is_edited_after_a_lost_answer_is_another_wish(desk, monkeypatch):
    sheet = desk.open_row("方芸")
    writes = lose_the_answer(desk, monkeypatch)
    sheet.name.setText("方芸儿")
    desk.saved(sheet)
    sheet.name.setText("方小芸")
    desk.saved(sheet)
    assert len(set(writes.ids)) == 2
    # the first try was saved after all: both are shown, nothing is said to be saved that is not
    keep_mine = sheet.notice.buttons[1]
    keep_mine.click()
    desk.until(sheet.save.isEnabled)
    desk.rings("users")
    assert "方小芸" in desk.names()


def test_the_same_correction_after_a_lost_answer_is_saved_once(desk, monkeypatch):
    sheet = desk.open_row("方芸")
    writes = lose_the_answer(desk, monkeypatch)
    sheet.name.setText("方芸儿")
    desk.saved(sheet)
    desk.saved(sheet)
    assert len(writes.ids) == 2
    assert len(set(writes.ids)) == 1
    assert sheet.notice.text == "Saved."
    assert not sheet.dirty
