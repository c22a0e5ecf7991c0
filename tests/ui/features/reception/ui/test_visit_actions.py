"""Steps of a visit: said, undone, refused."""

import pytest

from tcmdesk.features.reception.ui.visit_actions import VisitActions
from tcmdesk.features.visits.types import Stage
from tests.support.sql import sql_allowed


@pytest.fixture
def actions(front):
    made = VisitActions(front.context, front.window)
    front.done, front.refused = [], []
    made.done.connect(front.done.append)
    made.refused.connect(front.refused.append)
    return made


def day_card(front, name):
    from tcmdesk.features.appointments.service import board
    from tests.factories.clinic import DAY, ZONE

    with sql_allowed():
        found = front.context.database.read(
            lambda connection: board.day_board(connection, front.context.actor, DAY, ZONE)
        )
    return next(card for card in found.cards if card.patient_name == name)


def test_arrive_and_undo(front, actions):
    appointment = front.book("罗文彬", "10:45")
    actions.arrive(day_card(front, "罗文彬"))
    front.until(lambda: front.done == [appointment])
    message = front.said[-1]
    assert message.text == "No. 1 罗文彬 has arrived"
    message.actions[0].run()
    front.until(lambda: len(front.done) == 2)
    assert front.room().waiting == ()


def test_a_platform_booking_asks_for_whom_and_does_not_wait(front, actions):
    with sql_allowed():
        account = front.clinic.account("田野")
        appointment = front.clinic.platform_booking(front.doctors[0], account, "10:30")
    wanted = []
    actions.card_requested.connect(wanted.append)
    actions.arrive(day_card(front, "田野"))
    front.until(lambda: front.done == [appointment])
    question = front.said[-1]
    assert "田野" in question.text
    question.actions[0].run()
    assert wanted == [appointment]


def test_from_call_to_end(front, actions):
    (appointment,) = front.arrive(("罗文彬", "10:45"))
    actions.call(front.card("罗文彬"))
    front.until(lambda: len(front.done) == 1)
    actions.start(front.card("罗文彬"))
    front.until(lambda: len(front.done) == 2)
    actions.finish(front.card("罗文彬"))
    front.until(lambda: len(front.done) == 3)
    assert day_card(front, "罗文彬").visit.stage is Stage.FINISHED
    assert front.done == [appointment] * 3


def test_next_calls_the_first_and_says_when_nobody_is_left(front, actions):
    first, _ = front.arrive(("罗文彬", "10:45"), ("马惠芳", "11:00"))
    actions.call_next(front.doctors[0])
    front.until(lambda: front.done == [first])
    actions.call_next(front.doctors[1])
    front.until(lambda: front.said[-1].text == "Nobody waits for this doctor")


def test_the_second_desk_is_told_and_nothing_is_overwritten(front, actions):
    (appointment,) = front.arrive(("罗文彬", "10:45"))
    seen = front.card("罗文彬")
    front.step("call", appointment, 0)
    actions.call(seen)
    front.until(lambda: len(front.refused) == 1)
    assert front.refused[0].code == "visits.overtaken"
    assert front.said[-1].text.startswith("Number 1 has just been called")
    assert front.card("罗文彬").visit.call_count == 1


def test_cancelled_while_the_card_was_open(front, actions):
    front.book("罗文彬", "10:45")
    card = day_card(front, "罗文彬")
    with sql_allowed(), front.context.database.writes.begin() as connection:
        connection.exec_driver_sql("UPDATE appointments SET status = 'cancelled'")
    actions.arrive(card)
    front.until(lambda: len(front.refused) == 1)
    assert front.refused[0].code == "appointments.cancelled"
