"""What a person's data may be."""

import datetime as dt

import pytest

from tcmdesk.core.errors import ValidationError
from tcmdesk.features.patients.service._rules import check_birthday, check_phone, clean_name

NOW = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "name", ["O'Neil “乐”", "𠮷野家", "😀", "阿依古丽·买买提", 'Robert"); DROP TABLE users;--', "ß"]
)
def test_names_stay_as_people_write_them(name):
    assert clean_name(name) == name


def test_spaces_and_control_characters_go():
    assert clean_name("  李\t小\x00民\n") == "李 小民"


@pytest.mark.parametrize("name", ["", "   ", "\n", "x" * 101])
def test_no_name_or_an_endless_one_is_refused(name):
    with pytest.raises(ValidationError) as caught:
        clean_name(name)
    assert caught.value.field == "name"


@pytest.mark.parametrize("day", [dt.date(2026, 11, 26), dt.date(1895, 1, 1)])
def test_birthdays_to_come_or_of_another_age_are_refused(day):
    with pytest.raises(ValidationError) as caught:
        check_birthday(day, NOW)
    assert caught.value.field == "birthday"


@pytest.mark.parametrize("day", [None, dt.date(2026, 11, 24), dt.date(1900, 2, 28)])
def test_other_birthdays_pass(day):
    check_birthday(day, NOW)


def test_a_short_number_says_how_many_digits_it_has():
    with pytest.raises(ValidationError) as caught:
        check_phone("199 0")
    assert (caught.value.field, caught.value.params["count"]) == ("phone", 4)
