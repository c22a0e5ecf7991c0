"""What of a name may stand on a wall."""

from __future__ import annotations

import re
from typing import Final

_COMPOUND: Final = frozenset(
    ["欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "公户", "公玉", "公仪", "梁丘", "公仲", "公上", "公门", "公山", "公坚", "左丘", "公伯", "西门", "公祖", "第五", "公乘", "贯丘", "公皙", "南荣", "东里", "东宫", "仲长", "子书", "子桑", "即墨", "达奚", "褚师", "纳兰", "歐陽", "司馬", "東方", "獨孤", "諸葛", "尉遲", "長孫", "鮮于", "軒轅"]
)  # fmt: skip
"""Surnames of two characters, after 《百家姓》 and 《中国姓氏大辞典》, and some in their traditional form."""

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_DOTS: Final = re.compile("[·•・‧]")


def surname(name: str) -> str:
    """The surname of a Chinese name, compound ones whole; the last word of a name in letters.

    A name with a middle dot (阿依古丽·买买提) is called by its first part. Two characters that are a compound surname
    and nothing else are a surname of one with a given name.
    """
    cleaned = " ".join(name.split())
    if not cleaned:
        return ""
    first = _DOTS.split(cleaned)[0].strip()
    if first and first != cleaned:
        return first
    if _HAN.match(cleaned):
        return cleaned[:2] if len(cleaned) > 2 and cleaned[:2] in _COMPOUND else cleaned[0]
    return cleaned.split(" ")[-1]
