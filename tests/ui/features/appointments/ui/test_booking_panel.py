"""Booking with the keyboard alone, and everything that can come in between."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.service import desk as work
from tcmdesk.features.appointments.types import BookAppointment, Kind, Status, VisitType
from tcmdesk.features.appointments.ui.layout import CardSpot, instant_of
from tcmdesk.features.appointments.ui.words import card_sentence
from tcmdesk.features.patients.types import Gender, PatientRef
from tcmdesk.features.schedules.service.resources import save_resource, save_visit_kind
from tcmdesk.features.schedules.types import Resource, ResourceKind, VisitKind
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme
from tests.factories.clinic import DAY, ZONE
from tests.support.sql import sql_allowed

ENTER = Qt.Key.Key_Return
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def search(desk, text):
    desk.type(text)
    panel = desk.screen.sheets.booking
    desk.until(lambda: panel.who.patient.list.match_model.rowCount() > 0 and not panel.who.patient.searching)
    return panel


def booked_by_another(desk, name, doctor, minute, minutes=15):
    """Another desk books in the meantime."""
    with sql_allowed():
        user = desk.clinic.account(name)
        work.book(
            desk.context.database,
            desk.context.actor,
            BookAppointment(
                uuid7(), desk.doctors[doctor], PatientRef(user), instant_of(DAY, minute, ZONE), minutes,
                VisitType.IN_PERSON, Kind.FOLLOW_UP, "",
            ),
            op_id=uuid7(),
        )  # fmt: skip


def test_with_six_keys_from_the_board_to_a_booking(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
        clinic.account("罗欣梦")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    assert [match.name for match in panel.who.patient.list.match_model.matches]
    first = panel.who.patient.list.current_match.name
    desk.keys(ENTER, ENTER)
    desk.until(lambda: first in desk.shown())
    card = desk.cards()[first]
    assert (card.status, card.doctor_id, desk.clock(card)) == (Status.CONFIRMED, desk.doctors[0], "10:30")
    assert desk.screen.grid.spot == CardSpot(card.appointment_id)
    assert desk.screen.sheets.open_sheet is None
    assert desk.screen.grid.hasFocus()


def test_nobody_is_chosen_unseen(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    desk.type("lxm")
    desk.key(ENTER)
    panel = desk.screen.sheets.booking
    assert panel.who.patient.picked is None
    desk.until(lambda: panel.who.patient.list.match_model.rowCount() == 1)
    assert panel.who.patient.picked is None


def test_family_members_are_one_key_away(clinic, make_desk):
    with sql_allowed():
        mother = clinic.account("李晓敏")
        clinic.member(mother, "周子昂", "son", allergies="花生")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.until(lambda: len(panel.who.family.members) == 2)
    desk.key(Qt.Key.Key_2, ALT)
    assert panel.who.family.chosen.name == "周子昂"
    desk.key(ENTER, CTRL)
    desk.until(lambda: "周子昂" in desk.shown())
    assert desk.cards()["周子昂"].ref.profile_id is not None


def test_the_next_openings_by_alt_and_arrows(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.until(lambda: len(panel.openings.shown) > 5)
    second = panel.openings.shown[1]
    desk.key(Qt.Key.Key_Right, ALT)
    assert panel.target[1] == second
    assert desk.screen.grid.spot.minute == 645
    desk.key(ENTER)
    desk.until(lambda: "李晓敏" in desk.shown())
    assert desk.cards()["李晓敏"].starts_at == second


def test_a_new_patient_without_leaving_the_panel(desk):
    desk.key(Qt.Key.Key_N)
    desk.type("万星辰")
    panel = desk.screen.sheets.booking
    desk.until(lambda: not panel.who.patient.searching)
    desk.key(ENTER)
    assert panel.who.form.isVisible()
    assert panel.who.form.name.text() == "万星辰"
    desk.type("9")
    desk.key(Qt.Key.Key_Tab)
    desk.type("19900001234")
    desk.key(ENTER)
    desk.until(lambda: panel.who.patient.picked is not None)
    assert not panel.who.form.isVisible()
    desk.until(lambda: panel.who.family.chosen is not None)
    desk.key(ENTER)
    desk.until(lambda: "万星辰" in desk.shown())
    card = desk.cards()["万星辰"]
    assert card.birthday.year == DAY.year - 9
    assert card.kind is Kind.FIRST


def test_a_phone_that_someone_has_shows_who(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏", phone="19900002706")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    desk.key(Qt.Key.Key_N, CTRL)
    panel = desk.screen.sheets.booking
    desk.type("方宁")
    panel.who.form.phone.setFocus()
    desk.type("199 0000-2706")
    desk.key(ENTER)
    desk.until(lambda: "李晓敏" in panel.who.form.owner.text)
    assert "2706" in panel.who.form.owner.text
    assert "19900002706" not in panel.who.form.owner.text
    assert panel.who.form.name.text() == "方宁"
    assert panel.who.form.owner.use.hasFocus()
    desk.key(Qt.Key.Key_Space)
    assert panel.who.patient.picked.name == "李晓敏"
    desk.until(lambda: panel.who.family.chosen is not None)
    desk.key(ENTER)
    desk.until(lambda: "李晓敏" in desk.shown())
    assert set(desk.cards()) == {"李晓敏"}


def test_a_cell_taken_meanwhile_is_said_in_place_and_others_are_offered(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    panel.symptoms.setFocus()
    desk.type("cough")
    desk.until(lambda: panel.who.family.chosen is not None)
    booked_by_another(desk, "沈若兰", 0, 630)
    desk.key(ENTER)
    desk.until(lambda: panel.warning.text != "")
    assert desk.screen.sheets.open_sheet is panel
    assert (panel.symptoms.text(), panel.who.patient.picked.name) == ("cough", "李晓敏")
    desk.until(lambda: instant_of(DAY, 630, ZONE) not in panel.openings.shown)
    desk.key(Qt.Key.Key_Right, ALT)
    assert panel.target[1] == instant_of(DAY, 645, ZONE)
    desk.key(ENTER)
    desk.until(lambda: "李晓敏" in desk.shown())
    assert desk.clock(desk.cards()["李晓敏"]) == "10:45"
    assert desk.cards()["李晓敏"].symptoms == "cough"


def test_a_database_that_is_away_keeps_what_was_typed_and_books_once(clinic, make_desk, monkeypatch):
    from tcmdesk.core.errors import Unavailable

    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.until(lambda: panel.who.family.chosen is not None)
    real, asked = work.book, []

    def away(_database, _actor, command, *, op_id):
        asked.append((command.appointment_id, op_id))
        raise Unavailable("database.away", "The database cannot be reached")

    monkeypatch.setattr(work, "book", away)
    desk.key(ENTER)
    desk.until(lambda: panel.warning.text != "")
    assert panel.who.patient.picked.name == "李晓敏"
    assert desk.bar.retry is not None

    def back(database, actor, command, *, op_id):
        asked.append((command.appointment_id, op_id))
        return real(database, actor, command, op_id=op_id)

    monkeypatch.setattr(work, "book", back)
    desk.bar.retry.run()
    desk.until(lambda: "李晓敏" in desk.shown())
    assert len(set(asked)) == 1
    assert len(asked) == 2


def test_a_patient_booked_elsewhere_at_that_time_is_a_warning(clinic, make_desk):
    with sql_allowed():
        user = clinic.account("李晓敏")
    desk = make_desk()
    with sql_allowed():
        clinic.platform_booking(desk.doctors[1], user, "10:30", status="confirmed")
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.until(lambda: "林若溪" in panel.warning.text)
    desk.key(ENTER)
    desk.until(lambda: "李晓敏" in desk.shown())


def test_leaving_with_something_typed_loses_nothing(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.key(Qt.Key.Key_Escape)
    assert desk.screen.sheets.open_sheet is None
    desk.key(Qt.Key.Key_Z, CTRL)
    assert desk.screen.sheets.open_sheet is panel
    assert panel.who.patient.picked.name == "李晓敏"


def test_choosing_another_cell_keeps_what_was_typed(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.choose_cell(1, "14:15")
    assert panel.target[0].doctor_id == desk.doctors[1]
    assert panel.target[1] == instant_of(DAY, 14 * 60 + 15, ZONE)
    assert panel.who.patient.picked.name == "李晓敏"


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_fits_across(clinic, make_desk, language, scale):
    apply(QApplication.instance(), Theme(language=language, scale=scale, motion=False))
    with sql_allowed():
        mother = clinic.account("李晓敏")
        clinic.member(mother, "周子昂", "son", allergies="花生")
    desk = make_desk(size=(1900, 1000), language=language)
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.until(lambda: len(panel.who.family.members) == 2)
    assert panel.content_width <= panel.room_width
    desk.key(Qt.Key.Key_N, CTRL)
    assert panel.content_width <= panel.room_width


def test_what_was_put_aside_survives_the_next_booking(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
        clinic.account("沈若兰")
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    panel.symptoms.setFocus()
    desk.type("cough")
    desk.key(Qt.Key.Key_Escape)
    assert "1 put aside" in [item.text for item in desk.screen.status_items()]
    desk.key(Qt.Key.Key_N)
    other = search(desk, "srl")
    assert other is not panel
    desk.key(ENTER)
    desk.until(lambda: other.who.family.chosen is not None)
    desk.key(ENTER)
    desk.until(lambda: "沈若兰" in desk.shown())
    desk.key(Qt.Key.Key_Return)
    details = desk.screen.sheets.details
    desk.until(lambda: not details.symptoms.isReadOnly())
    details.symptoms.setPlainText("dizzy")
    desk.key(Qt.Key.Key_Escape)
    assert "2 put aside" in [item.text for item in desk.screen.status_items()]
    desk.key(Qt.Key.Key_Z)
    assert desk.screen.sheets.open_sheet is details
    assert details.symptoms.toPlainText() == "dizzy"
    desk.screen.sheets.close()
    desk.key(Qt.Key.Key_Z)
    assert desk.screen.sheets.open_sheet is panel
    assert (panel.who.patient.picked.name, panel.symptoms.text()) == ("李晓敏", "cough")
    assert desk.screen.sheets.aside_count == 0


def test_a_form_left_by_escape_is_taken_up_again(desk):
    desk.keys(Qt.Key.Key_N)
    desk.key(Qt.Key.Key_N, CTRL)
    panel = desk.screen.sheets.booking
    desk.type("Fang")
    desk.key(Qt.Key.Key_Escape)
    assert not panel.who.registering
    desk.key(Qt.Key.Key_N, CTRL)
    assert panel.who.form.name.text() == "Fang"
    assert [hint.keys for hint in desk.screen.key_hints()] == ["Tab", "⏎", "Esc"]


def test_the_form_moves_nothing_below_it(clinic, make_desk):
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = desk.screen.sheets.booking
    desk.qtbot.wait(20)
    before = panel.openings.mapTo(panel, panel.openings.rect().topLeft())
    desk.key(Qt.Key.Key_N, CTRL)
    desk.qtbot.wait(20)
    assert panel.openings.mapTo(panel, panel.openings.rect().topLeft()) == before


def test_someone_new_may_be_neither_woman_nor_man(desk):
    desk.key(Qt.Key.Key_N)
    desk.key(Qt.Key.Key_N, CTRL)
    panel = desk.screen.sheets.booking
    desk.type("Fang")
    panel.who.form.gender.set_value(Gender.OTHER)
    panel.who.form.birthday.setFocus()
    desk.type("30")
    desk.key(ENTER)
    desk.until(lambda: panel.who.family.chosen is not None)
    desk.key(ENTER)
    desk.until(lambda: "Fang" in desk.shown())
    card = desk.cards()["Fang"]
    assert card.gender is Gender.OTHER
    assert "Other 30" in card_sentence(card, desk.context.tr, ZONE, DAY)


CHIEF = Staff(uuid7(), "秦岚", Role.ADMIN)


def furnish(desk, *kinds, beds=("1号床", "2号床")):
    """Kinds of visit for everybody, and beds."""

    def write(uow):
        for kind in kinds:
            save_visit_kind(uow, CHIEF, kind)
        for place, name in enumerate(beds):
            save_resource(uow, CHIEF, Resource(uuid7(), name, ResourceKind.BED, place=place))

    with sql_allowed():
        desk.context.database.write(CHIEF, "test", write)


def press(desk, *keys):
    """To whatever has the keyboard, a list that has dropped down too."""
    for key in keys:
        box = QApplication.activePopupWidget() or QApplication.focusWidget()
        QTest.keyClick(box.focusWidget() or box, key)


NEEDLES = VisitKind(uuid7(), "Needles", 5, ResourceKind.BED, 5, 30)


def test_nothing_is_asked_where_visits_are_all_alike(clinic, make_desk):
    desk = make_desk()
    desk.key(Qt.Key.Key_N)
    panel = desk.screen.sheets.booking
    desk.until(lambda: panel.needs.asked)
    assert not panel.needs.isVisible()
    assert (panel.needs.visit_kind_id, panel.needs.resource_id) == (None, None)


def test_a_kind_and_a_bed_by_keys(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    furnish(desk, NEEDLES)
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.key(ENTER)
    desk.until(panel.needs.isVisible)
    assert (panel.minutes.value, panel.needs.room.isVisible()) == (15, False)
    desk.key(Qt.Key.Key_K, ALT)
    press(desk, Qt.Key.Key_Up, ENTER)
    assert (panel.minutes.value, panel.needs.takes.text()) == (
        5, "Doctor 5 min · Bed 30 min, 5 min after the start",
    )  # fmt: skip
    desk.key(Qt.Key.Key_B, ALT)
    press(desk, Qt.Key.Key_End, ENTER)
    desk.key(ENTER, CTRL)
    desk.until(lambda: "李晓敏" in desk.shown())
    card = desk.cards()["李晓敏"]
    assert (card.minutes, card.visit_kind, card.room) == (5, "Needles", "2号床")


def test_what_is_usual_needs_no_key_and_is_as_long_as_it_says(clinic, make_desk):
    with sql_allowed():
        clinic.account("李晓敏")
    desk = make_desk()
    furnish(desk, replace(NEEDLES, kind_id=uuid7(), usual=True))
    desk.key(Qt.Key.Key_N)
    panel = search(desk, "lxm")
    desk.until(panel.needs.isVisible)
    desk.keys(ENTER, ENTER)
    desk.until(lambda: "李晓敏" in desk.shown())
    card = desk.cards()["李晓敏"]
    assert (card.minutes, card.visit_kind, card.room) == (5, "Needles", "1号床")


def test_openings_follow_the_kind(clinic, make_desk):
    desk = make_desk()
    furnish(desk, replace(NEEDLES, kind_id=uuid7()), beds=())
    desk.key(Qt.Key.Key_N)
    panel = desk.screen.sheets.booking
    desk.until(lambda: panel.needs.isVisible() and len(panel.openings.starts) > 1)
    desk.key(Qt.Key.Key_K, ALT)
    press(desk, Qt.Key.Key_Up, ENTER)
    # no bed at all: only the time that was chosen is left, which booking refuses
    desk.until(lambda: panel.openings.starts == (panel.target[1],))
    assert panel.needs.chosen.name == "Needles"
