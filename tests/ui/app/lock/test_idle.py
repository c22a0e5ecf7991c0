"""Nobody has touched the desk for a while."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from tcmdesk.app.lock.idle import IdleWatch


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.line = QLineEdit(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def watch(window):
    watch = IdleWatch(0.3)
    watch.start()
    yield watch
    watch.stop()


def test_it_tells_after_the_time_and_not_before(watch, qtbot):
    begun = time.monotonic()
    with qtbot.waitSignal(watch.idle, timeout=3000):
        pass
    assert time.monotonic() - begun > 0.25


@pytest.mark.parametrize("how", ["key", "mouse"])
def test_a_touch_begins_the_wait_anew(watch, window, how):
    told = []
    watch.idle.connect(lambda: told.append(True))
    handle = window.windowHandle()
    for place in range(10):
        if how == "key":
            QTest.keyClick(handle, Qt.Key.Key_A)
        else:
            QTest.mouseMove(handle, window.rect().center() + window.line.rect().topLeft() * 0 + _step(place))
        QTest.qWait(100)
    assert told == []


def _step(place):
    from PySide6.QtCore import QPoint

    return QPoint(place * 3, 0)


def test_a_window_that_opens_later_counts_too(watch, window, qtbot):
    told = []
    watch.idle.connect(lambda: told.append(True))
    dialog = QWidget()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    for _ in range(8):
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
        QTest.qWait(100)
    assert told == []


def test_after_a_sleep_the_wall_clock_counts(watch, monkeypatch):
    now = time.time()
    monkeypatch.setattr("tcmdesk.app.lock.idle.time.time", lambda: now + 3600)
    assert watch.quiet_seconds > 3500


def test_a_shorter_time_holds_at_once(window, qtbot):
    watch = IdleWatch(600)
    watch.start()
    with qtbot.waitSignal(watch.idle, timeout=2000):
        watch.set_seconds(0.1)
    watch.stop()


def test_stopped_it_says_nothing(watch, qtbot):
    watch.stop()
    with qtbot.assertNotEmitted(watch.idle, wait=500):
        pass
