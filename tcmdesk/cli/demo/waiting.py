"""The demo's waitlist: three people whom gaps of today would suit. Nobody here exists."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.cli.demo import people

if TYPE_CHECKING:
    from tcmdesk.cli.demo.clinic import Clinic
    from tcmdesk.cli.demo.rows import Gender, Rows

_FIRST_PHONE: Final = 8000
_EVERY_DAY: Final = 0b1111111
_NOON, _MIDNIGHT = 12 * 60, 24 * 60


def build(rows: Rows, clinic: Clinic) -> None:
    """Three accounts, one with a child, and what they wait for."""
    liang = _account(rows, 0, "梁晚秋", "female", 46)
    zhu = _account(rows, 1, "祝融和", "male", 62)
    parent = _account(rows, 2, "屠听雪", "female", 37)
    child = _child(rows, parent, "屠明远", 8)
    doctor = {
        person.name: doctor_id for person, doctor_id in zip(people.DOCTORS, clinic.doctors, strict=True)
    }
    weekend = rows.today + dt.timedelta(days=6 - rows.today.weekday())
    _entry(
        rows,
        3,
        liang,
        doctor_id=doctor["周怀瑾"],
        last_day=weekend,
        window_until=_NOON,
        note="失眠，上午方便",
    )
    _entry(rows, 1, zhu, department="内科", last_day=rows.today, note="降压茶喝完了，想当天看")
    _entry(
        rows,
        2,
        parent,
        profile_id=child,
        doctor_id=doctor["苏婉清"],
        last_day=weekend,
        urgent=True,
        note="咳嗽三天，夜里重",
    )


def _account(rows: Rows, number: int, name: str, gender: Gender, age: int) -> str:
    user_id, phone = rows.new_id(), people.PHONE.format(_FIRST_PHONE + number)
    created = rows.now - dt.timedelta(days=90)
    unusable = next(row for row in rows.tables["users"] if row["role"] == "patient")["password_hash"]
    rows.add(
        "users", id=user_id, account=phone, name=name, password_hash=unusable, gender=gender, phone=phone,
        birthday=rows.birthday(age), role="patient", status="active", created_at=created, updated_at=created,
    )  # fmt: skip
    return user_id


def _child(rows: Rows, user_id: str, name: str, age: int) -> str:
    profile_id = rows.new_id()
    created = rows.now - dt.timedelta(days=90)
    rows.add(
        "patient_profiles", id=profile_id, user_id=user_id, name=name, gender="male", birthday=rows.birthday(age),
        phone=None, relationship="儿子", medical_history=None, allergies=None, is_default=False,
        created_at=created, updated_at=created,
    )  # fmt: skip
    return profile_id


def _entry(rows: Rows, days_ago: int, user_id: str, **wish: Any) -> None:
    created = rows.now - dt.timedelta(days=days_ago, hours=2)
    usual = {
        "profile_id": None, "doctor_id": None, "department": None, "weekdays": _EVERY_DAY, "window_from": 0,
        "window_until": _MIDNIGHT, "first_day": created.astimezone(rows.zone).date(), "minutes": 15,
        "visit_type": "offline", "urgent": False,
    }  # fmt: skip
    rows.add(
        "desk_waitlist", id=rows.new_id(), user_id=user_id, status="waiting", appointment_id=None,
        created_by=None, created_at=created, updated_at=created, **(usual | wish),
    )  # fmt: skip
