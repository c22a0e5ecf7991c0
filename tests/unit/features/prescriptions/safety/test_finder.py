"""What is typed, and the herbs that are offered for it."""

import pytest

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.finder import Finder, Found

FINDER = Finder(reference())


def offered(typed):
    return [candidate.herb.name for candidate in FINDER.candidates(typed)]


def test_every_herb_is_found_by_name_pinyin_and_initials():
    for herb in reference().herbs.values():
        assert offered(herb.name)[0] == herb.name
        for reading in herb.readings:
            assert herb.name in [one.herb.name for one in FINDER.candidates(reading, limit=40)]
            initials = "".join(syllable[0] for syllable in reading.split())
            assert herb.name in [one.herb.name for one in FINDER.candidates(initials, limit=200)]


def test_common_herbs_come_first():
    assert offered("hq")[:2] == ["黄芩", "黄芪"] or offered("hq")[:2] == ["黄芪", "黄芩"]
    assert offered("gc")[0] in {"甘草", "炙甘草"}
    assert "当归" in offered("dg")[:2]


def test_a_herb_is_offered_once_with_the_name_it_was_found_by():
    (candidate, *_) = FINDER.candidates("川军")
    assert (candidate.herb.name, candidate.written, candidate.by) == ("大黄", "川军", Found.ALIAS)
    names = offered("h")
    assert len(names) == len(set(names)) == 9


@pytest.mark.parametrize("typed", ["", " ", "zzzz", "？"])
def test_nothing_fits(typed):
    assert offered(typed) == []


def test_traditional_characters_and_u_umlaut():
    assert offered("黃耆")[0] == "黄芪"
    assert offered("nüzhenzi") == offered("nvzhenzi") == ["女贞子"]
