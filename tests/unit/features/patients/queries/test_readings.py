"""How names are found: pieces, pinyin, initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.core.spelling import folded
from tcmdesk.features.patients.queries.readings import (
    BEGINNING,
    INITIALS,
    LATER,
    TYPED,
    WHOLE,
    grams,
    readings,
    usual,
)


def typed(name):
    return {reading.py for reading in readings(name)}


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("仇一诺", "qiu yi nuo"), ("曾小明", "zeng xiao ming"), ("单雄信", "shan xiong xin"), ("解晓东", "xie xiao dong"),
        ("区大海", "ou da hai"), ("查良", "zha liang"), ("盖中华", "ge zhong hua"), ("尉迟恭", "yu chi gong"), ("任远", "ren yuan"),
        ("乐嘉", "yue jia"), ("吕行", "lv xing"), ("欧阳娜", "ou yang na"), ("Anna Lee", "anna lee"), ("O'Neil Ümit", "oneil umit"),
    ],
)  # fmt: skip
def test_the_usual_reading(name, reading):
    assert usual(name) == reading


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("曾小明", "cengxiaoming"),
        ("单雄信", "danxiongxin"),
        ("解晓东", "jiexiaodong"),
        ("尉迟恭", "weichigong"),
        ("吕行", "lyuxing"),
    ],
)
def test_every_other_reading_is_found_too(name, also):
    assert also in typed(name)


def test_one_may_begin_at_any_syllable():
    found = {(reading.word, reading.py, reading.pyi) for reading in readings("李小民")}
    assert found == {(0, "lixiaomin", "lxm"), (1, "xiaomin", "xm"), (1, "min", "m")}


def test_only_the_usual_reading_of_the_whole_name_comes_first():
    first = [reading.py for reading in readings("单雄信") if reading.word == 0]
    assert first == ["shanxiongxin"]


def test_pieces_and_where_they_lie():
    places = {gram.text: gram.place for gram in grams("李小民")}
    assert places == {
        "李小民": WHOLE, "李": BEGINNING, "李小": BEGINNING, "小": LATER, "民": LATER, "小民": LATER,
        f"{TYPED}l": BEGINNING, f"{TYPED}li": BEGINNING, f"{TYPED}lix": BEGINNING,
        f"{TYPED}lx": INITIALS, f"{TYPED}lxm": INITIALS,
    }  # fmt: skip


def test_a_name_of_an_emoji_is_found_by_it_and_by_nothing_else():
    assert {gram.text for gram in grams("😀")} == {"😀"}
    assert readings("😀") == ()
    assert usual("😀") == ""


def test_rare_characters_are_read():
    assert "ye" in usual("𠮷野")
    assert {"𠮷", "𠮷野"} <= {gram.text for gram in grams("𠮷野")}


def test_case_and_width_do_not_matter():
    assert folded("ＡＮＮＡ ") == folded("anna")
    assert grams("ANNA") == grams("anna")


@given(st.text(max_size=100))
def test_no_name_breaks_it_and_everything_fits_its_column(name):
    assert all(len(gram.text) <= 8 for gram in grams(name))
    for reading in readings(name):
        assert 1 <= len(reading.py) <= 200
        assert len(reading.pyi) <= 100
        assert len(reading.syllables) <= 300
    assert len(readings(name)) <= 40
    assert len(usual(name)) <= 300


@given(st.text(alphabet="单曾解区仇查盖尉迟乐行重长朝曲盛", min_size=1, max_size=6))
def test_many_readings_stay_bounded_and_unlike(name):
    found = [(reading.word, reading.py) for reading in readings(name)]
    assert len(found) == len(set(found)) <= 40
