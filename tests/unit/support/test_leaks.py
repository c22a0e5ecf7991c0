from functools import partial

import pytest


@pytest.fixture
def run(run_inner, monkeypatch):
    monkeypatch.setattr("tests.support.leaks.GRACE_SECONDS", 0.1)
    return partial(run_inner, "tests.support.leaks")


def test_a_thread_that_goes_on_fails_the_test(run):
    result = run(
        """
import threading
release = threading.Event()

def test_starts_a_thread():
    threading.Thread(target=release.wait, name="forgotten", daemon=True).start()

def test_after():
    release.set()
""",
        folder="tests/unit",
    )
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*threads outlive the test: forgotten*"])


def test_a_thread_that_ends_in_time_is_fine(run):
    result = run("import threading\ndef test_it():\n    threading.Thread(target=lambda: None).start()\n")
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("making", "name"),
    [
        (
            "from PySide6.QtCore import QTimer\nthing = QTimer(); thing.setInterval(50); thing.start()",
            "QTimer of nobody",
        ),
        ("from PySide6.QtCore import QThread\nthing = QThread(); thing.start()", "QThread of nobody"),
        (
            (
                "from PySide6.QtCore import QVariantAnimation\n"
                "thing = QVariantAnimation(); thing.setStartValue(0); thing.setEndValue(9); thing.setLoopCount(-1)\n"
                "thing.start()"
            ),
            "QVariantAnimation of nobody",
        ),
    ],
)
def test_qt_work_that_goes_on_fails_the_test(run, making, name):
    indented = "\n    ".join(making.splitlines())
    ending = "thing.quit(); thing.wait()" if "QThread" in making else "thing.stop()"
    result = run(
        f"""
import pytest

@pytest.fixture(scope="module")
def kept():
    things = []
    yield things
    thing = things[0]
    {ending}

def test_it(qapp, kept):
    {indented}
    kept.append(thing)
"""
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"*still running after the test: {name}*"])


def test_a_timer_goes_with_its_closed_widget(run):
    result = run(
        """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

def test_it(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    timer = QTimer(widget)
    timer.start(50)
"""
    )
    result.assert_outcomes(passed=1)
