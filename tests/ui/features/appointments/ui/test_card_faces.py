"""Kept cards look like painted ones, and a new day never holds the window up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tcmdesk.core.i18n import Translator
from tcmdesk.features.appointments.ui import card_faces
from tcmdesk.features.appointments.ui.card_faces import CardFaces
from tcmdesk.features.appointments.ui.card_painter import CardPainter, CardState
from tcmdesk.features.appointments.ui.placing import Placed
from tcmdesk.ui.theme.current import apply, current
from tcmdesk.ui.theme.theme import Theme
from tests.factories.sample_day import DAY, named

BOX = QRectF(4, 2, 160, 45)
PLACED = Placed(named("沈若兰"), 0, 615, 645)


@pytest.fixture
def cards():
    return CardPainter(Translator("en"), DAY)


def picture(draw):
    image = QImage(170, 50, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("state", CardState)
def test_a_kept_card_is_the_painted_card(cards, state, monkeypatch):
    monkeypatch.setattr(card_faces, "PAINT_SECONDS", 60.0)
    faces = CardFaces()
    faces.begin()
    painted = picture(lambda painter: cards.card(painter, BOX, PLACED, state))
    assert picture(lambda painter: faces.draw(painter, BOX, PLACED, state, cards)) == painted
    assert picture(lambda painter: faces.draw(painter, BOX, PLACED, state, cards)) == painted


def test_when_time_is_up_the_ground_stands_in_and_more_is_announced(cards, monkeypatch):
    monkeypatch.setattr(card_faces, "PAINT_SECONDS", -1.0)
    faces = CardFaces()
    faces.begin()
    ground = picture(lambda painter: painter.fillRect(BOX, current().colour("tile")))
    assert picture(lambda painter: faces.draw(painter, BOX, PLACED, CardState.CONFIRMED, cards)) == ground
    assert faces.missing


def test_another_look_is_painted_anew(qapp, cards, monkeypatch):
    monkeypatch.setattr(card_faces, "PAINT_SECONDS", 60.0)
    faces = CardFaces()
    faces.begin()
    light = picture(lambda painter: faces.draw(painter, BOX, PLACED, CardState.CONFIRMED, cards))
    apply(qapp, Theme(mode="dark"))
    faces.begin()
    assert picture(lambda painter: faces.draw(painter, BOX, PLACED, CardState.CONFIRMED, cards)) != light


def test_the_oldest_go_first(cards, monkeypatch):
    monkeypatch.setattr(card_faces, "KEPT", 2)
    monkeypatch.setattr(card_faces, "PAINT_SECONDS", 60.0)
    faces = CardFaces()
    faces.begin()
    for width in (100, 110, 120):
        picture(
            lambda painter, width=width: faces.draw(
                painter, QRectF(0, 0, width, 21), PLACED, CardState.DONE, cards
            )
        )
    assert len(faces._faces) == 2


def test_what_was_missing_is_painted_right_after(cards, monkeypatch):
    painted = picture(lambda painter: cards.card(painter, BOX, PLACED, CardState.CONFIRMED))
    monkeypatch.setattr(card_faces, "PAINT_SECONDS", -1.0)
    faces = CardFaces()
    faces.begin()
    picture(lambda painter: faces.draw(painter, BOX, PLACED, CardState.CONFIRMED, cards))
    monkeypatch.setattr(card_faces, "PAINT_SECONDS", 60.0)
    assert faces.go_on() == [BOX]
    assert not faces.missing
    monkeypatch.setattr(card_faces, "PAINT_SECONDS", -1.0)
    faces.begin()
    assert picture(lambda painter: faces.draw(painter, BOX, PLACED, CardState.CONFIRMED, cards)) == painted
