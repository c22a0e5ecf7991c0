"""The waiting room, by keyboard and by what others do."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from tcmdesk.core.errors import Unavailable
from tcmdesk.features.reception.ui.waiting_lines import Heading, RoomLine, WaitingLine
from tcmdesk.features.reception.ui.waiting_room import WaitingRoomPanel
from tcmdesk.ui.components.states import EmptyState, ErrorState
from tests.factories.clinic import DAY


def names(panel):
    return [
        line.entry.card.patient_name
        for line in panel.list.waiting_model.lines
        if isinstance(line, WaitingLine)
    ]


@pytest.fixture
def busy(front):
    front.ids = front.arrive(("罗文彬", "10:45"), ("马惠芳", "11:00"), ("江月明", "11:15"), minutes_apart=10)
    front.panel = front.add(WaitingRoomPanel)
    front.until(lambda: len(names(front.panel)) == 3)
    return front


def test_nobody_is_here(front):
    panel = front.add(WaitingRoomPanel)
    front.until(lambda: isinstance(panel._stack.currentWidget(), EmptyState))
    assert panel.next_entry() is None


def test_before_the_first_answer_nobody_is_said_to_wait_nor_nobody(front, monkeypatch):
    def away(_query):
        raise Unavailable("db.away", "away")

    front.arrive(("罗文彬", "10:45"))
    monkeypatch.setattr(front.context.database, "read", away)
    panel = WaitingRoomPanel(front.context, front.window)
    panel.refresh_minutes()
    assert not isinstance(panel._stack.currentWidget(), EmptyState)
    front.window.layout().addWidget(panel)
    panel.show()
    front.until(lambda: isinstance(panel._stack.currentWidget(), ErrorState))
    panel.refresh_minutes()
    failed = panel._stack.currentWidget()
    assert isinstance(failed, ErrorState)
    monkeypatch.undo()
    failed.button.click()
    front.until(lambda: names(panel) == ["罗文彬"])
    assert panel._stack.shows_content


def test_a_later_failure_leaves_those_who_wait_readable(busy, monkeypatch):
    def away(_query):
        raise Unavailable("db.away", "away")

    failures = []
    monkeypatch.setattr(busy.context.database, "read", away)
    shown = busy.panel._on_room_failed
    monkeypatch.setattr(busy.panel, "_on_room_failed", lambda error: failures.append(shown(error)) or True)
    busy.ring()
    busy.until(lambda: len(failures) == 1)
    assert busy.panel._stack.shows_content
    assert len(names(busy.panel)) == 3


def test_longest_wait_first_with_minutes_and_the_average(busy):
    lines = busy.panel.list.waiting_model.lines
    assert names(busy.panel) == ["罗文彬", "马惠芳", "江月明"]
    assert [line.minutes for line in lines] == [30, 20, 10]
    assert [line.too_long for line in lines] == [True, False, False]
    assert [line.next_up for line in lines] == [True, False, False]
    assert busy.panel.head.aside == "3 · ⌀ 20 min"


def test_minutes_recolour_and_nothing_else_moves(busy):
    busy.panel.list.setFocus()
    busy.key(Qt.Key.Key_Down)
    chosen = busy.panel.list.currentIndex().row()
    resets = []
    busy.panel.list.waiting_model.modelReset.connect(lambda: resets.append(True))
    busy.context.clock.advance(dt.timedelta(minutes=12))
    busy.panel.refresh_minutes()
    assert [line.too_long for line in busy.panel.list.waiting_model.lines] == [True, True, False]
    assert (busy.panel.list.hasFocus(), busy.panel.list.currentIndex().row(), resets) == (True, chosen, [])


def test_what_another_desk_does_comes_by_itself(busy):
    busy.panel.list.setFocus()
    busy.key(Qt.Key.Key_Down)
    busy.key(Qt.Key.Key_Down)
    busy.step("start", busy.ids[0])
    busy.ring()
    busy.until(lambda: names(busy.panel) == ["马惠芳", "江月明"])
    rooms = [line for line in busy.panel.list.waiting_model.lines if isinstance(line, RoomLine)]
    assert [line.entry.card.patient_name for line in rooms] == ["罗文彬"]
    assert busy.panel.list.chosen.entry.card.patient_name == "江月明"


def test_a_called_one_stands_first_and_is_not_next(busy):
    busy.step("call", busy.ids[2], 0)
    busy.ring()
    busy.until(lambda: names(busy.panel)[0] == "江月明")
    assert busy.panel.next_entry().card.patient_name == "罗文彬"


def test_enter_opens_and_letters_pass(busy):
    opened = []
    busy.panel.card_requested.connect(opened.append)
    busy.panel.list.setFocus()
    busy.key(Qt.Key.Key_Down)
    busy.key(Qt.Key.Key_Return)
    assert opened == [busy.ids[1]]
    assert busy.panel.chosen_card.patient_name == "马惠芳"


def test_headings_are_stepped_over(busy):
    busy.step("start", busy.ids[2])
    busy.ring()
    busy.until(lambda: any(isinstance(line, Heading) for line in busy.panel.list.waiting_model.lines))
    busy.panel.list.setFocus()
    for _ in range(5):
        busy.key(Qt.Key.Key_Down)
    assert isinstance(busy.panel.list.chosen, RoomLine)


def test_a_doctor_sees_the_own_queue_first(make_front):
    front = make_front(doctor=1)
    front.context.actor, doctor = make_clerk(front), front.context.actor
    mine = front.book("姚佳宁", "11:00", doctor=1)
    front.arrive(("罗文彬", "10:45"))
    front.step("arrive", mine)
    front.context.actor = doctor
    panel = front.add(WaitingRoomPanel)
    front.until(lambda: names(panel) == ["姚佳宁", "罗文彬"])
    assert isinstance(panel.list.waiting_model.lines[1], Heading)
    assert panel.next_entry().card.patient_name == "姚佳宁"


def make_clerk(front):
    from tests.support.sql import sql_allowed

    with sql_allowed():
        return front.clinic.clerk()


def test_another_day_is_not_read(busy):
    busy.panel.show_day(DAY + dt.timedelta(days=1))
    assert busy.panel.room.waiting == ()
    busy.panel.show_day(DAY)
    busy.until(lambda: len(names(busy.panel)) == 3)


def test_hidden_it_reads_nothing_until_it_is_shown(busy):
    busy.panel.hide()
    busy.step("start", busy.ids[0])
    busy.ring()
    assert len(names(busy.panel)) == 3
    busy.panel.show()
    busy.until(lambda: len(names(busy.panel)) == 2)


def test_a_screen_reader_hears_the_whole_row(busy):
    model = busy.panel.list.waiting_model
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "No. 1 罗文彬 陈景和 Arrived 30 min"
