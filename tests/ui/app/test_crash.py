"""Faults in every corner end in the log, by number and without anyone's data."""

import gc
import logging
import sys
import threading

import pytest
from PySide6.QtCore import QTimer, qWarning

from tcmdesk.core import log
from tcmdesk.core.db.executor import Executor
from tcmdesk.core.i18n import translator
from tcmdesk.core.incidents import number_of
from tcmdesk.ui.messages import MessageBar, Messages
from tcmdesk.ui.operation import Operation

PATIENT, PHONE = "尉迟问樵", "19900001234"


@pytest.fixture
def written(tmp_path, crash):
    """The log with the crash handler behind everything; gives all files' text."""
    log.start(tmp_path)
    crash.install(tmp_path)
    yield lambda: "".join(path.read_text("utf-8") for path in tmp_path.iterdir())
    crash.uninstall()
    log.stop()


def _fail():
    name = PATIENT
    raise ValueError(f"cannot book {name}, {PHONE}")


def _clean(text):
    return PATIENT not in text and PHONE not in text and "cannot book" not in text


@pytest.mark.no_qt_log
def test_a_fault_in_a_slot_is_told_and_the_program_goes_on(written, crash, qtbot):
    with qtbot.captureExceptions(), qtbot.waitSignal(crash.reported, timeout=2000) as told:
        # pytest-qt puts its own hook in place while a test runs
        sys.excepthook = crash._on_exception
        QTimer.singleShot(0, _fail)

    assert told.args[0] in written()
    assert "_fail" in written()
    assert _clean(written())


def test_a_fault_in_a_thread_is_told(written, crash, qtbot):
    threading.excepthook = crash._on_thread_exception
    with qtbot.waitSignal(crash.reported, timeout=2000) as told:
        thread = threading.Thread(target=_fail)
        thread.start()
        thread.join()

    assert told.args[0] in written()
    assert _clean(written())


def test_a_fault_where_nobody_can_answer_is_written(written, crash):
    sys.unraisablehook = crash._on_unraisable

    class Cursed:
        def __del__(self):
            _fail()

    Cursed()
    gc.collect()

    assert "fault" in written()
    assert _clean(written())


def test_what_qt_says_is_written_without_what_it_quotes(written, crash):
    crash._on_qt_message(
        next(iter(_levels())), type("Context", (), {"category": "qt.sql"})(), f"bad value '{PATIENT}' {PHONE}"
    )

    assert "tcmdesk.qt qt.sql bad value … …" in written()


def _levels():
    from PySide6.QtCore import QtMsgType

    yield QtMsgType.QtWarningMsg


def test_a_failing_operation_leaves_no_trace_of_a_patient(written, qtbot):
    messages = Messages(translator("en"), number_of)
    bar = MessageBar(messages, "Close")
    qtbot.addWidget(bar)
    executor = Executor(embedded=True)
    try:
        Operation(executor, _fail, owner=bar, report=messages.show_error).start()
        qtbot.waitUntil(lambda: bar.texts != [], timeout=2000)
    finally:
        executor.close()

    number = bar.texts[0].rsplit(" ", 1)[-1].rstrip(".")
    assert number in written()
    assert "ValueError" in written()
    assert _clean(written())
    assert _clean(bar.texts[0])
    bar._remove(bar._shown[0])


def test_everything_is_given_back(tmp_path, crash):
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    crash.install(tmp_path)
    crash.uninstall()

    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) != (
        crash._on_exception,
        crash._on_thread_exception,
        crash._on_unraisable,
    )
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def test_ctrl_c_quits_instead_of_being_told(crash, monkeypatch, caplog):
    from PySide6.QtWidgets import QApplication

    ended = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    with caplog.at_level(logging.ERROR):
        crash._on_exception(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert ended == [True]
    assert caplog.records == []


def test_qt_really_hands_its_messages_over(written, crash, qtlog):
    with qtlog.disabled():
        from PySide6.QtCore import qInstallMessageHandler

        qInstallMessageHandler(crash._on_qt_message)
        qWarning(f"about {PATIENT}")

    assert "tcmdesk.qt default about …" in written()
