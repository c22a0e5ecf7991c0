"""What the demo's lists hold: fresh bookings of the platform, people to recall, visits to which nobody came."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.cli.demo import people

if TYPE_CHECKING:
    from tcmdesk.cli.demo.clinic import Clinic
    from tcmdesk.cli.demo.rows import Gender, Rows

_FIRST_PHONE: Final = 8100
_SEEN_MINUTES_AGO: Final = 300
_FRESH: Final = (("程一帆", 8), ("石榴红", 41), ("雷振声", 156))
"""Unconfirmed bookings of today, and how many minutes ago they were made."""

_RECALL: Final[tuple[tuple[str, Gender, int, int, int, str], ...]] = (
    ("夏侯听雨", "female", 43, 0, 33, "失眠，膏方调理"),
    ("宗正和", "male", 58, 4, 36, "胃脘胀满"),
    ("闻人语冰", "female", 35, 1, 41, "月经后期"),
    ("池望津", "male", 66, 2, 47, "腰膝酸软，针刺两程"),
    ("纪云舒", "female", 29, 1, 58, "产后体虚调理"),
    ("东方既白", "male", 71, 0, 75, "头晕乏力"),
    ("柏舟", "male", 39, 5, 88, "颈肩僵痛"),
)
"""Name, sex, age, doctor by index, days since the last visit, what it was about."""

_MISSED: Final[tuple[tuple[str, Gender, int, int, int, str], ...]] = (
    ("简行之", "male", 52, 0, 1, "咳嗽痰白一周"),
    ("萧若水", "female", 31, 3, 2, "过敏性鼻炎，晨起喷嚏"),
    ("岑参商", "male", 47, 2, 5, "膝关节遇冷疼痛"),
)


def build(rows: Rows, clinic: Clinic) -> None:
    """Bookings, visits and the clerk's mark."""
    _freshen(rows)
    number = 0
    for plan, status in ((_RECALL, "completed"), (_MISSED, "confirmed")):
        for name, gender, age, doctor, days, about in plan:
            user_id = _account(rows, number, name, gender, age)
            _visit(rows, clinic.doctors[doctor], user_id, days, about, status)
            number += 1


def _freshen(rows: Rows) -> None:
    ids = {row["name"]: row["id"] for row in rows.tables["users"]}
    minutes = {ids[name]: ago for name, ago in _FRESH if name in ids}
    seen = rows.now - dt.timedelta(minutes=_SEEN_MINUTES_AGO)
    for row in rows.tables["appointments"]:
        ago = minutes.get(row["patient_id"]) if row["status"] == "pending" else None
        if ago is not None:
            row["created_at"] = row["updated_at"] = rows.now - dt.timedelta(minutes=ago)
        elif row["created_at"] >= seen:
            row["created_at"] = seen - dt.timedelta(minutes=1)
    clerk = next(row["id"] for row in rows.tables["users"] if row["account"] == people.OTHERS[0].account)
    rows.add("desk_inbox_marks", user_id=clerk, seen_at=seen, seen_ids=json.dumps([]), sound=True)


def _account(rows: Rows, number: int, name: str, gender: Gender, age: int) -> str:
    user_id, phone = rows.new_id(), people.PHONE.format(_FIRST_PHONE + number)
    created = rows.now - dt.timedelta(days=200)
    unusable = next(row for row in rows.tables["users"] if row["role"] == "patient")["password_hash"]
    rows.add(
        "users", id=user_id, account=phone, name=name, password_hash=unusable, gender=gender, phone=phone,
        birthday=rows.birthday(age), role="patient", status="active", created_at=created, updated_at=created,
    )  # fmt: skip
    return user_id


def _visit(rows: Rows, doctor_id: str, user_id: str, days: int, about: str, status: str) -> None:
    day = rows.today - dt.timedelta(days=days)
    start = rows.moment(day, 17 * 60)
    created = start - dt.timedelta(days=4)
    values: dict[str, Any] = {
        "id": rows.new_id(), "patient_id": user_id, "doctor_id": doctor_id, "appointment_date": start,
        "time_slot": "17:00", "visit_type": "offline", "symptoms": about, "has_visited_before": True,
        "status": status, "created_at": created, "updated_at": created,
    }  # fmt: skip
    rows.add("appointments", **values)
