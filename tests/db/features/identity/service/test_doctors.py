"""What is said about doctors, on every database."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from tcmdesk.core.db.operations import DeskOperation
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.models import Department, Doctor, User
from tcmdesk.features.identity.service import doctors as service
from tcmdesk.features.identity.types import NEW_DOCTOR, DoctorFields, SaveDoctor
from tests.factories.staff import administrator, staff_account

NUMBER = "DEMO-PHYSICIAN-0001"


@pytest.fixture
def admin(clinic):
    return administrator(clinic)


@pytest.fixture
def department(clinic):
    department_id = uuid7()
    clinic.insert(Department.__table__, id=department_id, name="内科", code="NK")
    return department_id


@pytest.fixture
def fields(department):
    return DoctorFields(
        "执业医师", "杏林中医诊所", department, "主任医师", "擅治失眠。", ("失眠", "脾胃病"), "三十年", ("data:image/jpeg;base64,AA==",)
    )  # fmt: skip


@pytest.fixture
def chen(clinic):
    return staff_account(clinic)


@pytest.fixture
def save(database, admin):
    def write(user_id, before, after, id_number=None, actor=admin):
        command = SaveDoctor(user_id, uuid7(), before, after, id_number)
        database.write(actor, "test", lambda uow: service.save_doctor(uow, actor, command))

    return write


@pytest.fixture
def card(database, admin):
    return lambda user_id: database.read(lambda connection: service.doctor_card(connection, admin, user_id))


def test_details_make_somebody_a_doctor(chen, save, card, fields):
    assert card(chen).doctor_id is None
    save(chen, NEW_DOCTOR, fields, NUMBER)

    found = card(chen)
    assert found.doctor_id is not None
    assert found.fields == fields
    assert found.masked_id_number == "DE" + "•" * 15 + "01"


def test_the_platform_reads_arrays_of_strings_and_the_departments_name(chen, save, fields, database):
    save(chen, NEW_DOCTOR, fields, NUMBER)
    with database.reads.connect() as connection:
        row = connection.execute(text("SELECT specialties, photos, department FROM doctors")).one()
    assert json.loads(row.specialties) == ["失眠", "脾胃病"]
    assert json.loads(row.photos) == ["data:image/jpeg;base64,AA=="]
    assert row.department == "内科"


def test_a_clerk_who_becomes_a_doctor_is_one_for_the_platform(clinic, save, fields, database):
    user_id = staff_account(clinic, "lin", "林若溪", role="patient", desk_role="doctor")
    save(user_id, NEW_DOCTOR, fields, NUMBER)
    with database.reads.connect() as connection:
        assert connection.execute(select(User.role).where(User.id == user_id)).scalar_one() == "doctor"


def test_fields_that_nobody_touched_stay_and_the_same_field_is_a_conflict(chen, save, card, fields):
    save(chen, NEW_DOCTOR, fields, NUMBER)
    save(chen, fields, replace(fields, specialties=("失眠",)))
    save(chen, fields, replace(fields, title="副主任医师"))
    with pytest.raises(Conflict) as caught:
        save(chen, fields, replace(fields, specialties=("咳嗽",)))

    assert card(chen).fields == replace(fields, specialties=("失眠",), title="副主任医师")
    assert caught.value.current == card(chen).fields


def test_the_id_number_stays_unless_it_is_given(chen, save, card, fields, database):
    save(chen, NEW_DOCTOR, fields, NUMBER)
    save(chen, fields, replace(fields, experience="三十一年"))
    with database.reads.connect() as connection:
        assert connection.execute(select(Doctor.id_number)).scalar_one() == NUMBER
    save(chen, fields, fields, "DEMO-PHYSICIAN-0002")
    assert card(chen).masked_id_number.endswith("02")


def test_who_sees_the_whole_number_is_written_down(chen, save, card, fields, database, admin):
    save(chen, NEW_DOCTOR, fields, NUMBER)
    doctor_id = card(chen).doctor_id
    seen = database.write(
        admin,
        "identity:id_number:read",
        lambda uow: service.reveal_id_number(uow, admin, doctor_id),
        subject=doctor_id,
    )

    assert seen == NUMBER
    with database.reads.connect() as connection:
        noted = connection.execute(
            select(DeskOperation.actor_id).where(DeskOperation.action == "identity:id_number:read")
        ).scalars()
        assert noted.all() == [admin.user_id]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"), ({"hospital": ""}, "hospital"), ({"certificate_type": ""}, "certificate_type"),
        ({"hospital": "x" * 201}, "hospital"), ({"specialties": ("x" * 101,)}, "specialties"), ({"specialties": ("",)}, "specialties"),
        ({"photos": ("a",) * 7}, "photos"), ({"photos": ("a" * 200_001,)}, "photos"), ({"department_id": "gone"}, "department_id"),
    ],
)  # fmt: skip
def test_what_does_not_do_is_named(chen, save, fields, changes, field):
    with pytest.raises(ValidationError) as caught:
        save(chen, NEW_DOCTOR, replace(fields, **changes), NUMBER)
    assert caught.value.field == field


def test_a_new_doctor_has_an_id_number(chen, save, fields):
    with pytest.raises(ValidationError) as caught:
        save(chen, NEW_DOCTOR, fields, None)
    assert caught.value.field == "id_number"


@pytest.mark.parametrize(
    ("stored", "shown"), [(None, ()), ('["失眠"]', ("失眠",)), ('"失眠"', ("失眠",)), ("[1]", ("1",))]
)
def test_what_the_platform_wrote_otherwise_is_shown(chen, save, card, fields, database, stored, shown):
    save(chen, NEW_DOCTOR, fields, NUMBER)
    with database.writes.begin() as connection:
        connection.execute(text("UPDATE doctors SET specialties = :value"), {"value": stored})
    assert card(chen).fields.specialties == shown


def test_the_list_has_those_without_details_too_in_one_statement(
    chen, clinic, save, fields, database, admin, statements
):
    staff_account(clinic, "lin", "林若溪", role="patient", desk_role="doctor")
    save(chen, NEW_DOCTOR, fields, NUMBER)
    with statements(database) as log:
        rows = database.read(lambda connection: service.doctor_list(connection, admin))
    assert [(row.name, row.department, row.doctor_id is None) for row in rows] == [
        ("陈景和", "内科", False),
        ("林若溪", "", True),
    ]
    assert len(log) == 1


def test_only_administrators_write_and_who_is_gone_is_gone(chen, save, card, fields, clerk):
    with pytest.raises(PermissionDenied):
        save(chen, NEW_DOCTOR, fields, NUMBER, actor=clerk)
    with pytest.raises(NotFound):
        save(uuid7(), NEW_DOCTOR, fields, NUMBER)
    with pytest.raises(NotFound):
        card(uuid7())
