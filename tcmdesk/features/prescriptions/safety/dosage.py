"""Weights as people write them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHINESE: Final = {
    "半": 0.5, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_AMOUNT: Final = re.compile(
    r"(?P<low>\d+(?:\.\d+)?|[半一二两三四五六七八九十])(?:[-~～–—至到](?P<high>\d+(?:\.\d+)?))?(?P<unit>[a-z]+|[克毫千公斤两钱分]+)?"
)
_COLLOQUIAL: Final = ("各", "每剂", "约", "共")


def grams(text: str, units: Mapping[str, float]) -> float | None:
    """The grams of ``10g``, ``９克``, ``3钱`` or ``9-12g`` (the upper end); None for ``1袋`` and everything else.

    Args:
        units: grams in one of each unit; a bare number is in grams.
    """
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()
    for word in _COLLOQUIAL:
        folded = folded.removeprefix(word)
    match = _AMOUNT.fullmatch(folded)
    if match is None:
        return None
    unit = match["unit"]
    factor = 1.0 if unit is None else units.get(unit)
    if factor is None:
        return None
    amount = match["high"] or match["low"]
    if amount in _CHINESE and unit is None:
        return None
    value = _CHINESE[amount] if amount in _CHINESE else float(amount)
    return value * factor or None
