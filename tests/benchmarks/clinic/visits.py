"""What happened at the clinic as rows: appointments of desks and platform, prescriptions, notifications."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tests.benchmarks.clinic.people import DOCTORS, FIRST_DAY, LAST_DAY, as_json, made_id

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tests.benchmarks.clinic.people import People, Row

APPOINTMENTS: Final = 1_000_000
PRESCRIPTIONS: Final = 300_000
NOTIFICATIONS: Final = 500_000

TODAY: Final = dt.date(2026, 11, 18)
"""The day on which the rows were "written": earlier appointments are over, later ones are to come."""

CROWDED_DAY: Final = dt.date(2026, 11, 11)
"""A day on which every doctor saw somebody every quarter of an hour."""

CLINIC_OFFSET: Final = dt.timedelta(hours=8)
"""Asia/Shanghai has had no daylight saving time since 1991."""

# half-hour starts of 08:30-12:00 and 13:30-17:30, as minutes after midnight
_STARTS: Final = (*range(510, 720, 30), *range(810, 1050, 30))
_CROWDED_STARTS: Final = (*range(510, 720, 15), *range(810, 1050, 15))
_SYMPTOMS: Final = [
    "咳嗽",
    "头痛",
    "失眠",
    "腰膝酸软",
    "食欲不振",
    "舌苔白腻",
    "脉弦",
    "怕冷",
    "乏力",
    "盗汗",
    "心悸",
    "胃胀",
    "月经不调",
    "颈肩疼痛",
]
_HERBS: Final = [
    "黄芪",
    "当归",
    "白术",
    "茯苓",
    "甘草",
    "陈皮",
    "半夏",
    "柴胡",
    "白芍",
    "川芎",
    "熟地黄",
    "党参",
    "桂枝",
    "生姜",
    "大枣",
    "麦冬",
    "五味子",
    "黄连",
    "黄芩",
    "连翘",
]
_TYPES: Final = (
    "appointment_reminder", "appointment_confirmed", "appointment_cancelled", "prescription_ready", "system_announcement",
)  # fmt: skip

COLUMNS: Final = {
    "appointments": (
        "id", "patient_id", "doctor_id", "appointment_date", "time_slot", "visit_type", "symptoms",
        "has_visited_before", "status", "created_at", "updated_at",
    ),
    "desk_appointments": (
        "appointment_id", "profile_id", "starts_at", "minutes", "source", "kind", "patient_confirmed", "created_by",
        "created_at", "updated_at",
    ),
    "prescriptions": (
        "id", "code", "doctor_id", "patient_id", "patient_name", "diagnosis", "medicines", "instructions",
        "prescription_date", "created_at",
    ),
    "notifications": (
        "id", "user_id", "type", "title", "content", "related_id", "status", "metadata", "created_at",
    ),
}  # fmt: skip


class Visits:
    """Draws the clinic's years. Doctors are never double-booked here; half the bookings are the platform's."""

    def __init__(self, dice: random.Random, people: People, scale: float) -> None:
        self._dice = dice
        self._people = people
        self._scale = scale
        self.desk_rows: list[Row] = []
        """Rows of desk_appointments for the bookings made at a desk; filled by `appointments`."""

    def appointments(self) -> Iterator[Row]:
        """Every day has as many as any other but the crowded one, in the order of the days."""
        crowded = [(doctor, start) for doctor in self._people.doctors for start in _CROWDED_STARTS]
        total = max(round(APPOINTMENTS * self._scale) - len(crowded), 0)
        days = (LAST_DAY - FIRST_DAY).days
        number = 0
        for day in (FIRST_DAY + dt.timedelta(days=offset) for offset in range(days + 1)):
            if day == CROWDED_DAY:
                for doctor, start in crowded:
                    yield self._appointment(day, doctor.doctor_id, start, 15)
                continue
            count = total * (number + 1) // days - total * number // days
            number += 1
            for place in self._dice.sample(range(DOCTORS * len(_STARTS)), count):
                doctor_number, start_number = divmod(place, len(_STARTS))
                doctor_id = self._people.doctors[doctor_number].doctor_id
                yield self._appointment(day, doctor_id, _STARTS[start_number], 30)

    def _appointment(self, day: dt.date, doctor_id: str, start: int, minutes: int) -> Row:
        dice = self._dice
        midnight = _utc(day) - CLINIC_OFFSET
        starts_at = midnight + dt.timedelta(minutes=start)
        booked_at = min(starts_at, _utc(TODAY)) - dt.timedelta(seconds=dice.randrange(10 * 86_400))
        appointment_id = made_id(dice, booked_at)
        user_id, _ = self._people.patient()
        if day < TODAY:
            status = dice.choices(("completed", "cancelled", "confirmed", "pending"), (80, 12, 5, 3))[0]
        else:
            status = dice.choices(("confirmed", "pending", "cancelled"), (55, 35, 10))[0]
        text = f"{start // 60:02}:{start % 60:02}"
        at = starts_at
        if dice.random() < 0.5:
            kind = dice.choice(("first", "follow_up"))
            profile_id = self._people.profiles.get(user_id) if dice.random() < 0.5 else None
            self.desk_rows.append(
                (
                    appointment_id,
                    profile_id,
                    starts_at,
                    minutes,
                    "desk",
                    kind,
                    True,
                    None,
                    booked_at,
                    booked_at,
                )
            )
        else:
            # the platform's: any time of that day, and the slot in one of its two forms
            at = midnight + dt.timedelta(seconds=dice.randrange(86_400))
            if dice.random() < 0.5:
                end = start + minutes
                text += f"-{end // 60:02}:{end % 60:02}"
            elif dice.random() < 0.002:
                text = "下午"
        return (
            appointment_id, user_id, doctor_id, at, text, dice.choice(("online_video", "offline", "offline")),
            "，".join(dice.sample(_SYMPTOMS, 4)), dice.random() < 0.7, status, booked_at, booked_at,
        )  # fmt: skip

    def prescriptions(self) -> Iterator[Row]:
        dice = self._dice
        for number, at in enumerate(self._moments(round(PRESCRIPTIONS * self._scale))):
            user_id, name = self._people.patient()
            medicines = as_json(
                [
                    {
                        "name": herb,
                        "dosage": f"{dice.randrange(3, 31)}g",
                        "frequency": "每日一剂",
                        "duration": f"{dice.choice((3, 5, 7, 14))}天",
                    }
                    for herb in dice.sample(_HERBS, dice.randrange(8, 15))
                ]
            )
            doctor = dice.choice(self._people.doctors).doctor_id
            yield (
                made_id(dice, at), f"RX{at:%Y%m%d}{number:06}", doctor, user_id, name,
                "，".join(dice.sample(_SYMPTOMS, 3)), medicines, "水煎服，早晚分服。忌生冷油腻。", at, at,
            )  # fmt: skip

    def notifications(self) -> Iterator[Row]:
        dice = self._dice
        for at in self._moments(round(NOTIFICATIONS * self._scale)):
            user_id = (
                dice.choice(self._people.doctors).user_id
                if dice.random() < 0.3
                else self._people.patient()[0]
            )
            status = dice.choices(("unread", "read", "deleted"), (2, 7, 1))[0]
            yield (
                made_id(dice, at), user_id, dice.choice(_TYPES), "就诊提醒", "您预约的就诊时间快到了，请按时前来。" * 3,
                None, status, "{}", at,
            )  # fmt: skip

    def _moments(self, count: int) -> Iterator[dt.datetime]:
        """As many moments, evenly from the first day to today."""
        start, end = _utc(FIRST_DAY), _utc(TODAY)
        step = (end - start) / max(count, 1)
        for number in range(count):
            yield (start + step * number).replace(microsecond=0)


def _utc(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
