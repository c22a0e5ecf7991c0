"""What a written name stands for, and what it does not."""

from dataclasses import replace

import pytest

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.identity import Kind, resolve


def herbs(name):
    return [part.candidates for part in resolve(reference(), name).parts]


@pytest.mark.parametrize(
    ("written", "herb", "methods"),
    [
        ("附子(先煎)", "附子", {"先煎"}),
        ("附子（制）先煎", "附子", {"先煎"}),
        ("先煎附子", "附子", {"先煎"}),
        ("制川乌(先煎1小时)", "制川乌", {"先煎"}),
        ("人参(另煎兑服)", "人参", {"另煎", "冲服"}),
        ("三七粉（分冲）", "三七", {"冲服"}),
        ("车前子(布包)", "车前子", {"包煎"}),
        ("枇杷叶(去毛包煎)", "枇杷叶", {"包煎"}),
        ("大黄（酒制）", "大黄", set()),
        ("大枣(擘)", "大枣", {"捣碎"}),
        ("黄芪（一级）", "黄芪", set()),
        ("黄芪（内蒙）", "黄芪", set()),
        ("“黄芪”", "黄芪", set()),
        ("黄\u200b芪", "黄芪", set()),
        ("ＡＢＣ黄芪", None, set()),
        ("大枣12枚", "大枣", set()),
        ("生姜三片", "生姜", set()),
        ("生姜丝", "生姜", set()),
        ("炒白术炭", "白术", set()),
        ("蜜麸炒枳壳", "枳壳", set()),
        ("法制半夏", "法半夏", set()),
        ("胆制南星", None, set()),
    ],
)
def test_notes_and_processing_are_read(written, herb, methods):
    identity = resolve(reference(), written)
    if herb is None:
        assert identity.kind is not Kind.HERBS or herbs(written) != [(herb,)]
        return
    assert herbs(written) == [(herb,)]
    assert identity.methods == methods


@pytest.mark.parametrize(
    ("written", "herb"),
    [
        ("蜜甘草", "炙甘草"),
        ("甘草（蜜炙）", "炙甘草"),
        ("炙川乌", "制川乌"),
        ("矾半夏", "清半夏"),
        ("姜制半夏", "姜半夏"),
        ("蒸首乌", "制何首乌"),
        ("炒瓜蒌仁", "炒瓜蒌子"),
        ("炮干姜", "炮姜"),
        ("甘草炙", "炙甘草"),
        ("白术炒", "白术"),
        ("大黄酒炒", "大黄"),
    ],
)
def test_processing_can_make_another_herb(written, herb):
    assert herbs(written) == [(herb,)]


@pytest.mark.parametrize(
    "written",
    ["", " ", "()", "（先煎）", "先煎", "炒", "生", "粉", "附子理中丸", "海附子", "大黄蜂", "竹叶椒", "黄", "各", "3g", "、", "红花岩黄连"],
)  # fmt: skip
def test_a_herb_is_never_found_inside_another_word(written):
    assert resolve(reference(), written).kind is Kind.UNKNOWN


def test_a_weight_in_the_name_is_read():
    identity = resolve(reference(), "黄芪３０克")
    assert (herbs("黄芪３０克"), identity.written) == ([("黄芪",)], 30.0)


def test_each_gives_every_part_the_whole_weight():
    assert resolve(reference(), "二冬各").each
    assert not resolve(reference(), "二冬").each
    assert [part.share for part in resolve(reference(), "二冬").parts] == [0.5, 0.5]


def test_a_ratio_divides_the_weight_as_the_formula_does():
    shares = [round(part.share, 3) for part in resolve(reference(), "六一散(包)").parts]
    assert shares == [0.857, 0.143]


def test_two_names_in_one_are_open_unless_they_are_one_herb():
    assert herbs("人参（党参）") == [("人参", "党参")]
    assert herbs("黄芪（北芪）") == [("黄芪",)]


def test_a_combined_name_can_leave_a_part_open():
    identity = resolve(reference(), "二母")
    assert identity.kind is Kind.AMBIGUOUS
    assert identity.parts[0].candidates == ("知母",)
    assert set(identity.parts[1].candidates) == {"浙贝母", "川贝母"}


@pytest.mark.parametrize(
    ("written", "herb"), [("炒黄姜", "姜黄"), ("炒焦术", "白术"), ("盐炒芍", "白芍"), ("炒黄连", "黄连")]
)
def test_a_whole_name_goes_before_an_open_one_of_one_letter(written, herb):
    assert herbs(written) == [(herb,)]


def test_an_open_name_of_one_letter_does_not_break_a_whole_one_apart():
    ambiguous = {**reference().ambiguous, "连": ("黄连", "胡黄连")}
    knowledge = replace(reference(), ambiguous=ambiguous)
    assert [part.candidates for part in resolve(knowledge, "炒黄连").parts] == [("黄连",)]
    assert [part.candidates for part in resolve(knowledge, "炒连").parts] == [("黄连", "胡黄连")]
