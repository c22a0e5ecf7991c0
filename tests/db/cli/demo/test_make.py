"""The demo's database: complete, made once a day, and one that services can work with."""

import datetime as dt
import sqlite3
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from tcmdesk.cli.demo import people
from tcmdesk.cli.demo.existing import FILE_NAME, staff_of
from tcmdesk.cli.demo.make import fill, make
from tcmdesk.core.actor import Role
from tcmdesk.core.db.database import Database
from tcmdesk.features.appointments.service import board as appointments
from tcmdesk.features.identity.models import User
from tcmdesk.features.identity.service import doctors, staff
from tcmdesk.features.identity.service.sign_in import sign_in
from tcmdesk.features.patients.service import search as patients
from tcmdesk.features.settings import service as settings

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 24, 10, 22, tzinfo=ZONE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    make(folder, NOW, ZONE)
    return folder


@pytest.fixture(scope="module")
def url(folder):
    return f"sqlite:///{folder / FILE_NAME}"


@pytest.fixture
def database(url):
    database = Database(url, workstation="test")
    yield database
    database.close()


@pytest.mark.parametrize("role", list(Role))
def test_everyone_of_the_staff_can_be_signed_in_as(folder, database, role):
    account = people.SIGN_IN_AS[role].account
    directly = staff_of(folder, account)

    asked = sign_in(database, account, people.PASSWORD)

    assert directly == asked
    assert directly.role is role
    assert (directly.doctor_id is not None) == (role is Role.DOCTOR)


def test_doctors_say_who_they_are_and_one_who_left_is_suspended(folder, database):
    admin = staff_of(folder, "qinlan")

    everyone = database.read(lambda c: staff.staff(c, admin))
    suspended = [row.fields.name for row in everyone if not row.active]
    cards = [
        database.read(lambda c, row=row: doctors.doctor_card(c, admin, row.user_id))
        for row in database.read(lambda c: doctors.doctor_list(c, admin))
    ]

    assert suspended == ["叶晚"]
    assert all(card.fields.specialties and card.fields.photos and card.fields.introduction for card in cards)
    assert len(cards) == 6


def test_the_board_shows_the_composed_day(folder, database):
    clerk = staff_of(folder, "fangyun")

    board = database.read(lambda c: appointments.day_board(c, clerk, NOW.date(), ZONE))
    board_doctors = database.read(lambda c: appointments.board_doctors(c, clerk, NOW.date()))

    assert len(board_doctors) == 6
    assert len(board.cards) > 65
    assert {card.status.value for card in board.cards} == {"pending", "confirmed", "completed", "cancelled"}
    assert {card.slot_text for card in board.unreadable} == {"下午", "看医生安排"}
    assert len(board.clashes) == 1
    names = {
        card.patient_name for card in board.cards if card.appointment_id in board.clashes[0].appointment_ids
    }
    assert names == {"卢思语", "方宁"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("srl", "沈若兰"),
        ("若兰", "沈若兰"),
        ("shanyumian", "单雨眠"),
        ("chiwen", "尉迟问樵"),
        ("𠮷", "𠮷南烛"),
        ("Featherst", "Alexandra"),
    ],
)
def test_people_are_found(folder, database, text, name):
    clerk = staff_of(folder, "fangyun")

    found = database.read(lambda c: patients.search(c, clerk, text))

    assert any(match.name.startswith(name) for match in found)


def test_the_clinic_is_plainly_made_up(database):
    from tcmdesk.core.actor import System

    clinic = database.read(lambda c: settings.clinic(c, System("test")))

    assert "演示" in clinic.name
    assert clinic.hours.on(NOW.date())[0].start == 8 * 60 + 30


def test_it_is_made_once_a_day(tmp_path):
    url = make(tmp_path, NOW, ZONE)
    path = tmp_path / FILE_NAME
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE users SET name = '改过' WHERE account = 'fangyun'")
    connection.close()

    assert make(tmp_path, NOW + dt.timedelta(hours=3), ZONE) == url
    assert staff_of(tmp_path, "fangyun").name == "改过"
    make(tmp_path, NOW + dt.timedelta(days=1), ZONE)
    assert staff_of(tmp_path, "fangyun").name == "方芸"


def test_a_damaged_demo_is_made_anew(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 100)

    make(tmp_path, NOW, ZONE)

    assert staff_of(tmp_path, "fangyun").name == "方芸"


def test_it_can_be_put_on_a_server_too(mysql_url):
    fill(mysql_url, NOW, ZONE)

    database = Database(mysql_url, workstation="test")
    try:
        count = database.read(lambda c: c.execute(select(func.count()).select_from(User)).scalar())
    finally:
        database.close()
    assert count > 300
