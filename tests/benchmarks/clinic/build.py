"""Makes the benchmarks' clinic in a database: schema, rows, and the search index by the product's own command."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, text

from tcmdesk.core.db.database import Database
from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.features.patients.service import index
from tests.benchmarks.clinic import people, visits
from tests.benchmarks.clinic.people import People
from tests.benchmarks.clinic.visits import Visits
from tests.benchmarks.clinic.writer import Writer, open_writer
from tests.benchmarks.harness import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.clinic.people import Row

SEED: Final = 20261118
COLUMNS: Final = people.COLUMNS | visits.COLUMNS


class NotEmptyError(RuntimeError):
    """The database holds people already; a million invented rows among real ones could not be taken out again."""


def build(url: str, scale: float) -> dict[str, tuple[int, float]]:
    """Fill an empty database; rows and seconds of each table.

    Raises NotEmptyError.
    """
    begun = time.perf_counter()
    upgrade(url, create_contract=True, report=say)
    done = {"schema": (0, time.perf_counter() - begun)}
    engine = create_engine(url)
    with engine.connect() as connection:
        if connection.execute(text("SELECT id FROM users LIMIT 1")).first():
            raise NotEmptyError(f"{engine.url!r} is not empty")
    writer = open_writer(url)
    try:
        done |= _rows(writer, scale)
    finally:
        writer.close()
    with engine.connect() as connection:
        for table in COLUMNS:
            connection.execute(
                text(f"ANALYZE TABLE {table}" if engine.name != "sqlite" else f"ANALYZE {table}")
            )
    engine.dispose()
    begun = time.perf_counter()
    indexed = reindex(url)
    done["search index"] = (indexed, time.perf_counter() - begun)
    say(f"search index: {indexed:,} persons in {done['search index'][1]:.1f} s")
    return done


def _rows(writer: Writer, scale: float) -> dict[str, tuple[int, float]]:
    dice = random.Random(SEED)
    crowd = People(dice, scale)
    past = Visits(dice, crowd, scale)
    tables: tuple[tuple[str, Iterable[Row]], ...] = (
        ("departments", crowd.departments()),
        ("users", crowd.users()),
        ("doctors", crowd.doctor_rows()),
        ("patient_profiles", crowd.profile_rows()),
        ("appointments", past.appointments()),
        # filled while the appointments are drawn
        ("desk_appointments", past.desk_rows),
        ("prescriptions", past.prescriptions()),
        ("notifications", past.notifications()),
    )
    done = {}
    for table, rows in tables:
        begun = time.perf_counter()
        count = writer.write(table, COLUMNS[table], rows)
        done[table] = (count, time.perf_counter() - begun)
        say(f"{table}: {count:,} rows in {done[table][1]:.1f} s")
    return done


def reindex(url: str) -> int:
    """What `tcmdesk db reindex` does; the number of persons it indexed."""
    database = Database(url, workstation="bench-load")
    try:
        return index.reindex(database, lambda _done, _total: None, lambda: False)
    finally:
        database.close()
