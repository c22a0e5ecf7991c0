"""What papers say, on every database."""

import pytest

from tcmdesk.core.errors import Conflict
from tcmdesk.features.reception.service import paper
from tests.factories.bookings import at
from tests.factories.clinic import DAY, ZONE


@pytest.fixture
def read(front_desk):
    def read(function, *arguments):
        return front_desk.database.read(
            lambda connection: function(connection, front_desk.actor, *arguments, ZONE)
        )

    return read


def test_a_ticket_needs_a_number(front_desk, doctor, patient, read):
    booked = front_desk.book(doctor, patient, "10:30")
    with pytest.raises(Conflict):
        read(paper.ticket, booked)
    front_desk.arrive(booked)
    ticket = read(paper.ticket, booked)
    assert (ticket.number, ticket.patient_name, ticket.doctor_name, ticket.ahead) == (
        1,
        "沈若兰",
        "陈景和",
        0,
    )
    assert (ticket.day, ticket.starts_at, ticket.walk_in) == (DAY, at("10:30"), False)


def test_a_slip(front_desk, clinic, doctor, patient, read):
    slip = read(paper.slip, front_desk.book(doctor, patient, "10:30"))
    assert (slip.patient_name, slip.starts_at, slip.day, slip.video) == ("沈若兰", at("10:30"), DAY, False)
    unreadable = read(paper.slip, clinic.platform_booking(doctor, patient, "下午"))
    assert (unreadable.starts_at, unreadable.slot_text, unreadable.day) == (None, "下午", DAY)


def test_a_day_list_in_order_without_cancelled_ones(front_desk, clinic, doctor, read):
    for name, start in (("后", "15:00"), ("先", "10:30"), ("消", "11:00")):
        booked = front_desk.book(doctor, clinic.account(name), start)
        if name == "消":
            front_desk.change(booked, status="cancelled")
    clinic.platform_booking(doctor, clinic.account("无时"), "下午")
    front_desk.book(clinic.doctor("林若溪"), clinic.account("别家"), "10:30")
    found = read(paper.day_list, doctor, "陈景和", DAY)
    assert [card.patient_name for card in found.cards] == ["先", "后", "无时"]
    assert (found.doctor_name, found.department) == ("陈景和", "内科")


def test_a_day_without_anybody(doctor, read):
    assert read(paper.day_list, doctor, "陈景和", DAY).cards == ()
