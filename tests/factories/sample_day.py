"""A made-up Tuesday, as the board's own rows: every state, sub-cell starts, a clash, two sources."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from tcmdesk.core.clock import FixedClock
from tcmdesk.features.appointments.types import (
    AppointmentCard,
    AppointmentVersion,
    Clash,
    DayBoard,
    DoctorColumn,
    Kind,
    Session,
    Source,
    Status,
    VisitType,
)
from tcmdesk.features.appointments.ui.layout import instant_of
from tcmdesk.features.patients.types import Gender, PatientRef

ZONE = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 11, 24)
NOW = dt.datetime(2026, 11, 24, 10, 22, tzinfo=ZONE)


def hours(*spans: tuple[str, str]) -> tuple[Session, ...]:
    return tuple(Session(minutes(start), minutes(end)) for start, end in spans)


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


FULL = hours(("8:30", "12:00"), ("13:30", "17:30"))
DOCTORS = (
    DoctorColumn("d1", "陈景和", "内科", "主任医师", hours(("8:30", "12:00"), ("13:30", "16:30"))),
    DoctorColumn("d2", "林若溪", "妇科", "主治医师", hours(("8:30", "12:00"), ("13:30", "16:45"))),
    DoctorColumn("d3", "何仲明", "针灸科", "副主任医师", FULL),
    DoctorColumn("d4", "苏婉清", "儿科", "主治医师", hours(("8:30", "12:00"), ("13:30", "16:30"))),
    DoctorColumn("d5", "周怀瑾", "脾胃科", "主治医师", hours(("8:30", "12:00"), ("13:30", "17:00"))),
    DoctorColumn("d6", "顾青禾", "推拿科", "医师", hours(("8:30", "12:00"))),
)


def card(
    doctor: str,
    start: str | None,
    length: int,
    name: str,
    sex: str = "女",
    age: int = 40,
    status: str = "ok",
    marks: str = "",
    symptoms: str = "",
    *,
    day: dt.date = DAY,
) -> AppointmentCard:
    """`marks`: v = video, w = platform, 1 = first visit; `status`: done, ok, pend, canc."""
    state = {
        "done": Status.COMPLETED, "ok": Status.CONFIRMED, "pend": Status.PENDING, "canc": Status.CANCELLED
    }[status]  # fmt: skip
    moment = None if start is None else instant_of(day, minutes(start), ZONE)
    visit = VisitType.VIDEO if "v" in marks else VisitType.IN_PERSON
    date = moment or instant_of(day, 0, ZONE)
    slot = start or "上午"
    first = "1" in marks
    return AppointmentCard(
        appointment_id=f"a-{doctor}-{start}-{name}",
        doctor_id=doctor,
        ref=PatientRef(f"u-{name}"),
        patient_name=name,
        gender={"女": Gender.FEMALE, "男": Gender.MALE}[sex],
        birthday=dt.date(DAY.year - age, 3, 1),
        starts_at=moment,
        minutes=length,
        slot_text=slot,
        visit_type=visit,
        kind=Kind.FIRST if first else Kind.FOLLOW_UP,
        status=state,
        source=Source.PLATFORM if "w" in marks else Source.DESK,
        symptoms=symptoms,
        patient_confirmed="w" not in marks,
        account_name=name,
        version=AppointmentVersion(doctor, date, slot, visit, symptoms, not first, state),
    )


CARDS = (
    card("d1", "8:30", 15, "吴佩珊", "女", 58, "done"), card("d1", "8:45", 15, "郑国梁", "男", 63, "done"),
    card("d1", "9:00", 30, "唐晓芸", "女", 41, "done", "vw1", "头晕两周"), card("d1", "9:30", 15, "孟凡林", "男", 70, "done"),
    card("d1", "9:45", 15, "叶子衿", "女", 29, "done", "w"), card("d1", "10:00", 15, "汪立群", "男", 55, "done"),
    card("d1", "10:15", 30, "沈若兰", "女", 34, "ok", "", "失眠，伴心烦"), card("d1", "10:45", 15, "罗文彬", "男", 48),
    card("d1", "11:00", 30, "马惠芳", "女", 67, "ok", "1", "胃脘胀满"), card("d1", "11:30", 15, "谢承宇", "男", 37, "ok", "vw"),
    card("d1", "13:30", 30, "宋雨桐", "女", 26, "ok", "w1"), card("d1", "14:00", 15, "邓志远", "男", 52),
    card("d1", "14:15", 15, "曹月娥", "女", 73), card("d1", "14:45", 15, "程一帆", "男", 33, "pend", "vw"),
    card("d1", "15:00", 30, "彭丽华", "女", 49, "ok", "", "膏方复诊"), card("d1", "15:45", 15, "潘建业", "男", 60),
    card("d1", "16:00", 15, "蒋梦瑶", "女", 31, "pend", "w"),
    card("d2", "8:30", 30, "贺敏", "女", 36, "done", "1"), card("d2", "9:00", 30, "高雅琴", "女", 45, "done"),
    card("d2", "9:30", 15, "史玉珍", "女", 52, "canc", "w"), card("d2", "10:00", 30, "任晓菲", "女", 28, "ok", "vw"),
    card("d2", "10:30", 15, "姚佳宁", "女", 33), card("d2", "10:45", 30, "卢思语", "女", 30),
    card("d2", "10:45", 30, "方宁", "女", 24, "pend", "w1"), card("d2", "11:15", 15, "钟慧", "女", 39),
    card("d2", "13:30", 15, "白露", "女", 27, "ok", "w"), card("d2", "14:00", 30, "魏明珠", "女", 42, "ok", "1"),
    card("d2", "14:30", 15, "夏青", "女", 35, "ok", "vw"), card("d2", "15:00", 15, "石榴红", "女", 31, "pend", "vw"),
    card("d2", "16:00", 30, "崔莹", "女", 47),
    card("d3", "8:30", 45, "于长河", "男", 66, "done", "", "腰痛"), card("d3", "9:15", 45, "尹春燕", "女", 54, "done", "", "肩周炎"),
    card("d3", "10:00", 45, "龚大海", "男", 59, "ok", "", "膝痛三月，上下楼加重"), card("d3", "10:45", 45, "江月明", "女", 62),
    card("d3", "13:30", 45, "赖桂英", "女", 71), card("d3", "14:15", 45, "段宏", "男", 44, "ok", "w", "颈椎不适"),
    card("d3", "15:00", 45, "武静怡", "女", 38), card("d3", "15:45", 45, "雷振声", "男", 57, "pend", "w", "面瘫复诊"),
    card("d3", "16:30", 45, "戴思远", "男", 29),
    card("d4", "8:30", 15, "黎小满", "男", 4, "done"), card("d4", "8:45", 15, "顾一诺", "女", 6, "done", "w"),
    card("d4", "9:00", 30, "韩果果", "女", 3, "done", "1"), card("d4", "9:30", 15, "秦子墨", "男", 8, "done"),
    card("d4", "9:45", 15, "许乐乐", "男", 5, "canc", "w"), card("d4", "10:00", 15, "邵米朵", "女", 7, "done"),
    card("d4", "10:15", 15, "万星辰", "男", 9), card("d4", "10:30", 15, "乔安安", "女", 1, "ok", "w"),
    card("d4", "11:00", 15, "毛豆豆", "男", 5), card("d4", "13:30", 15, "常嘉树", "男", 6, "ok", "vw"),
    card("d4", "13:45", 15, "白茉莉", "女", 10), card("d4", "14:30", 30, "庄可欣", "女", 4, "ok", "1"),
    card("d4", "15:15", 15, "翟小北", "男", 7, "ok", "w"), card("d4", "16:00", 15, "耿朵朵", "女", 3, "pend", "w"),
    card("d5", "8:30", 30, "严守诚", "男", 61, "done", "1"), card("d5", "9:00", 15, "冯素梅", "女", 56, "done"),
    card("d5", "9:30", 30, "丁伯安", "男", 68, "done"), card("d5", "10:00", 15, "田野", "男", 27, "pend", "w"),
    card("d5", "10:15", 15, "牛金凤", "女", 50), card("d5", "11:00", 30, "杜若飞", "男", 35, "ok", "vw1"),
    card("d5", "14:00", 15, "柯以晴", "女", 32), card("d5", "14:20", 30, "阮文清", "男", 46, "ok", "w1"),
    card("d5", "15:00", 15, "易安", "女", 40), card("d5", "15:30", 15, "骆天成", "男", 53),
    card("d5", "16:15", 30, "闵秋实", "男", 64, "ok", "vw"),
    card("d6", "8:30", 30, "俞家豪", "男", 42, "done"), card("d6", "9:00", 30, "左玉兰", "女", 59, "done"),
    card("d6", "9:45", 30, "童话", "女", 31, "done", "w"), card("d6", "10:15", 30, "盛世杰", "男", 38),
    card("d6", "11:00", 30, "柳春和", "男", 51),
)  # fmt: skip
UNREADABLE = (card("d4", None, 30, "苗可", "女", 12, "pend", "w", "咳嗽"),)


def clash_of(*cards: AppointmentCard) -> Clash:
    start = min(each.starts_at for each in cards if each.starts_at)
    end = max(each.ends_at for each in cards if each.ends_at)
    return Clash(cards[0].doctor_id, tuple(each.appointment_id for each in cards), start, end)


def named(name: str) -> AppointmentCard:
    return next(each for each in (*CARDS, *UNREADABLE) if each.patient_name == name)


def board(cards: tuple[AppointmentCard, ...] = CARDS) -> DayBoard:
    present = {each.patient_name for each in cards}
    clashes = (clash_of(named("卢思语"), named("方宁")),) if {"卢思语", "方宁"} <= present else ()
    return DayBoard(DAY, cards, UNREADABLE, clashes)


def clock() -> FixedClock:
    return FixedClock(NOW)
