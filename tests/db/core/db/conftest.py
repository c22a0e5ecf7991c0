"""A database with the whole schema, on each of the three kinds."""

import datetime as dt

import pytest

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database

NOW = dt.datetime(2026, 11, 24, 2, 22, tzinfo=dt.UTC)


@pytest.fixture
def open_database(database_url):
    """Open one more desk on the same database: ``open_database("desk-2")``."""
    opened = []

    def make(workstation="desk-1", **options):
        database = Database(database_url, workstation=workstation, clock=FixedClock(NOW), **options)
        opened.append(database)
        return database

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database):
    return open_database()
