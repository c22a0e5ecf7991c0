import pytest

from tests.support.qt_log import ALLOWED, allowed_messages


def test_every_allowed_message_has_a_reason():
    assert allowed_messages(ALLOWED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["QWidget: .*\n", "# why\nfirst\nsecond\n", "# why\n\nfirst\n"])
def test_a_message_without_a_reason_is_refused(text):
    with pytest.raises(ValueError, match="without saying why"):
        allowed_messages(text)


def test_a_qt_message_fails_a_test(run_inner):
    result = run_inner(
        "tests.support.qt_log",
        """
from PySide6.QtCore import qDebug, qWarning

def test_warns(qapp):
    qWarning("something is wrong")

def test_debugs(qapp):
    qDebug("left in")

def test_is_allowed(qapp):
    qWarning("No HW decoder found")
""",
        process=True,
    )
    result.assert_outcomes(passed=1, failed=2)
