"""Cancelling, confirming, completing and correcting, on every database."""

import pytest
from sqlalchemy import insert, update

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.models import Appointment
from tcmdesk.features.appointments.service import desk
from tcmdesk.features.appointments.types import (
    CancelAppointment,
    EditAppointment,
    Kind,
    SetStatus,
    Status,
    VisitType,
)
from tcmdesk.features.notifications.models import NotificationSetting
from tcmdesk.features.patients.types import PatientRef


@pytest.fixture
def booked(schedule, doctor, patient):
    return schedule.card(schedule.book(doctor, patient, "14:00").appointment_id)


def cancel(schedule, card, reason="临时有事"):
    command = CancelAppointment(card.appointment_id, card.version, reason)
    desk.cancel(schedule.database, schedule.actor, command, op_id=uuid7())


def set_status(schedule, card, status):
    desk.set_status(
        schedule.database, schedule.actor, SetStatus(card.appointment_id, card.version, status), op_id=uuid7()
    )


def edit(schedule, card, **fields):
    unchanged = {
        "visit_type": card.visit_type, "kind": card.kind, "symptoms": card.symptoms, "patient": card.ref,
    }  # fmt: skip
    command = EditAppointment(card.appointment_id, card.version, **(unchanged | fields))
    desk.edit(schedule.database, schedule.actor, command, op_id=uuid7())


def changed_by_another(database, card, **values):
    with database.writes.begin() as connection:
        connection.execute(update(Appointment).where(Appointment.id == card.appointment_id).values(**values))


class TestCancel:
    def test_the_cells_are_free_and_the_reason_is_kept_and_told(
        self, schedule, booked, clerk, doctor, patient
    ):
        cancel(schedule, booked, " 临时出差 ")
        assert schedule.row(booked.appointment_id).status == "cancelled"
        assert schedule.held(booked.appointment_id) == []
        row = schedule.desk_row(booked.appointment_id)
        assert (row.cancel_reason, row.cancelled_by) == ("临时出差", clerk.user_id)
        last = schedule.messages()[-1]
        assert (last.type, last.related_id) == ("appointment_cancelled", booked.appointment_id)
        assert "临时出差" in last.content
        schedule.book(doctor, patient, "14:00")

    def test_a_reason_is_needed(self, schedule, booked):
        with pytest.raises(ValidationError):
            cancel(schedule, booked, "  ")
        assert schedule.card(booked.appointment_id).status is Status.CONFIRMED

    def test_a_platform_booking_too(self, schedule, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "14:00")
        cancel(schedule, schedule.card(theirs))
        assert schedule.row(theirs).status == "cancelled"
        assert schedule.desk_row(theirs).source == "platform"

    def test_an_unreadable_one_too(self, schedule, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "待定")
        cancel(schedule, schedule.card(theirs))
        (card,) = schedule.day().unreadable
        assert card.status is Status.CANCELLED
        assert "11月24日" in schedule.messages()[-1].content

    def test_twice_is_no_conflict(self, schedule, booked):
        cancel(schedule, booked)
        cancel(schedule, booked)
        assert [message.type for message in schedule.messages()].count("appointment_cancelled") == 1

    def test_what_was_moved_meanwhile_is_shown_first(self, schedule, database, booked):
        changed_by_another(database, booked, time_slot="16:00")
        with pytest.raises(Conflict) as caught:
            cancel(schedule, booked)
        assert caught.value.current.slot_text == "16:00"
        assert len(schedule.held(booked.appointment_id)) == 6

    def test_a_visit_that_is_done_stays(self, schedule, booked):
        set_status(schedule, booked, Status.COMPLETED)
        with pytest.raises(Conflict) as caught:
            cancel(schedule, schedule.card(booked.appointment_id))
        assert caught.value.code == "appointments.done"

    def test_one_that_is_gone(self, schedule, booked):
        lost = CancelAppointment(uuid7(), booked.version, "x")
        with pytest.raises(NotFound):
            desk.cancel(schedule.database, schedule.actor, lost, op_id=uuid7())


