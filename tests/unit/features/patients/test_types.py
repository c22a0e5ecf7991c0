"""How a person is said in a few characters."""

from __future__ import annotations

import datetime as dt

import pytest

from tcmdesk.core.i18n import Translator
from tcmdesk.features.patients.types import (
    Gender,
    PatientRef,
    age_text,
    masked_phone,
    relationship_text,
    sex_age,
)

TODAY = dt.date(2026, 11, 24)
EN = Translator("en")


@pytest.mark.parametrize(
    ("birthday", "said"),
    [
        (dt.date(1992, 11, 24), "34"),
        (dt.date(1992, 11, 25), "33"),
        (dt.date(2025, 1, 1), "22 mo"),
        (dt.date(2026, 11, 12), "12 d"),
        (None, ""),
    ],
)
def test_ages(birthday, said):
    assert age_text(EN, birthday, TODAY) == said


def test_sex_and_age_say_what_is_known():
    assert sex_age(EN, Gender.FEMALE, dt.date(1992, 1, 1), TODAY) == "F 34"
    assert sex_age(EN, Gender.OTHER, dt.date(1992, 1, 1), TODAY) == "Other 34"
    assert sex_age(EN, Gender.MALE, None, TODAY) == "M"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("19900002706", "199 **** 2706"),
        ("+8619900002706", "199 **** 2706"),
        ("2706", "**** 2706"),
        (None, ""),
    ],
)
def test_a_phone_shows_enough_to_compare(phone, shown):
    assert masked_phone(phone) == shown


def test_ties():
    member = PatientRef("u", "p")
    assert relationship_text(EN, PatientRef("u"), None) == "Holder"
    assert relationship_text(EN, member, "本人") == "Holder"
    assert relationship_text(EN, member, "Son") == "Son"
    assert relationship_text(EN, member, "表妹") == "表妹"
    assert relationship_text(EN, member, None) == ""
