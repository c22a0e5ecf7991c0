import typing

import pytest

from tcmdesk.ui.theme.contrast import contrast_ratio
from tcmdesk.ui.theme.tokens import Colour, Rgba, TypeRole, load, parse

MODES = ("light", "dark")

# What components paint on what: (ink, ground). Text needs 4.5 (WCAG 2.2, 1.4.3).
TEXT_PAIRS = [
    ("text", "canvas"), ("text", "surface"), ("text", "sunken"), ("text", "raised"), ("text", "tile"),
    ("text", "hover"), ("text", "sel"), ("text", "warn_soft"), ("text", "danger_soft"),
    ("text2", "canvas"), ("text2", "surface"), ("text2", "sunken"), ("text2", "tile"), ("text2", "hover"),
    ("text2", "sel"), ("text2", "accent_soft"), ("text2", "warn_soft"),
    ("text3", "canvas"), ("text3", "surface"), ("text3", "sunken"), ("text3", "hover"),
    ("accent_text", "surface"), ("accent_text", "canvas"), ("accent_text", "accent_soft"), ("accent_text", "hover"),
    ("accent_fg", "accent"), ("accent_fg", "accent_hover"), ("now_fg", "now"),
    ("danger", "surface"), ("danger", "canvas"), ("danger", "danger_soft"), ("danger_fg", "danger"),
    ("warn", "surface"), ("warn", "canvas"), ("warn", "warn_soft"),
    ("brand_fg", "brand"), ("brand_soft", "brand"),
]  # fmt: skip
# Edges of controls, rings and marks need 3 (1.4.11).
EDGE_PAIRS = [
    ("field_line", "canvas"), ("field_line", "surface"), ("focus", "canvas"), ("focus", "surface"),
    ("focus", "sunken"), ("focus", "sel"), ("accent", "canvas"), ("accent", "sel"), ("danger", "surface"),
]  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("rule", load().contrast, ids=lambda rule: f"{rule.token} on {rule.on}")
def test_each_stated_contrast_is_true_and_high_enough(rule, mode):
    colours = load().colours[mode]
    ratio = contrast_ratio(colours[rule.token], colours[rule.on])
    assert round(ratio, 2) == getattr(rule, mode)
    assert ratio >= rule.floor


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(ink, ground, mode):
    colours = load().colours[mode]
    assert contrast_ratio(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(ink, ground, mode):
    colours = load().colours[mode]
    assert contrast_ratio(colours[ink], colours[ground]) >= 3


def test_black_on_white_is_21():
    black, white = Rgba.parse("#000000"), Rgba.parse("#FFFFFF")
    assert contrast_ratio(black, white) == pytest.approx(21)
    assert contrast_ratio(white, black) == pytest.approx(21)
    assert contrast_ratio(white, white) == 1


def test_the_types_name_exactly_the_tokens_there_are():
    tokens = load()
    assert set(typing.get_args(Colour)) == set(tokens.colours["light"]) == set(tokens.colours["dark"])
    assert set(typing.get_args(TypeRole)) == set(tokens.type)


def test_lengths_stand_on_the_grid():
    tokens = load()
    even = {name: value for name, value in tokens.height.items() if value % 2}
    assert not even, "heights are even, so that icons and text centre on whole pixels"
    assert tokens.minimum == (1280, 800)


def test_an_opacity_is_read():
    assert Rgba.parse("#0F2A24 19%") == Rgba(15, 42, 36, 0.19)


@pytest.mark.parametrize("text", ["", "0F2A24", "#FFF", "#GGGGGG"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ValueError, match=r"colour|base 16"):
        Rgba.parse(text)


def test_a_missing_table_is_named():
    with pytest.raises(KeyError, match="elevation"):
        parse({})