class TestSetStatus:
    def test_confirming_a_platform_booking_tells_its_patient(self, schedule, clinic, doctor, patient):
        theirs = clinic.platform_booking(doctor, patient, "14:00")
        set_status(schedule, schedule.card(theirs), Status.CONFIRMED)
        assert schedule.row(theirs).status == "confirmed"
        (message,) = schedule.messages()
        assert message.type == "appointment_confirmed"

    def test_two_desks_confirm_the_same(self, schedule, clinic, doctor, patient):
        card = schedule.card(clinic.platform_booking(doctor, patient, "14:00"))
        set_status(schedule, card, Status.CONFIRMED)
        set_status(schedule, card, Status.CONFIRMED)
        assert len(schedule.messages()) == 1

    def test_completing_keeps_the_time_and_tells_nobody(self, schedule, booked):
        told = len(schedule.messages())
        set_status(schedule, booked, Status.COMPLETED)
        assert len(schedule.held(booked.appointment_id)) == 6
        assert len(schedule.messages()) == told

    def test_a_completed_visit_can_be_opened_again(self, schedule, booked):
        set_status(schedule, booked, Status.COMPLETED)
        set_status(schedule, schedule.card(booked.appointment_id), Status.CONFIRMED)
        assert schedule.card(booked.appointment_id).status is Status.CONFIRMED

    def test_cancelled_is_not_a_status_to_set(self, schedule, booked):
        with pytest.raises(ValidationError):
            set_status(schedule, booked, Status.CANCELLED)

    def test_a_cancelled_one_is_restored_first(self, schedule, booked):
        cancel(schedule, booked)
        with pytest.raises(Conflict) as caught:
            set_status(schedule, schedule.card(booked.appointment_id), Status.COMPLETED)
        assert caught.value.code == "appointments.cancelled"


