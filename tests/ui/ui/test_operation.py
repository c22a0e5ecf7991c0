import threading

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication

from tcmdesk.core.db.executor import Executor
from tcmdesk.core.errors import UserError
from tcmdesk.ui.operation import Operation


@pytest.fixture
def executor():
    made = Executor(embedded=True)
    yield made
    made.close()


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.fixture
def reported():
    return []


def operation(executor, owner, reported, work):
    return Operation(executor, work, owner=owner, report=reported.append)


def test_the_work_is_done_elsewhere_and_the_outcome_told_here(executor, owner, reported, qtbot):
    threads = []
    done = []

    def work():
        threads.append(threading.current_thread())
        return 7

    def told(result):
        done.append((result, QThread.currentThread()))

    operation(executor, owner, reported, work).on_done(told).start()
    qtbot.waitUntil(lambda: bool(done))
    assert done == [(7, QApplication.instance().thread())]
    assert threads[0] is not threading.main_thread()
    assert reported == []


def test_an_error_that_nobody_handles_is_reported(executor, owner, reported, qtbot):
    error = UserError("test", "no")

    def work():
        raise error

    operation(executor, owner, reported, work).start()
    qtbot.waitUntil(lambda: bool(reported))
    assert reported == [error]


@pytest.mark.parametrize(("answer", "told"), [(None, 0), (True, 0), (False, 1)])
def test_a_handler_says_whether_it_is_to_be_reported_as_well(executor, owner, reported, qtbot, answer, told):
    seen = []

    def work():
        raise UserError("test", "no")

    def failed(error):
        seen.append(error)
        return answer

    operation(executor, owner, reported, work).on_failed(failed).start()
    qtbot.waitUntil(lambda: bool(seen))
    assert len(reported) == told


def test_what_was_cancelled_is_not_heard_of(executor, owner, reported, qtbot):
    gate = threading.Event()
    done = []
    asked = operation(executor, owner, reported, gate.wait).on_done(done.append).start()
    asked.cancel()
    gate.set()
    last = operation(executor, owner, reported, lambda: "last").on_done(done.append).start()
    qtbot.waitUntil(lambda: "last" in done)
    assert done == ["last"]
    assert last is not None


def test_an_owner_that_goes_takes_the_outcome_along(executor, qapp, reported, qtbot):
    """Many times over, since a signal of a deleted object would crash only now and then."""
    done = []
    for _ in range(200):
        owner = QObject()
        operation(executor, owner, reported, lambda: 1).on_done(done.append).start()
        owner.deleteLater()
        QApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
        assert not shiboken6.isValid(owner)
    keeper = QObject()
    operation(executor, keeper, reported, lambda: "kept").on_done(done.append).start()
    qtbot.waitUntil(lambda: "kept" in done)
    assert done == ["kept"]
