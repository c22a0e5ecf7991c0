"""A card in the air."""

from __future__ import annotations

from tcmdesk.features.appointments.ui.carry import Carry
from tcmdesk.features.appointments.ui.layout import BoardLayout
from tests.factories.sample_day import DOCTORS, ZONE, board, named

LAYOUT = BoardLayout(board(), DOCTORS, ZONE)


def carry(name="谢承宇", doctor="d1", minute=690):
    return Carry(named(name), doctor, minute)


def test_steps_skip_the_break_both_ways():
    down = carry(minute=705).step(LAYOUT, 0, 1)
    assert down.minute == 810
    assert down.step(LAYOUT, 0, -1).minute == 705


def test_it_never_leaves_the_board():
    far = carry().step(LAYOUT, 20, 200)
    assert (far.doctor_id, far.minute) == ("d6", 1035)
    back = far.step(LAYOUT, -20, -200)
    assert (back.doctor_id, back.minute) == ("d1", 510)


def test_over_someone_it_collides_but_not_over_itself():
    assert carry(minute=660).collides(LAYOUT)
    assert not carry().collides(LAYOUT)


def test_a_pointer_over_the_break_means_its_nearer_side():
    assert carry(minute=690).to(LAYOUT, 0, 750).minute == 810
    assert carry(minute=900).to(LAYOUT, 0, 750).minute == 705