class TestEdit:
    def test_words_change_and_the_time_does_not(self, schedule, booked):
        edit(schedule, booked, symptoms="头晕", kind=Kind.FOLLOW_UP, visit_type=VisitType.VIDEO)
        card = schedule.card(booked.appointment_id)
        assert (card.symptoms, card.kind, card.visit_type) == ("头晕", Kind.FOLLOW_UP, VisitType.VIDEO)
        assert (card.starts_at, card.minutes) == (booked.starts_at, booked.minutes)

    def test_the_same_field_changed_by_another_is_a_conflict_with_both(self, schedule, database, booked):
        changed_by_another(database, booked, symptoms="他们写的")
        with pytest.raises(Conflict) as caught:
            edit(schedule, booked, symptoms="我写的")
        assert caught.value.code == "appointments.changed"
        assert caught.value.current.symptoms == "他们写的"
        assert schedule.card(booked.appointment_id).symptoms == "他们写的"

    def test_having_compared_one_may_insist(self, schedule, database, booked):
        changed_by_another(database, booked, symptoms="他们写的")
        with pytest.raises(Conflict) as caught:
            edit(schedule, booked, symptoms="我写的")
        edit(schedule, caught.value.current, symptoms="我写的")
        assert schedule.card(booked.appointment_id).symptoms == "我写的"

    def test_other_fields_changed_by_another_stay_theirs(self, schedule, database, booked):
        changed_by_another(database, booked, visit_type="online_video")
        edit(schedule, booked, symptoms="我写的")
        card = schedule.card(booked.appointment_id)
        assert (card.symptoms, card.visit_type) == ("我写的", VisitType.VIDEO)

    def test_both_wrote_the_same(self, schedule, database, booked):
        changed_by_another(database, booked, symptoms="一样")
        edit(schedule, booked, symptoms="一样")

    def test_nothing_changed_writes_nothing(self, schedule, database, booked, statements):
        with statements(database.writes) as written:
            edit(schedule, booked)
        assert not any(text.startswith("UPDATE") for text in written.texts)

    def test_letters_that_collations_take_for_equal_are_not(self, schedule, booked):
        edit(schedule, booked, symptoms="𠮷")
        edit(schedule, schedule.card(booked.appointment_id), symptoms="𡃁")
        assert schedule.card(booked.appointment_id).symptoms == "𡃁"

    def test_a_change_that_collations_do_not_see_is_a_conflict(self, schedule, database, booked):
        edit(schedule, booked, symptoms="𠮷")
        read = schedule.card(booked.appointment_id)
        changed_by_another(database, booked, symptoms="𡃁")
        with pytest.raises(Conflict):
            edit(schedule, read, symptoms="我写的")

    def test_for_whom_is_said(self, schedule, clinic, doctor, patient):
        child = clinic.member(patient, "沈小满", "女儿")
        card = schedule.card(clinic.platform_booking(doctor, patient, "14:00"))
        edit(schedule, card, patient=PatientRef(patient, child))
        now = schedule.card(card.appointment_id)
        assert (now.patient_name, now.patient_confirmed) == ("沈小满", True)

    def test_that_it_is_the_holder_is_said_too(self, schedule, clinic, doctor, patient):
        card = schedule.card(clinic.platform_booking(doctor, patient, "14:00"))
        edit(schedule, card)
        assert schedule.card(card.appointment_id).patient_confirmed

    def test_it_may_stay_open(self, schedule, clinic, doctor, patient):
        card = schedule.card(clinic.platform_booking(doctor, patient, "14:00"))
        edit(schedule, card, symptoms="补充", patient_confirmed=False)
        now = schedule.card(card.appointment_id)
        assert (now.symptoms, now.patient_confirmed) == ("补充", False)

    def test_two_desks_say_two_persons(self, schedule, clinic, doctor, patient):
        one, other = (clinic.member(patient, name, "女儿") for name in ("沈小满", "沈知夏"))
        card = schedule.card(clinic.platform_booking(doctor, patient, "14:00"))
        edit(schedule, card, patient=PatientRef(patient, one))
        with pytest.raises(Conflict):
            edit(schedule, card, patient=PatientRef(patient, other))
        assert schedule.card(card.appointment_id).ref.profile_id == one

    def test_another_account_is_refused(self, schedule, clinic, booked):
        with pytest.raises(ValidationError):
            edit(schedule, booked, patient=PatientRef(clinic.account("罗文彬")))

    def test_somebody_elses_child_is_refused(self, schedule, clinic, booked):
        child = clinic.member(clinic.account("罗文彬"), "罗小北", "儿子")
        with pytest.raises(NotFound):
            edit(schedule, booked, patient=PatientRef(booked.ref.user_id, child))


class TestKeepOverlap:
    def test_a_kept_clash_is_quiet_until_one_more_joins(self, schedule, clinic, doctor, patient, booked):
        theirs = clinic.platform_booking(doctor, patient, "14:15")
        (clash,) = schedule.day().clashes
        desk.keep_overlap(schedule.database, schedule.actor, clash.appointment_ids, op_id=uuid7())
        assert schedule.day().clashes == ()
        assert schedule.card(theirs).status is Status.PENDING
        third = clinic.platform_booking(doctor, patient, "14:00")
        (louder,) = schedule.day().clashes
        assert set(louder.appointment_ids) == {booked.appointment_id, theirs, third}


class TestMessages:
    def refuse(self, database, patient, *, enabled):
        with database.writes.begin() as connection:
            connection.execute(
                insert(NotificationSetting).values(
                    id=uuid7(), user_id=patient, notification_type="appointment_confirmed", enabled=enabled,
                    email_enabled=False, sms_enabled=False, push_enabled=False,
                )
            )  # fmt: skip

    @pytest.mark.parametrize(("enabled", "count"), [(True, 1), (False, 0)])
    def test_settings_decide(self, schedule, database, doctor, patient, enabled, count):
        self.refuse(database, patient, enabled=enabled)
        schedule.book(doctor, patient, "14:00")
        assert len(schedule.messages()) == count

    def test_another_type_is_another_setting(self, schedule, database, doctor, patient):
        self.refuse(database, patient, enabled=False)
        cancel(schedule, schedule.card(schedule.book(doctor, patient, "14:00").appointment_id))
        assert [message.type for message in schedule.messages()] == ["appointment_cancelled"]
