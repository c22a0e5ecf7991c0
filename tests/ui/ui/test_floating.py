import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.i18n import Translator
from tcmdesk.ui.floating import LEAST_WIDTH, FloatingPlace
from tcmdesk.ui.messages import Message, MessageBar, Messages


@pytest.fixture
def messages(qapp):
    return Messages(Translator("en"), lambda _error: "7F3A")


@pytest.fixture
def window(messages, show):
    """A bar whose middle is free, a message bar above it, and work below."""
    made = QWidget()
    column = QVBoxLayout(made)
    floating = FloatingPlace(made)
    made.bar = MessageBar(messages, "Close", made, floating=floating)
    column.addWidget(made.bar)
    row = QHBoxLayout()
    made.free = QWidget(made)
    made.free.setFixedHeight(56)
    row.addWidget(made.free, 1)
    column.addLayout(row)
    made.work = QWidget(made)
    column.addWidget(made.work, 1)
    made.floating = floating
    show(made, 900, 400)
    floating.follow(made.free)
    return made


def test_a_passing_message_moves_nothing(window, messages):
    before = window.work.mapTo(window, window.work.rect().topLeft())
    messages.done("Booked")
    QApplication.processEvents()
    assert window.work.mapTo(window, window.work.rect().topLeft()) == before
    assert window.floating.isVisible()
    assert window.bar.texts == ["Booked"]
    place = window.free.geometry()
    assert place.contains(window.floating.geometry())


def test_what_stays_pushes_the_screen_down(window, messages):
    messages.warn("The database cannot be reached")
    assert window.bar.isVisible()
    assert not window.floating.isVisible()


def test_it_goes_with_its_message(window, messages):
    messages.done("Booked", key="booked")
    messages.withdraw("booked")
    assert not window.floating.isVisible()
    assert window.bar.texts == []


def test_a_newer_one_takes_its_place(window, messages):
    messages.post(Message("first", key="1"))
    messages.post(Message("second", key="2"))
    assert window.bar.texts == ["second"]
    assert not window.bar.isVisible()


def test_an_offer_to_undo_is_not_pushed_away(window, messages):
    undone = []
    messages.done("Cancelled", undo=lambda: undone.append(1))
    messages.post(Message("Something else", key="else"))
    assert window.bar.texts == ["Cancelled", "Something else"]
    window.bar.undo.run()
    assert undone == [1]
    assert window.bar.texts == ["Something else"]


def test_without_room_it_is_shown_above(window, messages):
    window.free.setFixedWidth(LEAST_WIDTH - 1)
    QApplication.processEvents()
    messages.done("Booked")
    assert window.bar.isVisible()
    assert not window.floating.isVisible()


def test_it_follows_the_free_room(window, messages):
    messages.done("Booked")
    window.resize(1200, 400)
    QApplication.processEvents()
    assert window.free.geometry().contains(window.floating.geometry())


def test_room_that_was_given_back_a_moment_ago_counts(window, messages):
    row = window.free.parentWidget().layout().itemAt(1).layout()
    sheet = QWidget()
    sheet.setFixedWidth(800)
    row.addWidget(sheet)
    QApplication.processEvents()
    assert not window.floating.has_room
    sheet.hide()
    messages.done("Booked")
    assert window.floating.isVisible()
