"""Booking, moving and taking back a cancellation, on every database."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.operations import DeskOperation
from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import booking as service
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import (
    CancelAppointment,
    Kind,
    MoveAppointment,
    RestoreAppointment,
    Source,
    Status,
    VisitType,
)
from tcmdesk.features.patients.types import PatientRef
from tests.factories.bookings import at, booking

MINUTES = dt.timedelta(minutes=1)


def refusal(call, *arguments, **fields):
    with pytest.raises(Conflict) as caught:
        call(*arguments, **fields)
    return caught.value


def move(schedule, card, *, start=None, doctor=None, minutes=None, version=None):
    command = MoveAppointment(
        card.appointment_id, version or card.version, doctor or card.doctor_id,
        card.starts_at if start is None else at(start), minutes or card.minutes,
    )  # fmt: skip
    return desk.move(schedule.database, schedule.actor, command, op_id=uuid7())


def cancel(schedule, card, reason="临时有事"):
    command = CancelAppointment(card.appointment_id, card.version, reason)
    desk.cancel(schedule.database, schedule.actor, command, op_id=uuid7())


def restore(schedule, card, status=Status.CONFIRMED):
    command = RestoreAppointment(card.appointment_id, status)
    desk.restore(schedule.database, schedule.actor, command, op_id=uuid7())


class TestBook:
    def test_the_platform_can_read_what_the_desk_writes(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00", 45, visit_type=VisitType.VIDEO, kind=Kind.FOLLOW_UP)
        row = schedule.row(booked.appointment_id)
        assert (row.patient_id, row.doctor_id, row.appointment_date) == (patient, doctor, at("14:00"))
        assert (row.time_slot, row.visit_type, row.status) == ("14:00", "online_video", "confirmed")
        assert (row.symptoms, row.has_visited_before) == ("失眠多梦", True)

    def test_every_cell_is_held_and_no_other(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00", 20)
        assert schedule.held(booked.appointment_id) == [at("14:00") + MINUTES * 5 * n for n in range(4)]

    def test_six_statements_and_one_look(self, schedule, doctor, patient, database, statements):
        schedule.book(doctor, patient, "14:00")
        with statements(database.writes) as written, statements(database.reads) as read:
            schedule.book(doctor, patient, "14:30")
        texts = [text for text in written.texts if text != "BEGIN IMMEDIATE"]
        assert len(texts) == 6, str(written)
        assert texts[0].startswith("INSERT INTO desk_operations")
        assert texts[1].startswith("UPDATE desk_slots")
        assert written.commits == 1
        assert len(read) == 1

    def test_the_ledger_says_who_did_what(self, schedule, doctor, patient, database, clerk):
        booked = schedule.book(doctor, patient, "14:00")
        with database.reads.connect() as connection:
            row = connection.execute(select(DeskOperation.__table__)).one()
        assert (row.action, row.subject) == ("appointments:booking:book", booked.appointment_id)
        assert (row.actor_id, row.actor_role) == (clerk.user_id, "frontdesk")

    @pytest.mark.parametrize(
        ("start", "minutes"), [("13:45", 20), ("14:10", 5), ("14:25", 60), ("13:30", 90)]
    )
    def test_any_overlap_is_refused_and_says_who_has_the_time(
        self, schedule, doctor, patient, start, minutes
    ):
        holder = schedule.book(doctor, patient, "14:00")
        refused = refusal(schedule.book, doctor, patient, start, minutes)
        assert refused.code == "appointments.slot_taken"
        assert [card.appointment_id for card in refused.current] == [holder.appointment_id]
        assert len(schedule.day().cards) == 1
        assert schedule.messages()[1:] == []

    def test_neighbours_fit(self, schedule, doctor, patient):
        schedule.book(doctor, patient, "14:00")
        schedule.book(doctor, patient, "13:30")
        schedule.book(doctor, patient, "14:30")
        assert schedule.day().clashes == ()

    def test_another_doctor_has_time_of_their_own(self, schedule, clinic, doctor, patient):
        schedule.book(doctor, patient, "14:00")
        schedule.book(clinic.doctor("林若溪"), patient, "14:00")

    @pytest.mark.parametrize("slot", ["14:00", "下午2点-3点", "14:15"])
    def test_a_platform_booking_is_respected_whatever_its_text(self, schedule, clinic, doctor, patient, slot):
        theirs = clinic.platform_booking(doctor, patient, slot)
        refused = refusal(schedule.book, doctor, patient, "14:00")
        assert [card.appointment_id for card in refused.current] == [theirs]

    def test_a_cancelled_or_unreadable_platform_booking_is_not_in_the_way(
        self, schedule, clinic, doctor, patient
    ):
        clinic.platform_booking(doctor, patient, "14:00", status="cancelled")
        clinic.platform_booking(doctor, patient, "下午")
        schedule.book(doctor, patient, "14:00")

    def test_a_time_that_the_platform_cancelled_is_free_again(self, schedule, database, doctor, patient):
        first = schedule.book(doctor, patient, "14:00")
        with database.writes.begin() as connection:
            connection.execute(
                update(Appointment).where(Appointment.id == first.appointment_id).values(status="cancelled")
            )
        second = schedule.book(doctor, patient, "14:15")
        assert schedule.held(second.appointment_id)[0] == at("14:15")

    def test_a_time_that_the_platform_moved_away_from_is_free_again(
        self, schedule, database, doctor, patient
    ):
        first = schedule.book(doctor, patient, "14:00")
        with database.writes.begin() as connection:
            connection.execute(
                update(Appointment)
                .where(Appointment.id == first.appointment_id)
                .values(appointment_date=at("08:00"), time_slot="16:00")
            )
        schedule.book(doctor, patient, "14:00")
        refusal(schedule.book, doctor, patient, "16:00")

    def test_a_row_that_came_meanwhile_is_reported(
        self, schedule, clinic, database, doctor, patient, monkeypatch
    ):
        theirs = []

        def slip_in(tables):
            if "appointments" in tables and not theirs:
                theirs.append(clinic.platform_booking(doctor, patient, "14:00"))

        database.on_commit(slip_in)
        booked = schedule.book(doctor, patient, "14:00")
        assert booked.clash == tuple(theirs)
        (clash,) = schedule.day().clashes
        assert set(clash.appointment_ids) == {booked.appointment_id, *theirs}

    def test_a_family_member_is_booked_under_the_account(self, schedule, clinic, doctor, patient):
        child = clinic.member(patient, "沈小满", "女儿")
        booked = schedule.book(doctor, PatientRef(patient, child), "14:00")
        card = schedule.card(booked.appointment_id)
        assert (card.patient_name, card.account_name, card.ref.profile_id) == ("沈小满", "沈若兰", child)
        assert card.patient_confirmed
        assert schedule.row(booked.appointment_id).patient_id == patient

    def test_somebody_elses_child_is_refused(self, schedule, clinic, doctor, patient):
        child = clinic.member(clinic.account("罗文彬"), "罗小北", "儿子")
        with pytest.raises(NotFound):
            schedule.book(doctor, PatientRef(patient, child), "14:00")

    def test_an_unknown_doctor_or_patient_is_refused(self, schedule, doctor, patient):
        with pytest.raises(NotFound):
            schedule.book(uuid7(), patient, "14:00")
        with pytest.raises(NotFound):
            schedule.book(doctor, uuid7(), "14:00")

    def test_the_past_is_refused_and_the_present_is_not(self, schedule, doctor, patient):
        with pytest.raises(ValidationError) as caught:
            schedule.book(doctor, patient, "09:45")
        assert (caught.value.code, caught.value.field) == ("appointments.past", "starts_at")
        schedule.book(doctor, patient, "10:15")

    def test_beyond_2038_is_refused_with_a_date_in_the_message(self, schedule, doctor, patient):
        with pytest.raises(ValidationError) as caught:
            schedule.book(doctor, patient, at("10:00", dt.date(2038, 1, 20)))
        assert caught.value.params["latest"] == "2038-01-19"

    def test_what_was_typed_arrives_as_it_was(self, schedule, doctor, patient):
        text = "“失眠” O'Neil 𠮷😀 %s {x} \\ ; -- \n第二行"
        booked = schedule.book(doctor, patient, "14:00", symptoms=text)
        assert schedule.card(booked.appointment_id).symptoms == text

    def test_asking_again_is_the_same_booking(self, schedule, database, doctor, patient):
        command, op_id = booking(doctor, patient, "14:00"), uuid7()
        first = desk.book(database, schedule.actor, command, op_id=op_id)
        assert desk.book(database, schedule.actor, command, op_id=op_id) == first
        assert desk.book(database, schedule.actor, command, op_id=uuid7()) == first
        assert len(schedule.day().cards) == 1
        assert len(schedule.messages()) == 1

    def test_a_pharmacist_may_look_and_not_book(self, schedule, database, doctor, patient):
        pharmacist = Staff(uuid7(), "白芷安", Role.PHARMACIST)
        with pytest.raises(PermissionDenied):
            desk.book(database, pharmacist, booking(doctor, patient, "14:00"), op_id=uuid7())
        with pytest.raises(PermissionDenied):
            database.write(
                pharmacist,
                "test",
                lambda uow: service.book(uow, pharmacist, booking(doctor, patient, "14:00")),
            )
        assert schedule.day().cards == ()


class TestMove:
    def test_cells_follow(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        moved = move(schedule, schedule.card(booked.appointment_id), start="15:00", minutes=15)
        assert (moved.starts_at, moved.minutes) == (at("15:00"), 15)
        assert schedule.held(booked.appointment_id) == [at("15:00") + MINUTES * 5 * n for n in range(3)]
        schedule.book(doctor, patient, "14:00")

    @pytest.mark.parametrize(
        ("start", "minutes"), [("14:15", 30), ("13:45", 30), ("14:00", 60), ("14:10", 10)]
    )
    def test_to_a_time_that_overlaps_its_own(self, schedule, doctor, patient, start, minutes):
        booked = schedule.book(doctor, patient, "14:00")
        move(schedule, schedule.card(booked.appointment_id), start=start, minutes=minutes)
        assert schedule.held(booked.appointment_id) == [at(start) + MINUTES * n for n in range(0, minutes, 5)]

    def test_to_another_doctor(self, schedule, clinic, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        other = clinic.doctor("林若溪")
        move(schedule, schedule.card(booked.appointment_id), doctor=other)
        assert schedule.row(booked.appointment_id).doctor_id == other
        schedule.book(doctor, patient, "14:00")
        refusal(schedule.book, other, patient, "14:00")

    def test_to_a_taken_time_is_refused_and_nothing_has_moved(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        schedule.book(doctor, patient, "15:00")
        before = schedule.held(booked.appointment_id)
        refused = refusal(move, schedule, schedule.card(booked.appointment_id), start="15:15")
        assert refused.code == "appointments.slot_taken"
        assert schedule.held(booked.appointment_id) == before
        assert schedule.card(booked.appointment_id).starts_at == at("14:00")

    def test_a_platform_booking_is_adopted(self, schedule, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "下午2点")
        move(schedule, schedule.card(theirs), start="15:00", minutes=45)
        card = schedule.card(theirs)
        assert (card.starts_at, card.minutes, card.source) == (at("15:00"), 45, Source.PLATFORM)
        assert not card.patient_confirmed
        assert schedule.row(theirs).time_slot == "15:00"
        assert len(schedule.held(theirs)) == 9

    def test_an_unreadable_one_gets_a_time(self, schedule, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "待定")
        (card,) = schedule.day().unreadable
        move(schedule, card, start="15:00")
        board = schedule.day()
        assert board.unreadable == ()
        assert [card.appointment_id for card in board.cards] == [theirs]

    def test_what_somebody_moved_meanwhile_is_not_overwritten(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        read = schedule.card(booked.appointment_id)
        move(schedule, read, start="15:00")
        refused = refusal(move, schedule, read, start="16:00")
        assert refused.code == "appointments.changed"
        assert refused.current.starts_at == at("15:00")
        assert schedule.card(booked.appointment_id).starts_at == at("15:00")
        assert schedule.held(booked.appointment_id)[0] == at("15:00")

    def test_to_where_it_already_is_is_no_conflict(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        read = schedule.card(booked.appointment_id)
        move(schedule, read, start="15:00")
        assert move(schedule, read, start="15:00").starts_at == at("15:00")

    def test_an_edited_text_is_no_reason_to_refuse_a_move(self, schedule, database, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        read = schedule.card(booked.appointment_id)
        with database.writes.begin() as connection:
            connection.execute(update(Appointment).values(symptoms="改了"))
        move(schedule, read, start="15:00")
        assert schedule.row(booked.appointment_id).symptoms == "改了"

    def test_null_is_compared_as_a_value(self, schedule, database, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "14:00")
        with database.writes.begin() as connection:
            connection.execute(update(Appointment).values(status=None))
        card = schedule.card(theirs)
        assert card.status is Status.PENDING
        move(schedule, card, start="15:00")
        assert schedule.card(theirs).starts_at == at("15:00")

    def test_the_patient_is_told(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        move(schedule, schedule.card(booked.appointment_id), start="15:00")
        last = schedule.messages()[-1]
        assert last.type == "appointment_confirmed"
        assert "15:00" in last.content

    def test_a_cancelled_one_stays(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        cancel(schedule, schedule.card(booked.appointment_id))
        refused = refusal(move, schedule, schedule.card(booked.appointment_id), start="15:00")
        assert refused.code == "appointments.cancelled"


class TestRestore:
    def test_it_takes_its_time_again(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        cancel(schedule, schedule.card(booked.appointment_id))
        assert schedule.held(booked.appointment_id) == []
        restore(schedule, schedule.card(booked.appointment_id))
        assert schedule.card(booked.appointment_id).status is Status.CONFIRMED
        assert len(schedule.held(booked.appointment_id)) == 6
        assert schedule.desk_row(booked.appointment_id).cancel_reason is None

    def test_it_is_refused_when_the_time_has_gone(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        cancel(schedule, schedule.card(booked.appointment_id))
        schedule.book(doctor, patient, "14:15")
        assert refusal(restore, schedule, booked).code == "appointments.slot_taken"
        assert schedule.card(booked.appointment_id).status is Status.CANCELLED

    def test_it_is_refused_when_the_platform_has_the_time(self, schedule, clinic, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        cancel(schedule, schedule.card(booked.appointment_id))
        clinic.platform_booking(doctor, patient, "14:00")
        assert refusal(restore, schedule, booked).code == "appointments.slot_taken"
        assert schedule.held(booked.appointment_id) == []

    def test_twice_is_once(self, schedule, doctor, patient):
        booked = schedule.book(doctor, patient, "14:00")
        cancel(schedule, schedule.card(booked.appointment_id))
        restore(schedule, booked)
        told = len(schedule.messages())
        restore(schedule, booked)
        assert len(schedule.messages()) == told

    def test_a_pending_platform_booking_comes_back_pending(self, schedule, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "14:00")
        cancel(schedule, schedule.card(theirs))
        restore(schedule, schedule.card(theirs), Status.PENDING)
        assert schedule.row(theirs).status == "pending"
        refusal(schedule.book, doctor, patient, "14:00")


def test_a_version_is_what_the_board_showed(schedule, doctor, patient):
    booked = schedule.book(doctor, patient, "14:00")
    (on_board,) = schedule.day().cards
    assert on_board.version == schedule.card(booked.appointment_id).version
    assert replace(on_board) == schedule.card(booked.appointment_id)
