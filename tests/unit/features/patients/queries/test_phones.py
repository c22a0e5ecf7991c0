"""Telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.identity.types import is_placeholder
from tcmdesk.features.patients.queries.phones import digits, is_plausible, masked, normalised, placeholder


@pytest.mark.parametrize(
    "text",
    [
        "19900001234",
        "+8619900001234",
        "86 199 0000 1234",
        "0086-199-0000-1234",
        "199-0000-1234",
        "（199）00001234",
        "１９９００００１２３４",
    ],
)
def test_one_number_however_it_is_written(text):
    assert normalised(text) == "19900001234"
    assert digits(text) == "19900001234"


def test_other_countries_keep_their_code():
    assert normalised("+49 30 901820") == "+4930901820"
    assert digits("+49 30 901820") == "4930901820"


@pytest.mark.parametrize("phone", ["", "1234", "1" * 16, "abc", "0000123456789", "199 000"])
def test_what_cannot_be_dialled(phone):
    assert not is_plausible(phone)


@given(st.uuids())
def test_a_placeholder_fits_is_stable_and_never_a_number(account):
    number = placeholder(str(account))
    assert number == placeholder(str(account))
    assert len(number) <= 20
    assert is_placeholder(number)
    assert not is_plausible(number)


def test_placeholders_differ():
    assert len({placeholder(str(number)) for number in range(5000)}) == 5000


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("19900001234", "199****1234"), ("12345678", "123*5678"), ("12345", "*****"), ("", "")],
)
def test_a_masked_number_is_recognised_not_read(phone, shown):
    assert masked(phone) == shown
