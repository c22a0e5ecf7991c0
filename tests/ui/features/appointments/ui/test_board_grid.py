"""What the grid tells screen readers, and how it fits its window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tcmdesk.core.i18n import Translator
from tcmdesk.features.appointments.types import Hold
from tcmdesk.features.appointments.ui.board_grid import BoardGrid
from tcmdesk.features.appointments.ui.layout import BoardLayout, CardSpot, CellSpot
from tcmdesk.features.patients.types import PatientRef
from tests.factories.sample_day import DOCTORS, NOW, ZONE, board, named


@pytest.fixture
def grid(qtbot):
    grid = BoardGrid(Translator("en"))
    qtbot.addWidget(grid)
    grid.resize(1080, 816)
    grid.show()
    grid.show_board(BoardLayout(board(), DOCTORS, ZONE), NOW)
    return grid


def said(grid, column, minute):
    row = grid.board.axis.row_at(minute)
    return grid.board_model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_card_speaks_as_one_sentence(grid):
    assert said(grid, 0, 615) == "10:15 沈若兰 F 34 Follow-up Confirmed"
    assert said(grid, 0, 690) == "11:30 谢承宇 M 37 Follow-up Video Platform Confirmed"


def test_a_clash_names_both(grid):
    assert said(grid, 1, 645).startswith("Clash; 10:45")
    assert "方宁" in said(grid, 1, 645)


def test_free_closed_and_break_are_told_apart(grid):
    assert said(grid, 4, 645) == "10:45 周怀瑾, free"
    assert said(grid, 5, 900) == "15:00 顾青禾, closed"
    assert said(grid, 0, 730) == "Break 12:00–13:30"


def test_heads_say_the_load(grid):
    head = grid.board_model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert head == "陈景和 内科, 22 of 26 cells booked"


def test_screen_readers_find_a_table_whose_current_cell_is_the_chosen_card(grid):
    grid.set_spot(CardSpot(named("罗文彬").appointment_id))
    interface = QAccessible.queryAccessibleInterface(grid)
    assert interface.role() == QAccessible.Role.Table
    assert "罗文彬" in grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_long_card_is_one_cell_of_the_table(grid):
    row = grid.board.axis.row_at(600)
    assert grid.rowSpan(row, 2) == 3
    assert grid.columnSpan(grid.board.axis.row_at(730), 0) == len(DOCTORS)


def test_the_whole_day_fits_where_the_look_says(grid):
    assert grid.verticalScrollBar().maximum() == 0
    assert grid.axis.cell == 24


def test_what_is_chosen_survives_the_card_that_goes(grid):
    grid.set_spot(CardSpot(named("罗文彬").appointment_id))
    without = tuple(card for card in board().cards if card.patient_name != "罗文彬")
    grid.show_board(BoardLayout(board(without), DOCTORS, ZONE), NOW)
    assert grid.spot.minute == 645
    assert grid.spot.doctor_id == "d1"


def test_the_time_line_moves_and_ends_with_the_day(grid):
    before = grid.now_y()
    grid.set_now(NOW + dt.timedelta(minutes=30))
    assert grid.now_y() == before + 48
    grid.set_now(NOW + dt.timedelta(hours=12))
    assert grid.now_y() is None


def test_a_scroll_bar_changes_no_width(grid):
    widths = [grid.columnWidth(column) for column in range(len(DOCTORS))]
    grid.resize(1080, 500)
    assert grid.verticalScrollBar().maximum() > 0
    assert grid._thumb.isVisible()
    assert [grid.columnWidth(column) for column in range(len(DOCTORS))] == widths
    grid._thumb.setValue(40)
    assert grid.verticalScrollBar().value() == 40


def test_a_time_that_is_kept_for_someone_is_not_shown_as_free(grid):
    cell = grid.spot_rect(CellSpot("d5", 645)).toRect()
    before = grid.viewport().grab(cell).toImage()
    hold = Hold(
        "h1",
        "d5",
        NOW.replace(hour=10, minute=45),
        15,
        PatientRef("u1"),
        "梁晚秋",
        NOW + dt.timedelta(minutes=10),
    )
    grid.set_holds((hold,))
    assert grid.viewport().grab(cell).toImage() != before
    grid.set_holds(())
    assert grid.viewport().grab(cell).toImage() == before
