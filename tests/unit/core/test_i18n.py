"""Languages."""

import datetime as dt

import pytest

from tcmdesk.core.i18n import N_, Translator, system_language, translator

DAY = dt.date(2026, 11, 24)


def test_english_is_what_stands_in_the_source():
    english = Translator("en")
    assert english("Book {name}") == "Book {name}"
    assert english.ngettext("one", "many", 2) == "many"
    assert not english.chinese


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="zh_CN"):
        Translator("de")


def test_dates_in_english():
    english = Translator("en")
    assert english.date(DAY) == "24 Nov"
    assert english.date(DAY, weekday=True, year=True) == "Tue 24 Nov 2026"
    assert english.time(dt.time(9, 5)) == "09:05"


def test_dates_in_chinese():
    chinese = translator("zh_CN")
    assert chinese.date(DAY) == "11月24日"
    assert chinese.date(DAY, year=True) == "2026年11月24日"
    assert chinese.date(DAY, weekday=True) == f"11月24日 {chinese.weekday(DAY)}"


def test_a_translator_is_loaded_once():
    assert translator("en") is translator("en")


def test_marking_changes_nothing():
    assert N_("Book") == "Book"


@pytest.mark.parametrize(
    ("variable", "value", "language"),
    [
        ("LC_ALL", "en_GB.UTF-8", "en"), ("LANG", "zh_CN.UTF-8", "zh_CN"), ("LANG", "de_DE.UTF-8", "zh_CN"),
        ("LC_MESSAGES", "en_US", "en"),
    ],
)  # fmt: skip
def test_the_computers_language_is_chinese_unless_it_is_english(monkeypatch, variable, value, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    assert system_language() == language
