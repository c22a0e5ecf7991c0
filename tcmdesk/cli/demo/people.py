"""Who works in the demo clinic, and the syllables its patients' names are made of. Nobody here exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from tcmdesk.core.actor import Role

CLINIC: Final = "杏林中医诊所（演示）"
PASSWORD: Final = "xinglin-demo"  # noqa: S105  (a demo's, shown on the screen that asks for it)
PHONE: Final = "1990000{:04d}"
"""A pattern for the demo's telephone numbers; the block is made up."""

Gender = Literal["male", "female"]
Dosage = tuple[str, ...]


Field = Literal["general", "women", "children", "needles"]


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """A member of staff; `department`, `title` and `field` (what the visits are about) are a doctor's."""

    account: str
    name: str
    role: Role
    gender: Gender
    birthday: dt.date
    department: str = ""
    title: str = ""
    field: Field = "general"


DOCTORS: Final = (
    DemoStaff("chenjinghe", "陈景和", Role.DOCTOR, "male", dt.date(1966, 4, 12), "内科", "主任医师"),
    DemoStaff(
        "linruoxi", "林若溪", Role.DOCTOR, "female", dt.date(1979, 9, 3), "妇儿科", "副主任医师", "women"
    ),
    DemoStaff(
        "hezhongming", "何仲明", Role.DOCTOR, "male", dt.date(1972, 1, 25), "针推科", "主任医师", "needles"
    ),
    DemoStaff(
        "suwanqing", "苏婉清", Role.DOCTOR, "female", dt.date(1985, 6, 18), "妇儿科", "主治医师", "children"
    ),
    DemoStaff("zhouhuaijin", "周怀瑾", Role.DOCTOR, "male", dt.date(1981, 11, 7), "内科", "副主任医师"),
    DemoStaff(
        "guqinghe", "顾青禾", Role.DOCTOR, "female", dt.date(1990, 3, 30), "针推科", "主治医师", "needles"
    ),
)
OTHERS: Final = (
    DemoStaff("fangyun", "方芸", Role.FRONT_DESK, "female", dt.date(1994, 8, 21)),
    DemoStaff("qinlan", "秦岚", Role.ADMIN, "female", dt.date(1976, 12, 2)),
    DemoStaff("baizhi", "白芷安", Role.PHARMACIST, "male", dt.date(1988, 5, 14)),
)
STAFF: Final = (*DOCTORS, *OTHERS)
SIGN_IN_AS: Final = {Role.DOCTOR: DOCTORS[0], **{person.role: person for person in OTHERS}}

DEPARTMENT_CODES: Final = {"内科": "NK", "妇儿科": "FE", "针推科": "ZT"}

_COMMON: Final = "沈罗江姚乔柳卢方钟谢宋邓曹程彭潘蒋贺高史任白魏夏石崔于尹龚赖段武雷戴黎顾韩秦许邵万毛常庄翟耿严冯丁田牛杜柯阮易骆闵俞左童盛"
SURNAMES: Final = (*_COMMON, *["单", "仇", "曾", "解", "查", "盖", "区", "欧阳", "尉迟", "上官", "𠮷"])
"""Among them some with a reading of their own, of two characters, and one beyond the basic plane."""

GIVEN_FEMALE: Final = (
    "若兰", "月明", "佳宁", "安安", "思语", "慧", "雨桐", "月娥", "丽华", "梦瑶", "雅琴", "晓菲", "明珠", "青岚",
    "榴红", "莹", "春燕", "桂英", "静怡", "小满", "一诺", "果果", "茉莉", "可欣", "朵朵", "素梅", "金凤", "以晴",
    "玉兰", "听雪", "采薇", "清扬", "望舒", "知夏", "云锦", "半夏", "苏叶", "南烛",
)  # fmt: skip
GIVEN_MALE: Final = (
    "文彬", "承宇", "志远", "一帆", "建业", "大海", "宏", "振声", "思远", "子墨", "嘉树", "小北", "守诚", "伯安",
    "若飞", "文清", "天成", "秋实", "家豪", "世杰", "春和", "长河", "国梁", "凡林", "怀瑾", "景行", "远志", "青黛",
    "当归", "九里", "半山", "听松", "临川", "望山", "行舟", "问樵",
)  # fmt: skip
LONG_NAMES: Final = (
    ("阿依古丽·买买提江·热合曼", "female"),
    ("Alexandra Featherstonehaugh-Montgomery", "female"),
    ("O'Neil Ümit “乐”", "male"),
)

COMPLAINTS: Final = (
    "失眠多梦两周", "胃脘胀满，饭后加重", "腰膝酸软", "咳嗽痰白一周", "头晕乏力", "颈肩僵痛，低头加重", "手足不温",
    "盗汗", "食欲不振", "咽干，夜间明显", "便秘三日", "偏头痛反复", "过敏性鼻炎，晨起喷嚏", "膝关节遇冷疼痛",
    "情绪低落，胸闷", "耳鸣半月", "体检尿酸偏高，咨询调理",
)  # fmt: skip
WOMENS_COMPLAINTS: Final = (
    "月经后期",
    "痛经，遇冷加重",
    "经前烦躁，乳房胀",
    "产后体虚调理",
    "潮热，夜间汗出",
)
CHILDRENS_COMPLAINTS: Final = (
    "积食，口气重",
    "夜啼",
    "咳嗽一周，夜间重",
    "不思饮食",
    "反复感冒",
    "晨起鼻塞喷嚏",
    "大便干结",
)
ALLERGIES: Final = ("青霉素", "海鲜", "花粉", "磺胺")
