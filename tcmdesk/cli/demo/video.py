"""The demo's online clinic: a made-up licence, two visits today of which one waits, and some that are over."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.cli.demo import people
from tcmdesk.features.consultations.types import CONSENT_VERSION

if TYPE_CHECKING:
    from tcmdesk.cli.demo.clinic import Clinic
    from tcmdesk.cli.demo.rows import Row, Rows

ADDRESS: Final = "https://visit.example.test"
WAITS: Final = "任晓菲"
LINKED: Final = "谢承宇"
ENTERED: Final = 9 * 60 + 58
PAST: Final = 14
"""Finished visits, the latest."""

_COMMENTS: Final = ("讲得很清楚", "", "画面有时卡顿，声音正常", "", "不用跑一趟，方便", "")
_RESULTS: Final = (
    ("不寐", "疏肝健脾，养心安神"),
    ("咳嗽", "宣肺止咳"),
    ("胃痞", "健脾和胃"),
    ("眩晕", "平肝潜阳"),
)
_TEMPLATES: Final = (
    ("失眠复诊", "不寐", "疏肝健脾，养心安神；一周后复诊", "睡前勿饮茶", 12),
    ("咳嗽复诊", "咳嗽", "宣肺止咳；三日后复诊", "避风寒", 7),
)


def build(rows: Rows, clinic: Clinic) -> None:
    """Switch online visits on, and open today's and some earlier ones."""
    _configure(rows, clinic)
    by_id = {row["id"]: row for row in rows.tables["appointments"]}
    for name in (WAITS, LINKED):
        person = clinic.by_name[name]
        for row in by_id.values():
            if (
                row["patient_id"] == person.user_id
                and _is_today(rows, row)
                and row["visit_type"] == "online_video"
            ):
                _open(rows, row, waits=name == WAITS)
                _file(rows, row)
    over = [
        row for row in by_id.values()
        if row["visit_type"] == "online_video" and row["status"] == "completed" and not _is_today(rows, row)
    ]  # fmt: skip
    for at, row in enumerate(sorted(over, key=lambda row: row["appointment_date"])[-PAST:]):
        _finish(rows, row, at)


def _is_today(rows: Rows, row: Row) -> bool:
    moment: dt.datetime = row["appointment_date"]
    return moment.astimezone(rows.zone).date() == rows.today


def _configure(rows: Rows, clinic: Clinic) -> None:
    rows.add(
        "desk_video_licences", id=rows.new_id(), holder=people.CLINIC, licence_no="演示-医疗机构-0001",
        approval_no="演示-互联网诊疗-0001", names_internet_diagnosis=True,
        valid_until=rows.today + dt.timedelta(days=730), switched_on=True, entered_by=None, entered_at=rows.now,
    )  # fmt: skip
    for at, doctor_id in enumerate(clinic.doctors):
        rows.add(
            "desk_video_doctors", doctor_id=doctor_id, eligible=True, registration=f"演示-执业-{at + 1:04d}",
            checked_by=None, checked_at=rows.now,
        )  # fmt: skip
    for name, diagnosis, plan, notes, uses in _TEMPLATES:
        rows.add(
            "video_consultation_templates", id=rows.new_id(), doctor_id=clinic.doctors[1], name=name,
            diagnosis=diagnosis, treatment_plan=plan, notes=notes, usage_count=uses,
        )  # fmt: skip
    for key, value, kind in (
        ("patient_address", ADDRESS, "string"), ("max_duration", "30", "number"),
        ("ice_servers", json.dumps([]), "json"),
    ):  # fmt: skip
        rows.add(
            "system_configs", id=rows.new_id(), category="video_call", config_key=key, config_value=value,
            value_type=kind, is_encrypted=False, created_at=rows.now, updated_at=rows.now,
        )  # fmt: skip


def _start(rows: Rows, row: Row) -> dt.datetime:
    """When a visit begins: the day of its date, which may carry any time, at the time of its slot."""
    hour, minute = map(int, row["time_slot"][:5].split(":"))
    return rows.moment(row["appointment_date"].astimezone(rows.zone).date(), hour * 60 + minute)


def _consultation(rows: Rows, row: Row, status: str, **values: Any) -> str:
    consultation_id = rows.new_id()
    blank = dict.fromkeys(
        ("actual_start_time", "end_time", "duration", "diagnosis", "treatment_plan", "connection_quality",
         "patient_rating", "patient_feedback")
    )  # fmt: skip
    rows.add(
        "video_consultations", id=consultation_id, appointment_id=row["id"], doctor_id=row["doctor_id"],
        patient_id=row["patient_id"], room_id=f"room_{rows.new_id().replace('-', '')}", status=status,
        scheduled_start_time=_start(rows, row), doctor_token=rows.new_id(), patient_token=rows.new_id(),
        ice_servers=[], chief_complaint=row["symptoms"], **(blank | values),
    )  # fmt: skip
    return consultation_id


def _open(rows: Rows, row: Row, *, waits: bool) -> None:
    consultation_id = _consultation(rows, row, "waiting")
    entered = rows.moment(rows.today, ENTERED) if waits else None
    rows.add(
        "desk_video_visits", consultation_id=consultation_id, profile_id=None,
        consent_version=CONSENT_VERSION if waits else None, consented_at=entered, identity_stated_at=entered,
        entered_at=entered, seen_at=rows.now if waits else None,
    )  # fmt: skip
    rows.add(
        "desk_video_links", id=rows.new_id(), consultation_id=consultation_id,
        # of a secret that nobody has: this link opens nothing
        token_hash=hashlib.sha256(consultation_id.encode()).hexdigest(), issued_by=None,
        issued_at=rows.now - dt.timedelta(hours=2), expires_at=rows.now + dt.timedelta(hours=22),
        opened_at=entered, revoked_at=None,
    )  # fmt: skip


def _file(rows: Rows, row: Row) -> None:
    rows.add(
        "desk_video_diagnoses", id=rows.new_id(), user_id=row["patient_id"], profile_id=None,
        diagnosed_on=rows.today - dt.timedelta(days=7), place=people.CLINIC, filed_by=None,
        filed_at=rows.now - dt.timedelta(days=7),
    )  # fmt: skip


def _finish(rows: Rows, row: Row, at: int) -> None:
    seconds = 60 * rows.dice.randrange(8, 24) + rows.dice.randrange(60)
    begun = _start(rows, row)
    diagnosis, plan = _RESULTS[at % len(_RESULTS)]
    if at == PAST // 2:
        _consultation(rows, row, "no_show", end_time=begun + dt.timedelta(minutes=30))
        return
    _consultation(
        rows, row, "completed", actual_start_time=begun, end_time=begun + dt.timedelta(seconds=seconds),
        duration=seconds, diagnosis=diagnosis, treatment_plan=plan,
        connection_quality=rows.dice.choice(("excellent", "good", "good", "fair")),
        patient_rating=rows.dice.choice((5, 5, 4, 5, 3)) if at % 3 else None,
        patient_feedback=_COMMENTS[at % len(_COMMENTS)] if at % 3 else None,
    )  # fmt: skip
