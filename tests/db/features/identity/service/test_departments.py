"""Departments, on every database."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.models import Doctor
from tcmdesk.features.identity.service import departments as service
from tcmdesk.features.identity.types import DepartmentFields, SaveDepartment
from tests.factories.staff import administrator

NK = DepartmentFields("内科", "NK", "方芸", "19900007001", "一楼", True)


@pytest.fixture
def admin(clinic):
    return administrator(clinic)


@pytest.fixture
def save(database, admin):
    def write(department_id, before, after, actor=admin, **options):
        command = SaveDepartment(department_id, before, after, **options)
        database.write(actor, "test", lambda uow: service.save_department(uow, actor, command))

    return write


@pytest.fixture
def internal(save):
    department_id = uuid7()
    save(department_id, None, NK)
    return department_id


@pytest.fixture
def rows(database, admin):
    def read():
        found = database.read(lambda connection: service.departments(connection, admin))
        return {row.department_id: row for row in found}

    return read


@pytest.fixture
def doctor_of(clinic, database):
    def put(department_id):
        doctor_id = clinic.doctor("陈景和")
        with database.writes.begin() as connection:
            connection.execute(
                update(Doctor)
                .where(Doctor.id == doctor_id)
                .values(department_id=department_id, department="内科")
            )
        return doctor_id

    return put


def test_opened_and_listed(internal, rows, statements, database):
    with statements(database) as log:
        row = rows()[internal]
    assert (row.fields, row.doctors) == (NK, 0)
    assert any("neike" in line for line in row.spelled.splitlines())
    assert len(log) == 1


def test_empty_texts_are_null_for_the_platform_and_empty_here(save, rows):
    department_id = uuid7()
    bare = DepartmentFields("外科", "WK", "", "", "", True)
    save(department_id, None, bare)
    assert rows()[department_id].fields == bare


def test_a_code_is_one_departments(internal, save):
    for before, department_id in ((None, uuid7()),):
        with pytest.raises(ValidationError) as caught:
            save(department_id, before, replace(NK, name="另一科"))
        assert caught.value.field == "code"


@pytest.mark.parametrize(("changes", "field"), [({"name": ""}, "name"), ({"code": "x" * 21}, "code")])
def test_what_does_not_do_is_named(save, changes, field):
    with pytest.raises(ValidationError) as caught:
        save(uuid7(), None, replace(NK, **changes))
    assert caught.value.field == field


def test_two_who_edit(internal, save, rows):
    save(internal, NK, replace(NK, name="中医内科"))
    save(internal, NK, replace(NK, description="二楼"))
    with pytest.raises(Conflict):
        save(internal, NK, replace(NK, name="大内科"))
    assert rows()[internal].fields == replace(NK, name="中医内科", description="二楼")


def test_one_with_doctors_is_closed_only_knowingly(internal, save, rows, doctor_of):
    doctor_of(internal)
    with pytest.raises(Conflict) as caught:
        save(internal, NK, replace(NK, active=False))
    assert (caught.value.code, caught.value.params["doctors"]) == ("identity.department_in_use", 1)
    assert rows()[internal].fields.active

    save(internal, NK, replace(NK, active=False), with_doctors=True)
    row = rows()[internal]
    assert (row.fields.active, row.doctors) == (False, 1)


def test_an_empty_one_is_closed_and_opened_again(internal, save, rows):
    closed = replace(NK, active=False)
    save(internal, NK, closed)
    assert not rows()[internal].fields.active
    save(internal, closed, NK)
    assert rows()[internal].fields.active


def test_another_name_reaches_its_doctors_text(internal, save, doctor_of, database):
    doctor_id = doctor_of(internal)
    save(internal, NK, replace(NK, name="中医内科"))
    with database.reads.connect() as connection:
        name = connection.execute(select(Doctor.department).where(Doctor.id == doctor_id)).scalar_one()
    assert name == "中医内科"


def test_only_administrators_write_and_who_is_gone_is_gone(internal, save, clerk):
    with pytest.raises(PermissionDenied):
        save(internal, NK, NK, actor=clerk)
    with pytest.raises(NotFound):
        save(uuid7(), NK, replace(NK, name="x"))
