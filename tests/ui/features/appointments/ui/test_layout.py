"""Where cards lie: lanes, clusters, clash frames, the tray."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.appointments.types import DayBoard
from tcmdesk.features.appointments.ui.layout import BoardLayout, CardSpot, CellSpot
from tests.factories.sample_day import CARDS, DAY, DOCTORS, ZONE, board, card, named


def layout_of(*cards, cancelled=False, clashes=()):
    return BoardLayout(DayBoard(DAY, cards, (), clashes), DOCTORS, ZONE, show_cancelled=cancelled)


def place(layout, name):
    return next(each for each in layout.placed.values() if each.card.patient_name == name)


def test_a_start_off_the_grid_keeps_its_minute():
    placed = place(layout_of(card("d1", "9:20", 25, "白露")), "白露")
    assert (placed.start, placed.end, placed.lanes) == (560, 585, 1)


def test_two_in_one_cell_lie_side_by_side():
    layout = layout_of(card("d1", "9:00", 5, "白露"), card("d1", "9:05", 5, "夏青"))
    assert {place(layout, "白露").lane, place(layout, "夏青").lane} == {0, 1}
    assert len(layout.clusters) == 1


def test_one_after_the_other_has_the_whole_width():
    layout = layout_of(card("d1", "9:00", 15, "白露"), card("d1", "9:15", 15, "夏青"))
    assert [each.lanes for each in layout.placed.values()] == [1, 1]
    assert len(layout.clusters) == 2


def test_cancelled_ones_leave_their_cell_free_until_asked_for():
    cancelled = card("d1", "14:00", 15, "白露", status="canc")
    layout = layout_of(cancelled)
    assert layout.placed == {}
    assert layout.spot_at(0, 840) == CellSpot("d1", 840)
    assert layout.cancelled == 1
    assert place(layout_of(cancelled, cancelled=True), "白露").start == 840
    assert layout_of(cancelled, cancelled=True).busy(0, 840, 855) == ()


def test_nobody_is_dropped():
    stray = card("gone", "9:00", 15, "苗可")
    layout = BoardLayout(DayBoard(DAY, (*CARDS, stray), board().unreadable, ()), DOCTORS, ZONE)
    active = {each.appointment_id for each in (*CARDS, stray) if each.status.value != "cancelled"}
    assert {each.appointment_id for each in layout.tray} | set(layout.placed) == active | {
        each.appointment_id for each in board().unreadable
    }


def test_a_clash_is_one_frame_over_its_cards():
    (frame,) = BoardLayout(board(), DOCTORS, ZONE).frames
    assert (frame.column, frame.start, frame.end) == (1, 645, 675)
    assert {each.card.patient_name for each in frame.placed} == {"卢思语", "方宁"}


def test_load_counts_cells_of_hours_and_of_bookings():
    layout = layout_of(card("d6", "8:30", 30, "白露"), card("d6", "9:50", 15, "夏青"))
    assert layout.load(5) == (4, 14)


def test_the_first_free_cell():
    layout = layout_of(card("d1", "8:30", 30, "白露"))
    assert layout.free_from(510, 0) == CellSpot("d1", 540)
    assert layout.free_from(510) == CellSpot("d2", 510)
    assert layout.free_from(721, 5) is None


def test_every_spot_is_found_again_where_it_lies():
    layout = BoardLayout(board(), DOCTORS, ZONE)
    for column in range(len(DOCTORS)):
        spots = list(layout.spots(column))
        assert len(spots) == len(set(spots))
        for spot in spots:
            assert layout.interval(spot)[0] == column


def test_yesterdays_night_visit_is_shown_where_it_reaches_in():
    late = card("d1", "23:50", 30, "白露", day=DAY - dt.timedelta(days=1))
    assert layout_of(late).placed[late.appointment_id].start == -10


visits = st.lists(st.tuples(st.integers(100, 260), st.integers(1, 24)), max_size=12)


@given(visits)
def test_no_two_cards_are_painted_over_each_other(starts):
    cards = [
        card("d1", f"{start * 5 // 60}:{start * 5 % 60:02d}", length * 5, f"n{at}")
        for at, (start, length) in enumerate(starts)
    ]
    layout = layout_of(*cards)
    assert len(layout.placed) == len(cards)
    placed = list(layout.placed.values())
    for at, one in enumerate(placed):
        assert one.lane < one.lanes
        for other in placed[at + 1 :]:
            if one.start < other.shown_end and other.start < one.shown_end:
                assert one.lane != other.lane
                assert one.lanes == other.lanes
    for cluster in layout.clusters:
        for each in cluster.placed:
            assert layout.axis.row_at(each.start) in cluster.rows


@given(visits)
def test_clusters_share_no_row(starts):
    cards = [
        card("d1", f"{start * 5 // 60}:{start * 5 % 60:02d}", length * 5, f"n{at}")
        for at, (start, length) in enumerate(starts)
    ]
    rows = [row for cluster in layout_of(*cards).clusters for row in cluster.rows]
    assert len(rows) == len(set(rows))


def test_a_spot_of_a_card_stays_its_own():
    spot = CardSpot(named("罗文彬").appointment_id)
    layout = BoardLayout(board(), DOCTORS, ZONE)
    assert layout.interval(spot) == (0, 645, 660)
