"""The waiting room and the call display, on every database."""

import datetime as dt

import pytest


@pytest.fixture
def busy(front_desk, clinic, doctor):
    """Three wait, one of them called; one is in consultation."""
    people = ("欧阳若曦", "罗文彬", "江月明", "Anna Schmidt")
    booked = [
        front_desk.book(doctor, clinic.account(name), f"10:{30 + 5 * at}", 5)
        for at, name in enumerate(people)
    ]
    for appointment in booked:
        front_desk.arrive(appointment)
        front_desk.wait(minutes=1)
    front_desk.do("call", booked[1], 0)
    front_desk.do("call", booked[3], 0)
    front_desk.do("start", booked[3])
    return booked


def test_one_statement(front_desk, database, busy, statements):
    with statements(database) as log:
        front_desk.room()
    assert len(log) == 1


def test_called_first_then_in_order(front_desk, busy):
    room = front_desk.room()
    assert [each.card.patient_name for each in room.waiting] == ["罗文彬", "欧阳若曦", "江月明"]
    assert [each.card.patient_name for each in room.in_consultation] == ["Anna Schmidt"]
    assert room.next_of().card.patient_name == "欧阳若曦"
    assert room.next_of("nobody") is None


def test_minutes(front_desk, busy):
    room, now = front_desk.room(), front_desk.clock.now()
    assert [each.waited(now) for each in room.waiting] == [3, 4, 2]
    assert room.average_wait(now) == 3
    assert room.waiting[0].waited(now - dt.timedelta(hours=1)) == 0


def test_the_display_knows_surnames_and_numbers_only(front_desk, busy):
    called = front_desk.called()
    assert [(each.surname, each.number, each.inside) for each in called] == [
        ("Schmidt", 4, True),
        ("罗", 2, False),
    ]
    assert not any("若曦" in str(each) or "文彬" in str(each) for each in called)


def test_another_day_is_empty(front_desk, busy):
    front_desk.wait(days=1)
    assert len(front_desk.room().waiting) == 3
