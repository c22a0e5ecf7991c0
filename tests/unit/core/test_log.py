"""The log holds ids and places, never words about people."""

import logging
import warnings

import pytest

from tcmdesk.core import log
from tcmdesk.core.incidents import number_of

PATIENT = "𠮷南烛"
PHONE = "19900001234"


def _look_up(name, phone):
    raise LookupError(f"no slot for {name}, {phone}")


@pytest.fixture
def written(tmp_path):
    path = log.start(tmp_path)
    yield lambda: path.read_text("utf-8")
    log.stop()


def test_our_own_messages_are_written_with_their_ids(written):
    logging.getLogger("tcmdesk.features.appointments").info("booked %s", "0199-id")

    assert "INFO MainThread tcmdesk.features.appointments booked 0199-id" in written()


def test_an_error_handed_to_a_message_loses_its_text(written):
    logging.getLogger("tcmdesk.jobs").warning("job waits: %s", ValueError(PATIENT))

    assert "job waits: ValueError" in written()
    assert PATIENT not in written()


def test_a_fault_leaves_no_trace_of_a_patient(written):
    try:
        _look_up(PATIENT, PHONE)
    except LookupError as error:
        number = number_of(error)

    text = written()
    assert number in text
    assert "test_log.py" in text
    assert PATIENT not in text
    assert PHONE not in text


def test_what_other_packages_say_is_reduced_to_where(written):
    logging.getLogger("asyncio").error("task of %s died: %s", PATIENT, PHONE)

    assert "asyncio (test_log.py:" in written()
    assert PATIENT not in written()
    assert PHONE not in written()


def test_a_warning_is_reduced_as_well(written):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"deprecated for {PATIENT}", DeprecationWarning, stacklevel=1)

    assert "py.warnings" in written()
    assert PATIENT not in written()


def test_other_packages_chatter_is_left_out(written):
    logging.getLogger("sqlalchemy.engine").info("SELECT %s", PATIENT)

    assert written() == ""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"cannot find {PATIENT} here", "cannot find … here"),
        (f"call {PHONE} now", "call … now"),
        ("no \"Zhang San\" in 'list'", "no … in …"),
        ("QObject: 12 px", "QObject: 12 px"),
    ],
)
def test_a_foreign_text_is_scrubbed(text, left):
    assert log.scrub(text) == left


def test_a_large_log_is_set_aside_at_the_next_start(tmp_path):
    (tmp_path / log.FILE_NAME).write_text("x" * (log.LARGEST + 1), "utf-8")

    log.start(tmp_path)
    log.stop()

    assert (tmp_path / "tcmdesk.old.log").stat().st_size > log.LARGEST
    assert (tmp_path / log.FILE_NAME).read_text("utf-8") == ""


def test_a_folder_that_cannot_be_written_means_no_log(tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("", "utf-8")

    assert log.start(blocked) is None
