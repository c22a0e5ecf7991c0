"""Makes the demo's database, once a day: it is always about today."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select

from tcmdesk.cli.demo import clinic, people, visits
from tcmdesk.cli.demo.rows import Rows
from tcmdesk.core.actor import Staff, System
from tcmdesk.core.db.base import Base
from tcmdesk.core.db.database import Database
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.settings import service as settings
from tcmdesk.features.settings.models import SystemConfig
from tcmdesk.features.settings.types import Clinic, Session, every_day

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from tcmdesk.core.db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

EDITION: Final = 3
"""Raised whenever the demo's content changes, so that older ones are made anew."""

WORKSTATION: Final = "demo"
_ACTOR: Final = System("demo")
_BATCH: Final = 500

# parents before children, because SQLite checks foreign keys
_ORDER: Final = (
    "departments", "users", "desk_staff", "doctors", "patient_profiles",
    "appointments", "desk_appointments", "desk_slots", "system_configs",
)  # fmt: skip


def url_of(folder: Path) -> str:
    """The address of the demo in a folder."""
    return f"sqlite:///{folder / 'demo.db'}"


def make(folder: Path, now: dt.datetime, zone: ZoneInfo) -> str:
    """Make the demo about the day of `now` unless the folder has it already; returns its address.

    Args:
        now: aware; visits before it are done.
        zone: the clinic's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    url = url_of(folder)
    label = f"{EDITION}/{now.astimezone(zone).date().isoformat()}"
    path = folder / "demo.db"
    if path.exists():
        if _label(url) == label:
            return url
        _remove(path)
    fill(url, now, zone, label)
    log.info("demo made, edition %d", EDITION)
    return url


def fill(url: str, now: dt.datetime, zone: ZoneInfo, label: str = "") -> None:
    """Put the demo clinic into an empty database of any kind; its tables are made if need be."""
    # only needed once a day, and heavy
    from tcmdesk.core.db.schema.upgrade import upgrade
    from tcmdesk.features.appointments.service.recent import reindex_with_visits
    from tcmdesk.features.identity.service import hash_password

    upgrade(url)
    rows = Rows(now, zone)
    visits.build(rows, clinic.build(rows, hash_password))
    rows.add(
        "system_configs", id=rows.new_id(), category="demo", config_key="label", config_value=label,
        value_type="string", is_encrypted=False, created_at=rows.now, updated_at=rows.now,
    )  # fmt: skip
    hours = every_day(*(Session(start, end) for start, end in visits.SESSIONS))
    agreed = Clinic(people.CLINIC, rows.zone, hours)

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


def staff_of(url: str, account: str) -> Staff:
    """A member of the demo's staff, as signing in would give it."""
    role = next(person.role for person in people.STAFF if person.account == account)
    statement = (
        select(User.id, User.name, Doctor.id)
        .join_from(User, Doctor, Doctor.user_id == User.id, isouter=True)
        .where(User.account == account)
    )
    database = Database(url, workstation=WORKSTATION)
    try:
        user_id, name, doctor_id = database.read(lambda connection: connection.execute(statement).one())
    finally:
        database.close()
    return Staff(user_id, name, role, doctor_id)


def _label(url: str) -> str | None:
    database = Database(url, workstation=WORKSTATION)
    statement = select(SystemConfig.config_value).where(
        SystemConfig.category == "demo", SystemConfig.config_key == "label"
    )
    try:
        return database.read(lambda connection: connection.execute(statement).scalar())
    except Exception as error:  # noqa: BLE001  (whatever is wrong with an old demo, a new one is made)
        log.info("the demo there is not usable: %s", error)
        return None
    finally:
        database.close()


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
