from __future__ import annotations

import pytest

from tcmdesk.features.patients.ui.highlight import in_name, in_phone, in_reading


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("lxm", ["l", "x", "m"]),
        ("xm", ["x", "m"]),
        ("lixiao", ["li", "xiao"]),
        ("aom", ["ao", "m"]),
        ("zz", []),
        ("李", []),
        ("1", []),
    ],
)
def test_letters_in_a_reading(typed, marked):
    assert ["li xiao min"[start:end] for start, end in in_reading("li xiao min", typed)] == marked


def test_characters_in_a_name():
    assert in_name("李晓敏", "晓敏") == ((1, 3),)
    assert in_name("李晓敏", "刘") == ()


@pytest.mark.parametrize(
    ("typed", "spans"), [("2706", ((9, 13),)), ("06", ((11, 13),)), ("19900002706", ((9, 13),)), ("1111", ())]
)
def test_digits_at_the_end_of_a_phone(typed, spans):
    assert in_phone("199 **** 2706", typed) == spans
