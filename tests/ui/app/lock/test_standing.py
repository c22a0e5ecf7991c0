"""Who is suspended, or gets another role, is out on every workstation within seconds."""

import time

import pytest
from PySide6.QtWidgets import QDialog
from sqlalchemy import update

from tcmdesk.core.actor import Role
from tcmdesk.core.db.database import Database
from tcmdesk.features.identity.models import DeskStaff, User
from tests.factories.clinic import SmallClinic
from tests.factories.staff import quick_hash, staff_account
from tests.support.sql import sql_allowed

SECONDS = 5.0


@pytest.fixture(params=["sqlite", pytest.param("mysql", marks=pytest.mark.server)])
def office(request, start, notebook):
    """A desk of a clerk on a real database, and what another workstation does to it."""
    url = request.getfixturevalue(f"{request.param}_url")
    return Office(url, start)


class Office:
    def __init__(self, url, start):
        self.url = url
        with self.database() as (_, clinic):
            stored = quick_hash("xinglin-demo")
            self.clerk = staff_account(
                clinic, "fangyun", "方芸", role="patient", desk_role="frontdesk", stored=stored
            )
            staff_account(clinic, "yewan", "叶晚", role="patient", desk_role="frontdesk", stored=stored)
            staff_account(clinic, "qinlan", "秦岚", role="admin", desk_role="admin", stored=stored)
        self.desk = start(url)
        self.sign_in("fangyun")

    def database(self):
        from contextlib import contextmanager

        @contextmanager
        def opened():
            with sql_allowed():
                database = Database(self.url, workstation="another desk")
                try:
                    yield database, SmallClinic(database)
                finally:
                    database.close()

        return opened()

    def change(self, model, **values):
        key = User.id if model is User else DeskStaff.user_id
        with self.database() as (database, _), database.writes.begin() as connection:
            connection.execute(update(model).where(key == self.clerk).values(**values))

    @property
    def application(self):
        return self.desk.application

    def sign_in(self, account):
        self.desk.wait(lambda: self.application.sign_in is not None)
        form = self.application.sign_in.window.form
        form.account.setText(account)
        form.password.setText("xinglin-demo")
        form.button.click()
        self.desk.wait(lambda: self.application.workplace is not None)
        self.desk.wait(lambda: self.application.session.feed._connected is True)

    def wait_until_out(self):
        begun = time.monotonic()
        self.desk.wait(lambda: self.application.sign_in is not None)
        return time.monotonic() - begun


@pytest.mark.parametrize("model", [User, DeskStaff])
def test_who_is_suspended_elsewhere_is_out_and_told_why(office, model):
    office.change(model, status="suspended")

    assert office.wait_until_out() < SECONDS
    form = office.application.sign_in.window.form
    assert "方芸" in form.notice.text
    assert "switched this account off" in form.notice.text
    assert form.account.text() == ""
    assert office.application.workplace is None
    assert office.application.session is None


def test_whose_role_changed_signs_in_again_with_the_new_one(office):
    office.change(DeskStaff, role="pharmacist")

    assert office.wait_until_out() < SECONDS
    assert "changed the role" in office.application.sign_in.window.form.notice.text
    office.sign_in("fangyun")
    assert office.application.session.actor.role is Role.PHARMACIST


def test_a_locked_desk_is_left_as_well(office):
    office.application.workplace.lock.lock()
    office.change(DeskStaff, status="suspended")
    assert office.wait_until_out() < SECONDS


def test_another_name_is_taken_over_without_leaving(office):
    office.change(User, name="方芸儿")

    office.desk.wait(lambda: office.application.session.actor.name == "方芸儿")
    window = office.application.workplace.window
    assert window.context.actor.name == "方芸儿"
    assert window.rail._user.accessibleName() == "方芸儿"


def test_what_was_half_written_waits_for_a_colleague(office):
    window = office.application.workplace.window
    window.context.navigator.current.line.setText("half a booking")
    dialog = QDialog(window)
    dialog.open()
    office.change(DeskStaff, status="suspended")

    assert office.wait_until_out() < SECONDS
    assert not window.isVisible()
    assert not dialog.isVisible()
    office.application.look.set_language("zh_CN")
    assert not window.isVisible()
    office.application.look.set_language("en")
    office.sign_in("yewan")

    again = office.application.workplace.window
    assert again is window
    assert again.isVisible()
    assert dialog.isVisible()
    assert not office.application.workplace.lock.locked
    assert not again.context.shortcuts.held
    assert again.context.navigator.current.line.text() == "half a booking"
    assert again.context.actor.name == "叶晚"
    assert "方芸" in again.bar.texts[0]
    assert office.application.parked is None


def test_who_has_another_role_gets_a_desk_of_their_own(office):
    window = office.application.workplace.window
    window.context.navigator.current.line.setText("half a booking")
    office.change(DeskStaff, status="suspended")
    office.wait_until_out()

    office.sign_in("qinlan")

    assert office.application.workplace.window is not window
    assert not window.isVisible()
    office.application.shut_down()
    assert office.application.parked is None


def test_nothing_is_kept_when_nothing_was_written(office):
    office.change(DeskStaff, status="suspended")
    office.wait_until_out()
    assert office.application.parked is None


@pytest.mark.server
def test_every_workstation_of_the_person_is_left(request, start, notebook):
    office = Office(request.getfixturevalue("mysql_url"), start)
    second = start(office.url)
    form = second.application.sign_in.window.form
    form.account.setText("fangyun")
    form.password.setText("xinglin-demo")
    form.button.click()
    second.wait(lambda: second.application.workplace is not None)
    second.wait(lambda: second.application.session.feed._connected is True)

    office.change(DeskStaff, status="suspended")

    begun = time.monotonic()
    for application in (office.application, second.application):
        second.wait(lambda application=application: application.workplace is None)
        assert "switched this account off" in application.sign_in.window.form.notice.text
    assert time.monotonic() - begun < SECONDS
