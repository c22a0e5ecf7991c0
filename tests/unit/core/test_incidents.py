"""Faults get a number and lose their words."""

import logging
import re

import pytest
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.errors import Conflict
from tcmdesk.core.incidents import describe, number_of, trace

PATIENT = "沈若兰"


def _fail(patient):
    local = {"phone": "19900001234"}
    raise ValueError(f"cannot book {patient} {local}")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError(PATIENT), "ValueError"),
        (KeyError(PATIENT), "KeyError"),
        (Conflict("slot.taken", "{name} was first", name=PATIENT), "Conflict(slot.taken)"),
        (FileNotFoundError(2, "No such file", f"/home/{PATIENT}"), "FileNotFoundError(errno 2)"),
        (
            IntegrityError("INSERT", {}, Exception(1062, f"Duplicate entry '{PATIENT}'")),
            "IntegrityError(1062)",
        ),
        (IntegrityError("INSERT", {}, Exception(f"UNIQUE failed: {PATIENT}")), "IntegrityError(Exception)"),
    ],
)
def test_an_error_is_described_without_its_text(error, text):
    assert describe(error) == text


def test_the_trace_names_places_and_causes_only():
    try:
        try:
            _fail(PATIENT)
        except ValueError as cause:
            raise RuntimeError(f"while serving {PATIENT}") from cause
    except RuntimeError as error:
        lines = list(trace(error))

    text = "\n".join(lines)
    assert lines[0] == "RuntimeError"
    assert "after" in lines
    assert re.search(r"tests/unit/core/test_incidents\.py:\d+ _fail", text)
    assert PATIENT not in text
    assert "19900001234" not in text


def test_errors_that_point_at_each_other_end():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one

    assert list(trace(one)) == ["ValueError", "after", "KeyError"]


def test_a_fault_has_one_number_and_is_written_once(caplog):
    error = ValueError(PATIENT)

    with caplog.at_level(logging.ERROR, "tcmdesk"):
        number = number_of(error)
        again = number_of(error)

    assert number == again
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", number)
    assert [record.getMessage() for record in caplog.records] == [f"fault {number}"]


def test_two_faults_have_two_numbers():
    assert number_of(ValueError()) != number_of(ValueError())
