"""Before anyone signs in: reach the database and see that it is one this program can work with.

Headless and blocking; everything heavy is imported here, on a worker, while the first window is on screen.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import System
from tcmdesk.core.clock import FollowingClock
from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import datetime as dt
    from zoneinfo import ZoneInfo

    from sqlalchemy import URL, Connection

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database

ACTOR: Final = System("start")
SKEW_SECONDS: Final = 60
"""A clock that is off by more puts bookings and signatures at wrong times."""


class NotPrepared(UserError):
    """The database holds no tables of this program yet; `contract` says whether the shared ones are there."""

    def __init__(self, *, contract: bool) -> None:
        super().__init__(
            "schema.adopt" if contract else "schema.empty",
            N_(
                "This database has not been prepared for tcmdesk yet. An administrator does it with “tcmdesk db upgrade”."
            )
            if contract
            else N_(
                "This database has no tables yet. An administrator makes them with “tcmdesk db upgrade”."
            ),
        )
        self.contract = contract


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database that can be worked with.

    `milliseconds` is how long it took to answer; `skew_seconds` by how much this computer's clock is ahead of
    the server's.
    """

    database: Database
    server: str
    clinic: str
    zone: ZoneInfo
    read_only: bool
    milliseconds: int
    skew_seconds: float


@dataclass(frozen=True, slots=True)
class Examined:
    """What a test finds besides: how many of the platform's tables are there, and whether the account may write."""

    tables: int
    may_write: bool


SKEW_COUNTS: Final = 2.0
"""Seconds by which a clock must be off to be put right: less is the time that the answer took."""


def prepare(url: str | URL, *, workstation: str, clock: Clock) -> Prepared:
    """Connect, and look at what is there.

    Raises:
        NotPrepared: there are no tables, or only the platform's.
        UserError: the address, account, certificate or schema is not right; the message says what to do.
        Unavailable: the server cannot be reached.
    """
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.registry import load_features, load_models
    from tcmdesk.features.settings import service as settings

    load_models()
    load_features()
    database = Database(url, workstation=workstation, clock=clock)
    try:
        started = time.perf_counter()
        own = clock.own if isinstance(clock, FollowingClock) else clock
        server, read_only, skew = database.read(lambda connection: _look(connection, own))
        if isinstance(clock, FollowingClock):
            clock.follow(skew if abs(skew) >= SKEW_COUNTS else 0)
        milliseconds = round((time.perf_counter() - started) * 1000)
        clinic = database.read(lambda connection: settings.clinic(connection, ACTOR))
    except BaseException:
        database.close()
        raise
    return Prepared(database, server, clinic.name, clinic.zone, read_only, milliseconds, skew)


def examine(prepared: Prepared) -> Examined:
    """Look closer than signing in needs to; writes a row and takes it back.

    Raises:
        Unavailable: the server went away meanwhile.
    """
    from sqlalchemy import inspect

    from tcmdesk.core.db.schema.ddl import contract_statements
    from tcmdesk.features.identity.service.sign_in import may_count

    names = {name for name, _ in contract_statements("mysql")}
    database = prepared.database
    present = database.read(lambda connection: set(inspect(connection).get_table_names()))
    return Examined(len(names & present), not prepared.read_only and may_count(database))


def prepare_kept(url: str, *, workstation: str, clock: Clock) -> Prepared:
    """As `prepare`, with the password that the keyring has for this address."""
    from tcmdesk.app.connect.address import with_kept_password

    return prepare(with_kept_password(url), workstation=workstation, clock=clock)


def _look(connection: Connection, clock: Clock) -> tuple[str, bool, float]:
    _check_schema(connection)
    if connection.dialect.name == "sqlite":
        return "SQLite", False, 0.0
    from sqlalchemy import text

    row = connection.execute(
        text("SELECT VERSION() AS version, @@read_only AS read_only, UTC_TIMESTAMP(6) AS now")
    ).one()
    name = "MariaDB" if "MariaDB" in row.version else "MySQL"
    now: dt.datetime = row.now
    skew = (clock.now().replace(tzinfo=None) - now).total_seconds()
    return f"{name} {row.version.split('-')[0]}", str(row.read_only).upper() in {"1", "ON"}, skew


def _check_schema(connection: Connection) -> None:
    from sqlalchemy import inspect

    from tcmdesk.core.db.schema.version import HEAD, read_version

    version = read_version(connection)
    if version == HEAD:
        return
    if version is None:
        raise NotPrepared(contract=inspect(connection).has_table("users"))
    if version > HEAD:  # revisions are named by date
        raise UserError(
            "schema.newer",
            N_("A newer tcmdesk has prepared this database ({version}). Update this workstation."),
            version=version,
        )
    raise UserError(
        "schema.older",
        N_(
            "This database was prepared by an older tcmdesk. An administrator brings it up to date with “tcmdesk db upgrade”."
        ),
    )
