"""A doctor's week by keyboard: the same cards, cells and keys as on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from tcmdesk.core.errors import Unavailable
from tcmdesk.features.appointments.service import board as reading
from tcmdesk.features.appointments.types import Span
from tcmdesk.features.appointments.ui.layout import CardSpot, CellSpot
from tests.factories.clinic import DAY
from tests.support.accessibility import unnamed_widgets
from tests.support.sql import sql_allowed

MONDAY = dt.date(2026, 11, 23)
ALT = Qt.KeyboardModifier.AltModifier


def booked(desk, name, slot, *, doctor=0, day=DAY, status="confirmed"):
    with sql_allowed():
        return desk.clinic.platform_booking(
            desk.doctors[doctor], desk.clinic.account(name), slot, day=day, status=status
        )


@pytest.fixture
def week(make_desk):
    """A desk whose board shows the first doctor's week."""
    desk = make_desk()
    booked(desk, "沈若兰", "14:00")
    booked(desk, "白露", "09:00", day=DAY + dt.timedelta(days=2), status="pending")
    booked(desk, "钟慧", "09:00", doctor=1)
    desk.reload()
    desk.choose("沈若兰")
    desk.key(Qt.Key.Key_2)
    desk.loaded()
    desk.until(lambda: desk.screen.grid.board.is_week)
    return desk


def test_one_doctors_seven_days(week):
    board = week.screen.grid.board
    assert week.shown() == {"沈若兰", "白露"}
    assert board.days == tuple(MONDAY + dt.timedelta(days=ahead) for ahead in range(7))
    assert {placed.card.patient_name: placed.column for placed in board.placed.values()} == {
        "沈若兰": 1,
        "白露": 3,
    }
    assert week.screen.bar.title.text() == "23 – 29 Nov"
    assert week.screen.grid.card.card.patient_name == "沈若兰"


def test_a_week_is_read_side_by_side(week, statements):
    with statements(week.context.database) as log:
        week.reload()
    texts = [text for text in log.texts if "'card'" in text or "substr" in text]
    assert len(texts) == 1, str(log)


def test_arrows_go_from_day_to_day_and_the_line_of_now_is_only_on_today(week):
    grid = week.screen.grid
    assert grid.today_columns() == range(1, 2)
    week.keys(Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert grid.spot == CellSpot(week.doctors[0], 14 * 60, 3)
    assert grid.bookable(grid.spot)
    week.keys(Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert grid.spot == CellSpot(week.doctors[0], 14 * 60, 0)
    assert not grid.bookable(grid.spot)


def test_booking_in_a_week_is_on_the_day_of_the_column(week):
    week.keys(Qt.Key.Key_Right, Qt.Key.Key_Return)
    doctor, starts_at = week.screen.sheets.booking.target
    assert doctor.doctor_id == week.doctors[0]
    assert starts_at == dt.datetime(2026, 11, 25, 6, 0, tzinfo=dt.UTC)


def test_a_card_is_carried_to_another_day_by_arrows(week):
    week.keys(Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    thursday = DAY + dt.timedelta(days=2)
    week.until(lambda: "沈若兰" in week.cards(thursday))
    assert week.clock(week.cards(thursday)["沈若兰"]) == "14:15"
    week.until(lambda: week.screen.grid.card is not None and week.screen.grid.card.column == 3)


def test_steps_are_weeks_and_the_cell_stays_on_its_weekday(week):
    week.key(Qt.Key.Key_Right)
    week.key(Qt.Key.Key_BracketRight)
    week.until(lambda: week.screen.grid.board.day == MONDAY + dt.timedelta(days=7))
    assert week.screen.grid.spot == CellSpot(week.doctors[0], 14 * 60, 2)
    week.key(Qt.Key.Key_T)
    week.until(lambda: week.screen.grid.board.day == MONDAY)


def test_another_doctor_by_keys(week):
    week.key(Qt.Key.Key_Down, ALT)
    week.until(lambda: week.shown() == {"钟慧"})
    assert week.screen.days.view.doctor_id == week.doctors[1]
    week.key(Qt.Key.Key_Up, ALT)
    week.until(lambda: "沈若兰" in week.shown())


def test_back_to_the_day_of_the_chosen_column_with_everybody(week):
    week.screen.grid.set_spot(
        next(
            CardSpot(key)
            for key, each in week.screen.grid.board.placed.items()
            if each.card.patient_name == "白露"
        )
    )
    week.key(Qt.Key.Key_1)
    week.until(lambda: week.shown() == {"白露"} and not week.screen.grid.board.is_week)
    assert week.screen.day == DAY + dt.timedelta(days=2)
    assert week.screen.days.view.doctor_id == ""
    assert len(week.screen.grid.board.doctors) == 2
    assert week.screen.grid.card.card.patient_name == "白露"


def test_beside_it_figures_openings_and_what_is_to_do(week):
    panel = week.screen.aside.week
    assert panel.isVisible()
    week.until(lambda: any(getattr(line, "action", "") == "Book" for line in panel.list.side_model.lines))
    assert panel.figures.accessibleName() == "Booked 2, Unconfirmed 1, Video 0"
    panel.list.setFocus()
    row = panel.list.current_row
    week.key(Qt.Key.Key_Return)
    assert week.screen.sheets.booking.target[1] == row.value.starts_at
    assert week.screen.days.view.span is Span.WEEK


def test_the_heads_and_cells_say_their_day(week):
    head = week.screen.grid.board_model.headerData(
        3, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )
    assert head.startswith("Thu 26 Nov")
    row = week.screen.grid.board.axis.row_at(14 * 60)
    said = week.screen.grid.board_model.index(row, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "14:00 Thu 26 Nov, free"


def test_a_refresh_disturbs_nothing(week):
    week.key(Qt.Key.Key_Right)
    spot = week.screen.grid.spot
    booked(week, "夏青", "16:00", day=DAY + dt.timedelta(days=1))
    week.reload()
    assert "夏青" in week.shown()
    assert week.screen.grid.spot == spot


def test_every_control_has_a_name(week):
    assert unnamed_widgets(week.window) == []


def test_a_clash_of_another_day_is_resolved(week):
    wednesday = DAY + dt.timedelta(days=1)
    booked(week, "夏青", "16:00", day=wednesday)
    booked(week, "崔莹", "16:15", day=wednesday)
    week.reload()
    week.key(Qt.Key.Key_R)
    assert week.screen.sheets.open_sheet is week.screen.sheets.clash


def test_openings_that_cannot_be_read_are_said_and_asked_for_again(week, monkeypatch):
    def away(*_arguments, **_more):
        raise Unavailable("db.away", "away")

    panel = week.screen.aside.week

    def offers():
        return {getattr(line, "action", "") for line in panel.list.side_model.lines}

    week.until(lambda: "Book" in offers())
    monkeypatch.setattr(reading, "openings", away)
    week.reload()
    week.qtbot.wait(100)
    assert "Book" in offers(), "what was found stays"
    week.screen.step_day(1)
    week.until(lambda: "Try again" in offers())
    monkeypatch.undo()
    panel._on_list_opened(next(line for line in panel.list.side_model.lines if getattr(line, "action", "")))
    week.until(lambda: "Book" in offers())
    assert "Try again" not in offers()
