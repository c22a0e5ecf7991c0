"""Finding openings by keyboard, without leaving the field."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from tcmdesk.features.appointments.types import Opening, PartOfDay, VisitType
from tcmdesk.features.appointments.ui.layout import CellSpot
from tcmdesk.features.appointments.ui.openings_search import matching
from tcmdesk.features.appointments.ui.openings_source import runs_of
from tcmdesk.features.appointments.ui.side_model import Row
from tests.factories.clinic import DAY, ZONE
from tests.factories.sample_day import DOCTORS
from tests.support.accessibility import unnamed_widgets

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def rows(panel):
    return [line for line in panel.list.side_model.lines if isinstance(line, Row)]


@pytest.fixture
def finding(make_desk):
    desk = make_desk(doctors=3)
    desk.key(Qt.Key.Key_F)
    panel = desk.screen.sheets.openings
    desk.until(lambda: bool(rows(panel)) and not panel.search.pending)
    return desk, panel


def settled(desk, panel):
    desk.until(lambda: not panel.search.pending)


def test_the_next_free_cell_of_anyone_is_one_key_away(finding):
    desk, panel = finding
    assert panel.whom.hasFocus()
    first = panel.list.current_row.value
    desk.key(Qt.Key.Key_Return)
    assert desk.screen.sheets.open_sheet is desk.screen.sheets.booking
    doctor, starts_at = desk.screen.sheets.booking.target
    assert (doctor.doctor_id, starts_at) == (first.doctor_id, first.starts_at)


def test_typing_says_whom_and_the_field_keeps_the_keyboard(finding):
    desk, panel = finding
    desk.type("lrx")
    settled(desk, panel)
    assert {row.value.doctor_id for row in rows(panel)} == {desk.doctors[1]}
    desk.keys(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert panel.whom.hasFocus()
    third = panel.list.current_row.value
    assert third == rows(panel)[2].value
    assert desk.screen.grid.spot.doctor_id == desk.doctors[1]
    desk.key(Qt.Key.Key_Return)
    assert desk.screen.sheets.booking.target[1] == third.starts_at


def test_part_of_the_day_length_and_kind_by_alt(finding):
    desk, panel = finding
    desk.key(Qt.Key.Key_Right, ALT)
    desk.key(Qt.Key.Key_Right, ALT)
    assert panel.part.value is PartOfDay.AFTERNOON
    settled(desk, panel)
    assert all(12 <= row.value.starts_at.astimezone(ZONE).hour < 18 for row in rows(panel))
    desk.key(Qt.Key.Key_3, ALT)
    assert panel.minutes.value == 45
    desk.key(Qt.Key.Key_7, ALT)
    assert panel.visit.value is VisitType.VIDEO
    settled(desk, panel)
    desk.key(Qt.Key.Key_Return)
    booking = desk.screen.sheets.booking
    assert (booking.minutes.value, booking.visit_type.value) == (45, VisitType.VIDEO)


def test_another_day_is_shown_when_its_opening_is_taken(finding):
    desk, panel = finding
    desk.type("lrx")
    settled(desk, panel)
    tomorrow = next(row for row in rows(panel) if row.value.starts_at.astimezone(ZONE).date() > DAY)
    while panel.list.current_row.key != tomorrow.key:
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    assert desk.screen.day == DAY + dt.timedelta(days=1)
    desk.until(
        lambda: (
            desk.screen.grid.spot.doctor_id == desk.doctors[1]
            and desk.screen.grid.board.day == desk.screen.day
        )
    )
    assert desk.screen.sheets.booking.target[1] == tomorrow.value.starts_at


def test_enter_before_the_answer_is_remembered(finding):
    desk, _panel = finding
    desk.type("lrx")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.screen.sheets.open_sheet is desk.screen.sheets.booking)
    assert desk.screen.sheets.booking.target[0].doctor_id == desk.doctors[1]


def test_nobody_of_that_name(finding):
    desk, panel = finding
    desk.type("zzz")
    settled(desk, panel)
    assert rows(panel) == []
    assert "called that" in panel.warning.text
    desk.key(Qt.Key.Key_Return)
    assert desk.screen.sheets.open_sheet is panel
    desk.key(Qt.Key.Key_Escape)
    assert desk.screen.sheets.open_sheet is None
    assert desk.screen.grid.hasFocus()


def test_from_a_booking_and_back_into_it(finding):
    desk, panel = finding
    desk.key(Qt.Key.Key_Escape)
    desk.choose_cell(1, "14:00")
    desk.key(Qt.Key.Key_N)
    desk.type("abc")
    desk.key(Qt.Key.Key_F, CTRL)
    settled(desk, panel)
    assert panel.whom.text() == "林若溪"
    desk.keys(Qt.Key.Key_Down, Qt.Key.Key_Return)
    booking = desk.screen.sheets.booking
    assert desk.screen.sheets.open_sheet is booking
    assert booking.who.patient.text == "abc"
    desk.key(Qt.Key.Key_F, CTRL)
    desk.key(Qt.Key.Key_Escape)
    assert desk.screen.sheets.open_sheet is booking


def test_a_booking_that_waits_behind_the_openings_is_not_lost(finding):
    desk, panel = finding
    desk.key(Qt.Key.Key_Escape)
    desk.choose_cell(1, "14:00")
    desk.key(Qt.Key.Key_N)
    desk.type("abc")
    desk.key(Qt.Key.Key_F, CTRL)
    settled(desk, panel)
    assert not desk.screen.can_close()
    desk.screen.aim.book_at(CellSpot(desk.doctors[2], 15 * 60))
    assert desk.screen.sheets.booking.who.patient.text == "abc"
    assert desk.screen.sheets.booking.target[0].doctor_id == desk.doctors[2]
    desk.key(Qt.Key.Key_F, CTRL)
    settled(desk, panel)
    desk.screen.views.show_list()
    assert desk.screen.sheets.aside_count == 1


def test_every_control_has_a_name(finding):
    desk, _panel = finding
    assert unnamed_widgets(desk.window) == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", {doctor.name for doctor in DOCTORS}),
        ("若", {"林若溪"}),
        ("lrx", {"林若溪"}),
        ("linruo", {"林若溪"}),
        ("ruoxi", {"林若溪"}),
        ("针灸", {"何仲明"}),
        ("zj", {"何仲明"}),
        ("xyz", set()),
    ],
)
def test_whom_one_means(typed, names):
    assert {doctor.name for doctor in matching(typed, DOCTORS)} == names


def test_free_starts_that_follow_each_other_are_one_stretch():
    start = dt.datetime(2026, 11, 24, 1, 0, tzinfo=dt.UTC)
    openings = tuple(Opening("d1", start + dt.timedelta(minutes=minutes)) for minutes in (0, 15, 45))
    assert [run.minutes for run in runs_of(openings)] == [30, 15]
