"""Looks at a demo that is there already, with nothing but Python's own SQLite: the window must not wait for more."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from tcmdesk.cli.demo import people
from tcmdesk.core.actor import Staff

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

log = logging.getLogger(__name__)

EDITION: Final = 7
"""Raised whenever the demo's content changes, so that older ones are made anew."""

FILE_NAME: Final = "demo.db"


def url_of(folder: Path) -> str:
    """The address of the demo in a folder."""
    return f"sqlite:///{folder / FILE_NAME}"


def label_for(now: dt.datetime, zone: dt.tzinfo) -> str:
    """What a demo made now is labelled with: its edition and the clinic's day."""
    return f"{EDITION}/{now.astimezone(zone).date().isoformat()}"


def is_current(folder: Path, label: str) -> bool:
    """Whether a folder has the demo of this label."""
    path = folder / FILE_NAME
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute(
                "SELECT config_value FROM system_configs WHERE category = 'demo' AND config_key = 'label'"
            ).fetchone()
    except sqlite3.Error as error:
        log.info("the demo there is not usable: %s", error)
        return False
    return row is not None and row[0] == label


def staff_of(folder: Path, account: str) -> Staff:
    """A member of the demo's staff, as signing in would give it."""
    role = next(person.role for person in people.STAFF if person.account == account)
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        user_id, name, doctor_id = connection.execute(
            "SELECT users.id, users.name, doctors.id FROM users LEFT JOIN doctors ON doctors.user_id = users.id"
            " WHERE users.account = ?",
            (account,),
        ).fetchone()
    return Staff(user_id, name, role, doctor_id)
