"""A month by keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from tcmdesk.features.appointments.types import BoardView, DayLoad, HalfDay, Span
from tcmdesk.features.appointments.ui.month_days import MonthDays, first_shown
from tcmdesk.features.schedules.types import Closure, ExceptionKind
from tests.factories.clinic import DAY
from tests.factories.sample_day import DOCTORS
from tests.support.sql import sql_allowed


@pytest.fixture
def month(make_desk):
    desk = make_desk()
    with sql_allowed():
        for name, slot, status in (("沈若兰", "14:00", "confirmed"), ("白露", "09:00", "pending")):
            desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account(name), slot, status=status)
    desk.reload()
    desk.key(Qt.Key.Key_3)
    desk.until(lambda: desk.screen.month.days is not None and not desk.screen.month.source.loading)
    return desk


def test_loads_counts_and_the_unconfirmed(month):
    day = month.screen.month.days.at(DAY)
    assert (day.visits.count, day.visits.unconfirmed) == (2, 1)
    assert day.morning.share == pytest.approx(2 / 24)
    said = month.screen.month.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Tue 24 Nov, AM 8%, PM 8%, 2 booked, 1 unconfirmed"


def test_it_is_read_side_by_side(month, statements):
    with statements(month.context.database) as log:
        month.screen.refresh(frozenset({"appointments"}))
        month.until(lambda: not month.screen.month.source.loading)
    assert len(log) == 2, str(log)


def test_arrows_choose_and_enter_opens_the_day(month):
    month.keys(Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return)
    month.until(lambda: month.screen.grid.board.day == dt.date(2026, 11, 30))
    assert month.screen.days.view.span is Span.DAY
    assert month.screen.grid.hasFocus()


def test_steps_are_months(month):
    month.key(Qt.Key.Key_BracketRight)
    month.until(lambda: not month.screen.month.source.loading and month.screen.month.days is not None)
    assert month.screen.bar.title.text() == "Dec 2026"
    assert month.screen.month.chosen == dt.date(2026, 12, 24)
    month.keys(Qt.Key.Key_PageUp)
    assert month.screen.bar.title.text() == "Nov 2026"
    assert month.screen.month.chosen == DAY


def test_one_doctor_or_a_department(month):
    view = month.screen.days.view
    month.screen.bar.whose_chosen.emit(month.doctors[1], "")
    month.until(lambda: month.screen.month.days.at(DAY).visits.count == 0)
    month.screen.bar.whose_chosen.emit("", "")
    month.until(lambda: month.screen.month.days.at(DAY).visits.count == 2)
    assert month.screen.days.view == view


def test_the_panel_beside_it_names_the_doctors_of_the_day(month):
    panel = month.screen.aside.month
    assert panel.isVisible()
    assert panel.figures.accessibleName() == "Booked 2, Unconfirmed 1"
    assert panel.bars.accessibleName() == "陈景和 17%, 林若溪 0%"


def test_new_booking_and_finding_work_from_a_month(month):
    month.key(Qt.Key.Key_F)
    month.until(lambda: not month.screen.sheets.openings.search.pending)
    month.key(Qt.Key.Key_Return)
    month.until(lambda: month.screen.sheets.open_sheet is month.screen.sheets.booking)
    assert month.screen.days.view.span is Span.DAY


def test_a_day_on_which_nobody_works_says_why():
    closed = tuple(
        type(doctor)(
            doctor.doctor_id, doctor.name, doctor.department, doctor.title, (),
            (Closure(510, 1020, "清明", ExceptionKind.HOLIDAY),),
        )
        for doctor in DOCTORS
    )  # fmt: skip
    days = MonthDays(DAY, (closed, DOCTORS), (), BoardView())
    assert [day.closed for day in days.days] == ["清明", None]


def test_who_has_left_the_clinic_still_counts_for_everybody():
    loads = (DayLoad(DAY, "gone", HalfDay(1, 30)),)
    days = MonthDays(DAY, (DOCTORS,), loads, BoardView())
    assert days.days[0].visits.count == 1
    assert MonthDays(DAY, (DOCTORS,), loads, BoardView(doctor_id="d1")).days[0].visits.count == 0


def test_the_table_begins_on_the_monday_before_the_first():
    assert first_shown(DAY) == dt.date(2026, 10, 26)
    assert first_shown(dt.date(2027, 2, 1)) == dt.date(2027, 2, 1)
