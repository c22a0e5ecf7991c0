"""The demo's today, composed by hand: a full board with a clash, families, video and platform bookings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Plan = Literal["confirmed", "pending", "cancelled"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: doctor by index, clinic-local start, minutes, who, and how it was booked.

    `sort` is a kind of visit, `extra` why it was booked beyond the hours; one that was `moved` is on another day by now.
    """

    doctor: int
    start: str
    minutes: int
    name: str
    gender: Literal["male", "female"]
    age: int
    plan: Plan = "confirmed"
    video: bool = False
    platform: bool = False
    first: bool = False
    sort: str = ""
    extra: str = ""
    moved: bool = False


def _visits(doctor: int, lines: str) -> tuple[Visit, ...]:
    # "09:00 30 唐晓芸 女41 视频 平台 初诊": the words after the age may come in any order
    made = []
    for line in lines.strip().splitlines():
        start, minutes, name, person, *marks = line.split()
        plan: Plan = "pending" if "待定" in marks else "cancelled" if "取消" in marks else "confirmed"
        made.append(
            Visit(
                doctor=doctor,
                start=start,
                minutes=int(minutes),
                name=name,
                gender="female" if person[0] == "女" else "male",
                age=int(person[1:]),
                plan=plan,
                video="视频" in marks,
                platform="平台" in marks,
                first="初诊" in marks,
                sort="膏方" if "膏方" in marks else "",
                extra="老患者急诊" if "加号" in marks else "",
                moved="改约" in marks,
            )
        )
    return tuple(made)


TODAY: Final = (
    *_visits(
        0,
        """
        08:30 15 吴佩珊 女58
        08:45 15 郑国梁 男63
        09:00 30 唐晓芸 女41 视频 平台 初诊
        09:30 15 孟凡林 男70
        09:45 15 叶子衿 女29 平台
        10:00 15 汪立群 男55
        10:15 30 沈若兰 女34
        10:45 15 罗文彬 男48
        11:00 30 马惠芳 女67 初诊
        11:30 15 谢承宇 男37 视频 平台
        13:30 30 宋雨桐 女26 平台 初诊
        14:00 15 邓志远 男52
        14:15 15 曹月娥 女73
        14:45 15 程一帆 男33 视频 平台 待定
        15:00 30 彭丽华 女49 膏方
        15:45 15 潘建业 男60
        16:00 15 蒋梦瑶 女31 平台 待定
        """,
    ),
    *_visits(
        1,
        """
        08:30 30 贺敏 女36 初诊
        09:00 30 高雅琴 女45
        09:30 15 史玉珍 女52 平台
        10:00 30 任晓菲 女28 视频 平台
        10:30 15 姚佳宁 女33
        10:45 30 卢思语 女30
        10:45 30 方宁 女24 视频 平台 初诊 待定
        11:15 15 钟慧 女39
        13:30 15 白露 女27 平台
        14:00 30 魏明珠 女42 初诊
        14:30 15 夏青 女35 视频 平台
        15:00 15 石榴红 女31 视频 平台 待定
        16:00 30 崔莹 女47 膏方
        """,
    ),
    *_visits(
        2,
        """
        08:30 45 于长河 男66
        09:15 45 尹春燕 女54
        10:00 45 龚大海 男59
        10:45 45 江月明 女62
        13:30 45 赖桂英 女71
        14:15 45 段宏 男44 平台
        15:00 45 武静怡 女38
        15:45 45 雷振声 男57 平台 待定
        16:30 45 戴思远 男29
        """,
    ),
    *_visits(
        3,
        """
        08:30 15 黎小满 男4
        08:45 15 顾一诺 女6 平台
        09:00 30 韩果果 女3 初诊
        09:30 15 秦子墨 男8
        09:45 15 许乐乐 男5 平台 取消
        10:00 15 邵米朵 女7
        10:15 15 万星辰 男9
        10:30 15 乔安安 女2 平台
        11:00 15 毛豆豆 男5
        13:30 15 常嘉树 男6 视频 平台
        13:45 15 白茉莉 女10
        14:30 30 庄可欣 女4 初诊
        15:15 15 翟小北 男7 平台
        16:00 15 耿朵朵 女3 平台 待定
        """,
    ),
    *_visits(
        4,
        """
        08:30 30 严守诚 男61 初诊
        09:00 15 冯素梅 女56
        09:30 30 丁伯安 男68
        10:00 15 田野 男27 平台
        10:15 15 牛金凤 女50
        11:00 30 杜若飞 男35 视频 平台 初诊
        14:00 15 柯以晴 女32
        14:15 30 阮文清 男46 平台 初诊
        15:00 15 易安 女40
        15:30 15 骆天成 男53
        16:15 30 闵秋实 男64 视频 平台
        17:00 15 曾广陵 男66 加号
        """,
    ),
    *_visits(
        5,
        """
        08:30 30 俞家豪 男42
        09:00 30 左玉兰 女59
        09:45 30 童话 女31 平台
        10:15 30 盛世杰 男38
        11:00 30 柳春和 男51
        11:30 30 𠮷南烛 女29 平台 待定
        13:45 30 单雨眠 女36 改约
        14:30 45 尉迟问樵 男45 初诊 改约
        """,
    ),
)

UNREADABLE: Final = ((3, "下午", "仇望舒", "female", 33), (4, "看医生安排", "解行舟", "male", 47))
"""Bookings of the platform whose slot says no time: doctor, text, who."""

CHILD_YEARS: Final = 14
"""Below this age a patient is a family profile under a parent's account."""
