"""Makes the demo's database, once a day: it is always about today."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert

from tcmdesk.cli.demo import arrivals, board, clinic, hours, lists, people, staff, video, visits, waiting
from tcmdesk.cli.demo.existing import FILE_NAME, is_current, label_for, url_of
from tcmdesk.cli.demo.rows import Rows
from tcmdesk.core.actor import System
from tcmdesk.core.db.base import Base
from tcmdesk.core.db.database import Database
from tcmdesk.features.settings import service as settings
from tcmdesk.features.settings.types import Clinic, Session, every_day

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from tcmdesk.core.db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

WORKSTATION: Final = "demo"
_ACTOR: Final = System("demo")
_BATCH: Final = 500

# parents before children, because SQLite checks foreign keys
_ORDER: Final = (
    "departments", "users", "desk_staff", "doctors", "patient_profiles",
    "appointments", "desk_appointments", "desk_slots", "desk_hours", "desk_exceptions",
    "desk_leave_moves", "desk_resources", "desk_visit_kinds", "desk_visits",
    "desk_visit_numbers", "desk_waitlist", "desk_inbox_marks", "video_consultations", "video_consultation_templates",
    "desk_video_visits", "desk_video_links", "desk_video_licences", "desk_video_doctors",
    "desk_video_diagnoses", "desk_saved_views", "system_configs",
)  # fmt: skip


def make(folder: Path, now: dt.datetime, zone: ZoneInfo) -> str:
    """Make the demo about the day of `now` unless the folder has it already; returns its address.

    Args:
        now: aware; visits before it are done.
        zone: the clinic's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    url, label = url_of(folder), label_for(now, zone)
    if not is_current(folder, label):
        _remove(folder / FILE_NAME)
        fill(url, now, zone, label)
        log.info("demo made: %s", label)
    return url


def fill(url: str, now: dt.datetime, zone: ZoneInfo, label: str = "") -> None:
    """Put the demo clinic into an empty database of any kind; its tables are made if need be."""
    # only needed once a day, and heavy
    from tcmdesk.core.db.schema.upgrade import upgrade
    from tcmdesk.features.appointments.service.recent import reindex_with_visits
    from tcmdesk.features.identity.service.passwords import hash_password

    upgrade(url)
    rows = Rows(now, zone)
    made = clinic.build(rows, hash_password)
    visits.build(rows, made, hours.build(rows, made))
    arrivals.build(rows, made)
    waiting.build(rows, made)
    lists.build(rows, made)
    board.build(rows, made)
    video.build(rows, made)
    staff.add_former(rows)
    rows.add(
        "system_configs", id=rows.new_id(), category="demo", config_key="label", config_value=label,
        value_type="string", is_encrypted=False, created_at=rows.now, updated_at=rows.now,
    )  # fmt: skip
    week = every_day(*(Session(start, end) for start, end in visits.SESSIONS))
    agreed = Clinic(people.CLINIC, rows.zone, week)

    def write(unit: UnitOfWork) -> None:
        _insert(unit, rows)
        settings.save_clinic(unit, _ACTOR, agreed)

    database = Database(url, workstation=WORKSTATION)
    try:
        database.write(_ACTOR, "demo:clinic:make", write)
        reindex_with_visits(database, _ACTOR, rows.now)
    finally:
        database.close()


def _insert(unit: UnitOfWork, rows: Rows) -> None:
    for name in _ORDER:
        statement = insert(Base.metadata.tables[name])
        table = rows.tables[name]
        for first in range(0, len(table), _BATCH):
            unit.execute(statement, table[first : first + _BATCH])


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
