"""Weights as people write them."""

import pytest

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.dosage import grams

UNITS = reference().text.units


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10g", 10), ("10", 10), ("１０ｇ", 10), ("9克", 9), ("9 G", 9), ("0.5g", 0.5), ("500mg", 0.5), ("3钱", 9), ("三钱", 9),
        ("一两", 30), ("9-12g", 12), ("9~12克", 12), ("每剂10g", 10), ("各10g", 10),
    ],
)  # fmt: skip
def test_a_weight_is_read(text, value):
    assert grams(text, UNITS) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "1袋", "2片", "适量", "g", "0g", "十", "10ml", "1/2", "10g×7", "-3g", "一日三次", "1e3g"]
)
def test_anything_else_has_no_weight(text):
    assert grams(text, UNITS) is None
