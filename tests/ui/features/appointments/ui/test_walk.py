"""Where the arrow keys lead."""

from __future__ import annotations

import pytest

from tcmdesk.features.appointments.ui.layout import BoardLayout, CardSpot, CellSpot
from tcmdesk.features.appointments.ui.walk import Walk
from tests.factories.sample_day import DOCTORS, ZONE, board, named

LEFT, RIGHT, UP, DOWN = (-1, 0), (1, 0), (0, -1), (0, 1)


@pytest.fixture
def walk():
    return Walk(BoardLayout(board(), DOCTORS, ZONE))


def spot(name):
    return CardSpot(named(name).appointment_id)


@pytest.mark.parametrize(
    ("start", "way", "end"),
    [
        (spot("罗文彬"), DOWN, spot("马惠芳")),
        (spot("罗文彬"), UP, spot("沈若兰")),
        (spot("罗文彬"), RIGHT, spot("卢思语")),
        (spot("卢思语"), RIGHT, spot("方宁")),
        (spot("方宁"), LEFT, spot("卢思语")),
        (spot("方宁"), RIGHT, spot("江月明")),
        (spot("吴佩珊"), UP, spot("吴佩珊")),
        (spot("吴佩珊"), LEFT, spot("吴佩珊")),
        (spot("谢承宇"), DOWN, CellSpot("d1", 705)),
        (CellSpot("d1", 705), DOWN, spot("宋雨桐")),
        (CellSpot("d5", 645), LEFT, CellSpot("d4", 645)),
    ],
)
def test_one_step(walk, start, way, end):
    assert walk.step(start, *way) == end


def test_sideways_keeps_its_minute_over_long_cards(walk):
    at = spot("姚佳宁")
    for _ in range(2):
        at = walk.step(at, *RIGHT)
    assert at == spot("乔安安")


def test_the_edges_of_a_column(walk):
    assert walk.edge(spot("罗文彬"), last=False) == spot("吴佩珊")
    assert walk.edge(spot("俞家豪"), last=True) == CellSpot("d6", 1035)


def test_every_spot_is_reached_from_the_top(walk):
    layout = BoardLayout(board(), DOCTORS, ZONE)
    for column in range(len(DOCTORS)):
        spots = list(layout.spots(column))
        at, seen = spots[0], [spots[0]]
        for _ in spots[1:]:
            at = walk.step(at, *DOWN)
            seen.append(at)
        assert seen == spots
