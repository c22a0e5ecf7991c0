"""Accounts, roles and doctors, on every database."""

import pytest
from sqlalchemy import select

from tcmdesk.core.actor import Role, Staff, System
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.models import DeskStaff
from tcmdesk.features.identity.service.accounts import create_admin, doctors, set_staff_role
from tcmdesk.features.identity.service.sign_in import sign_in
from tcmdesk.features.identity.types import NewAdmin
from tests.factories.staff import PASSWORD, quick_hash

CONSOLE = System("console")


def test_doctors_by_department(database, clinic, clerk):
    clinic.doctor("陈景和", "内科")
    clinic.doctor("林若溪", "妇科")
    found = database.read(lambda connection: doctors(connection, clerk))
    assert [(row.name, row.department) for row in found] == [("陈景和", "内科"), ("林若溪", "妇科")]


class TestAdmin:
    def create(self, database, actor=CONSOLE, **fields):
        values = {"user_id": uuid7(), "account": "boss", "name": "秦岚", "phone": "19900009999"} | fields
        database.write(actor, "test", lambda uow: create_admin(uow, actor, NewAdmin(**values), quick_hash()))

    def test_the_first_one_can_sign_in(self, database):
        self.create(database)
        assert sign_in(database, "boss", PASSWORD).role is Role.ADMIN

    @pytest.mark.parametrize("field", ["account", "name", "phone"])
    def test_no_field_is_empty(self, database, field):
        with pytest.raises(ValidationError) as caught:
            self.create(database, **{field: " "})
        assert caught.value.field == field

    def test_names_and_phones_are_unique(self, database):
        self.create(database)
        with pytest.raises(Conflict):
            self.create(database, phone="19900008888")
        with pytest.raises(Conflict):
            self.create(database, account="other")

    def test_only_an_administrator_makes_another(self, database, clerk):
        with pytest.raises(PermissionDenied):
            self.create(database, clerk)

    def test_a_role_is_changed_and_not_doubled(self, database, clinic):
        user_id = clinic.account("方芸")
        for role in (Role.FRONT_DESK, Role.PHARMACIST):
            database.write(
                CONSOLE, "test", lambda uow, role=role: set_staff_role(uow, CONSOLE, user_id, role)
            )
        with database.reads.connect() as connection:
            assert connection.execute(select(DeskStaff.role)).scalars().all() == ["pharmacist"]

    def test_a_role_for_nobody(self, database):
        with pytest.raises(NotFound):
            database.write(CONSOLE, "test", lambda uow: set_staff_role(uow, CONSOLE, uuid7(), Role.DOCTOR))


def test_staff_say_who_they_are_without_a_password():
    assert "password" not in repr(Staff("u", "n", Role.ADMIN))
