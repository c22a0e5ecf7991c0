"""The doorbell rings for what others change, and says when the database is away."""

import queue
import time

import pytest
from sqlalchemy import insert

from tcmdesk.core.actor import System
from tcmdesk.core.db.feed import ChangeFeed
from tcmdesk.core.ids import uuid7
from tcmdesk.features.settings.models import SystemConfig

JOB = System("test")
PATIENCE = 3.0
"""Seconds within which a change by others is promised to be noticed."""


def put(uow):
    uow.execute(
        insert(SystemConfig).values(
            id=uuid7(), category="test", config_key=uuid7(), config_value="x", value_type="string"
        )
    )


@pytest.fixture
def feed(database):
    feed = ChangeFeed(database, interval=0.2)
    yield feed
    feed.stop()


@pytest.fixture
def heard(feed):
    """What the feed told, as it came; the feed has had its first look."""
    told, status = queue.Queue(), queue.Queue()
    feed.subscribe(told.put)
    feed.subscribe_status(status.put)
    feed.start()
    assert status.get(timeout=5) is True
    time.sleep(0.3)
    return told


def wait_for(heard, table):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if table in heard.get(timeout=0.1):
                return True
        except queue.Empty:
            continue
    return False


def test_others_changes_ring(heard, open_database):
    open_database("desk-2").write(JOB, "test", put)
    assert wait_for(heard, "system_configs")


def test_a_second_change_in_the_same_second_rings_too(heard, open_database):
    other = open_database("desk-2")
    other.write(JOB, "test", put)
    assert wait_for(heard, "system_configs")
    other.write(JOB, "test", put)
    assert wait_for(heard, "system_configs")


def test_ones_own_changes_ring_at_once(heard, database):
    begun = time.monotonic()
    database.write(JOB, "test", put)
    assert "system_configs" in heard.get(timeout=PATIENCE)
    assert time.monotonic() - begun < PATIENCE


def test_silence_is_silent(heard):
    while not heard.empty():
        heard.get()
    # what was written while the schema was filled has stopped ringing after two seconds
    time.sleep(3)
    while not heard.empty():
        heard.get()
    time.sleep(1)
    assert heard.empty()


def test_it_can_be_stopped_before_it_starts(database):
    ChangeFeed(database).stop()
