"""Names made of parts: common family names with common given characters, as often as they are among real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

# by frequency; the last lines hold names with an unusual reading and two-character ones
_COMMON: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_RARE: Final = (
    *"姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
    *"仇单解区查盖",
    *("欧阳", "司马", "上官", "尉迟", "诸葛"),
)
_GIVEN: Final = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志新春梅海燕晓东小子轩梓涵欣怡浩宇诗琪雨泽一诺思远"
    "嘉豪俊熙天佑博佳语嫣若曦皓然云帆书瑶可心沐辰景行知夏安宁"
)


def family_name(dice: random.Random) -> str:
    """Seven of ten people share the fifty most common family names, and among these the first are commoner."""
    if dice.random() < 0.9:
        return _COMMON[int(len(_COMMON) * dice.random() ** 1.6)]
    return dice.choice(_RARE)


def given_name(dice: random.Random) -> str:
    """One character for a fifth of the people, two for the others."""
    first = dice.choice(_GIVEN)
    return first if dice.random() < 0.2 else first + dice.choice(_GIVEN)


def full_name(dice: random.Random) -> str:
    return family_name(dice) + given_name(dice)
