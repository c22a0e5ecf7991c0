import threading

import pytest

from tcmdesk.ui.changes import ChangeBus


class Feed:
    """Rings from a thread of its own, as the real one does."""

    def __init__(self):
        self.listeners, self.status_listeners = [], []

    def subscribe(self, listener):
        self.listeners.append(listener)

    def subscribe_status(self, listener):
        self.status_listeners.append(listener)

    def ring(self, *tables):
        thread = threading.Thread(target=lambda: [each(frozenset(tables)) for each in self.listeners])
        thread.start()
        thread.join()

    def report(self, connected):
        thread = threading.Thread(target=lambda: [each(connected) for each in self.status_listeners])
        thread.start()
        thread.join()


@pytest.fixture
def feed():
    return Feed()


@pytest.fixture
def bus(qapp, feed):
    made = ChangeBus()
    made.attach(feed)
    return made


def test_what_rings_together_is_told_once(bus, feed, qtbot):
    told = []
    bus.changed.connect(told.append)
    feed.ring("users")
    feed.ring("appointments", "users")
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(20)
    assert told == [frozenset({"users", "appointments"})]


def test_only_a_change_of_the_connection_is_told(bus, feed, qtbot):
    told = []
    bus.connected_changed.connect(told.append)
    for connected in (True, False, False, True):
        feed.report(connected)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [False, True]
    assert bus.connected
