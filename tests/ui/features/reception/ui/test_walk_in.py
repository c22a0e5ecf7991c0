"""Walk-ins by keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from tcmdesk.features.reception.ui.papers import Papers
from tcmdesk.features.reception.ui.walk_in import WalkInSheet
from tests.support.sql import sql_allowed


@pytest.fixture
def printed(monkeypatch):
    found = []
    monkeypatch.setattr(Papers, "print_ticket", lambda _self, appointment: found.append(appointment))
    return found


@pytest.fixture
def sheet(front, printed):
    with sql_allowed():
        front.clinic.account("沈若兰", phone="19900001111")
        front.clinic.index()
    made = front.add(WalkInSheet)
    front.done = []
    made.done.connect(front.done.append)
    made.begin()
    front.until(lambda: made.doctors.chosen is not None)
    return made


def find(front, sheet, letters):
    front.type(letters)
    front.until(lambda: not sheet.who.patient.searching and sheet.who.patient.list.current_match is not None)


def test_a_known_person_in_two_keys_besides_the_name(front, sheet, printed):
    find(front, sheet, "srl")
    front.key(Qt.Key.Key_Return)
    front.until(lambda: sheet.who.ref is not None and not sheet.who.pending)
    front.key(Qt.Key.Key_Return)
    front.until(lambda: len(front.done) == 1)
    (entry,) = front.room().waiting
    assert (entry.card.patient_name, entry.number, entry.visit.walk_in) == ("沈若兰", 1, True)
    assert printed == front.done == [entry.card.appointment_id]


def test_another_doctor_by_key(front, sheet, printed):
    first = sheet.doctors.chosen.doctor_id
    find(front, sheet, "srl")
    front.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert sheet.doctors.chosen.doctor_id != first
    front.key(Qt.Key.Key_Return)
    front.until(lambda: sheet.who.ref is not None and not sheet.who.pending)
    front.key(Qt.Key.Key_Return)
    front.until(lambda: len(front.done) == 1)
    assert front.room().waiting[0].card.doctor_id != first


def test_someone_new_without_a_phone_on_one_form(front, sheet, printed):
    front.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    front.until(lambda: sheet.who.registering)
    front.type("路遥知")
    front.key(Qt.Key.Key_Return)
    front.until(lambda: not sheet.who.registering and not sheet.who.pending and sheet.who.ref is not None)
    front.key(Qt.Key.Key_Return)
    front.until(lambda: len(front.done) == 1)
    assert front.room().waiting[0].card.patient_name == "路遥知"


def test_without_a_person_it_says_what_is_missing(front, sheet):
    sheet.submit()
    assert front.done == []
    assert "Choose a patient" in sheet.note


def test_a_time_that_has_just_gone_keeps_what_was_typed(front, sheet):
    find(front, sheet, "srl")
    front.key(Qt.Key.Key_Return)
    front.until(lambda: sheet.who.ref is not None and not sheet.who.pending)
    offer = sheet.doctors.chosen
    doctor = front.doctors.index(offer.doctor_id)
    front.book("抢先者", offer.starts_at, doctor=doctor)
    front.key(Qt.Key.Key_Return)
    front.until(lambda: "taken" in sheet.note)
    assert sheet.who.name == "沈若兰"
    front.until(lambda: sheet.doctors.chosen.starts_at != offer.starts_at)
    front.key(Qt.Key.Key_Return)
    front.until(lambda: len(front.done) == 1)


def test_a_full_doctor_asks_why(front, sheet):
    chosen = sheet.doctors.chosen
    for number in range(28):
        hours, minutes = divmod(10 * 60 + 30 + 15 * number, 60)
        if (hours, minutes) < (12, 0) or (14, 0) <= (hours, minutes) < (17, 0):
            front.book(
                f"满{number}", f"{hours:02d}:{minutes:02d}", doctor=front.doctors.index(chosen.doctor_id)
            )
    sheet.reload()
    front.until(lambda: sheet.doctors.chosen.starts_at is None)
    find(front, sheet, "srl")
    front.key(Qt.Key.Key_Return)
    front.until(lambda: sheet.who.ref is not None and not sheet.who.pending)
    front.key(Qt.Key.Key_Return)
    assert sheet.reason_field.error
    front.type("urgent")
    front.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    front.until(lambda: len(front.done) == 1)
    assert front.room().waiting[0].card.extra


def test_somebody_with_an_appointment_today_is_told_of(front, sheet):
    with sql_allowed():
        account = front.clinic.account("马惠芳", phone="19900002222")
        front.clinic.index()
        front.clinic.platform_booking(front.doctors[0], account, "15:00")
    find(front, sheet, "mhf")
    front.key(Qt.Key.Key_Return)
    front.until(lambda: sheet.note == "The patient is already booked with 陈景和 at 15:00.")
