"""From the first window to the last."""

import sqlite3

import pytest
from PySide6.QtWidgets import QApplication

from tcmdesk.app.connect.address import ServerAddress
from tcmdesk.core.actor import Role, Staff
from tests.support.sql import sql_allowed
from tests.ui.app.conftest import ACCOUNT


def _visible(kind):
    return [w for w in QApplication.topLevelWidgets() if type(w).__name__ == kind and w.isVisible()]


def test_a_person_signs_in_and_sees_the_first_screen(start, clinic_url):
    desk = start(clinic_url)
    desk.enter()

    window = desk.application.workplace.window
    assert window.isVisible()
    assert "杏林诊所" in window.windowTitle()
    assert window.context.actor.name == "秦岚"
    assert window.context.navigator.place.screen == window.first_screen
    assert _visible("SignInWindow") == []


def test_a_wrong_password_keeps_what_was_typed(start, clinic_url):
    desk = start(clinic_url)
    desk.sign_in("not-the-password")

    form = desk.application.sign_in.window.form
    desk.wait(lambda: form.notice.text != "")
    assert "not right" in form.notice.text
    assert form.account.text() == ACCOUNT
    assert form.password.text() == "not-the-password"
    assert form.button.isEnabled()


def test_who_types_faster_than_the_database_answers_simply_waits(start, clinic_url):
    desk = start(clinic_url)
    assert desk.application.sign_in._prepared is None
    desk.enter()


def test_a_database_that_is_away_says_so_and_keeps_what_was_typed(start, tmp_path):
    desk = start(f"sqlite:///{tmp_path}/nowhere/clinic.db")
    window = desk.application.sign_in.window
    window.form.password.setText("typed")

    desk.wait(lambda: window.problem.text != "")

    assert "cannot be opened" in window.problem.text
    assert window.form.password.text() == "typed"


def test_trying_again_succeeds_once_the_database_is_there(start, clinic_url, tmp_path):
    (tmp_path / "later").mkdir()
    later = tmp_path / "later" / "clinic.db"
    desk = start(f"sqlite:///{tmp_path}/later/missing/clinic.db")
    window = desk.application.sign_in.window
    desk.wait(lambda: window.problem.text != "")

    (tmp_path / "later" / "missing").mkdir()
    (tmp_path / "clinic.db").rename(later.parent / "missing" / "clinic.db")
    window.problem.buttons[0].click()

    desk.wait(lambda: "connected" in window._status.text())
    assert window.problem.text == ""


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("DROP TABLE desk_alembic_version", "not been prepared"),
        ("UPDATE desk_alembic_version SET version_num = '2099_01_01_later'", "Update this workstation"),
        ("UPDATE desk_alembic_version SET version_num = '2020_01_01_early'", "older tcmdesk"),
    ],
)
def test_a_database_that_does_not_fit_says_what_to_do(start, clinic_url, sql, message):
    with sql_allowed(), sqlite3.connect(clinic_url.removeprefix("sqlite:///")) as connection:
        connection.execute(sql)
    connection.close()
    desk = start(clinic_url)

    window = desk.application.sign_in.window
    desk.wait(lambda: window.problem.text != "")
    assert message in window.problem.text


def test_an_empty_file_says_that_there_are_no_tables(start, tmp_path):
    desk = start(f"sqlite:///{tmp_path}/empty.db")

    window = desk.application.sign_in.window
    desk.wait(lambda: window.problem.text != "")
    assert "no tables" in window.problem.text


def test_signing_out_leads_back_to_signing_in(start, clinic_url):
    desk = start(clinic_url)
    desk.enter()
    session = desk.application.session

    desk.application.workplace.signed_out.emit()

    assert desk.application.session is None
    assert not session.feed._thread.is_alive()
    assert _visible("SignInWindow")
    desk.enter()


def test_closing_the_main_window_ends_the_program(start, clinic_url, qtbot, monkeypatch):
    ended = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    desk = start(clinic_url)
    desk.enter()

    desk.application.workplace.window.close()

    assert ended == [True]
    assert desk.application.session is None


def test_the_window_remembers_its_place_and_the_account(start, clinic_url, settings):
    desk = start(clinic_url)
    desk.enter()
    desk.application.shut_down()

    assert settings.config.geometry


def test_a_start_with_an_address_of_its_own_leaves_the_settings_alone(start, clinic_url, settings):
    desk = start(clinic_url, remember=False)
    desk.enter()

    assert settings.config.account == ""
    assert settings.config.clinic == ""


def test_an_ordinary_start_remembers_who_and_where(start, clinic_url, settings):
    desk = start(clinic_url)
    desk.enter()

    assert settings.config.account == ACCOUNT
    assert settings.config.clinic == "杏林诊所"


def test_a_workstation_without_a_database_is_asked_where_to_begin(start):
    start()

    assert _visible("ConnectWindow")


def test_a_problem_leads_to_the_connection_with_the_reason(start, settings):
    address = ServerAddress("127.0.0.1", "9", "clinic", "desk")
    settings.change(url=address.url)
    desk = start()
    window = desk.application.sign_in.window
    desk.wait(lambda: window.problem.text != "")

    window.problem.buttons[1].click()

    connect = desk.application.connect_window.window
    assert connect.isVisible()
    assert connect.way == "server"
    assert connect.server.address == address
    assert "cannot be reached" in connect.server.notice.text


def test_someone_who_need_not_be_asked_sees_the_window_before_the_database_is_there(start, clinic_url):
    desk = start(clinic_url, actor=Staff("0199", "秦岚", Role.ADMIN), remember=False)

    window = desk.application.workplace.window
    assert window.isVisible()
    assert window.context.navigator.current is None
    desk.wait(lambda: window.context.navigator.current is not None)
    assert "杏林诊所" in window.windowTitle()
    assert desk.application.session.feed is not None


def test_someone_who_need_not_be_asked_is_told_when_the_database_does_not_fit(start, tmp_path):
    desk = start(f"sqlite:///{tmp_path}/empty.db", actor=Staff("0199", "秦岚", Role.ADMIN), remember=False)

    desk.wait(lambda: desk.application.sign_in is not None)
    window = desk.application.sign_in.window
    desk.wait(lambda: window.problem.text != "")
    assert "no tables" in window.problem.text
    assert desk.application.workplace is None
