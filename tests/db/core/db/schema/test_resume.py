"""A run that is killed, at whatever moment, is finished by the next."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import Engine, NullPool, create_engine, event, make_url

from tcmdesk.core.db.schema.doctor import check
from tcmdesk.core.db.schema.info import info
from tcmdesk.core.db.schema.state import Origin
from tcmdesk.core.db.schema.upgrade import upgrade
from tests.db.core.db.schema.databases import make_contract, table_names

SERVERS = [
    pytest.param("empty_mysql_url", marks=pytest.mark.server),
    pytest.param("empty_mariadb_url", marks=pytest.mark.server),
]
CHANGES = ("CREATE ", "ALTER ", "DROP ")


def empty(url: str) -> None:
    """Make the database anew."""
    address = make_url(url)
    engine = create_engine(address.set(database=""), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE `{address.database}`")
        connection.exec_driver_sql(f"CREATE DATABASE `{address.database}` CHARACTER SET utf8mb4")


class Killed(Exception):
    """Stands for the end of the process."""


def upgrade_until_the_next_change(url: str, **options: bool) -> bool:
    """Run until one statement has changed the schema; False when the run came to its end without."""
    changed = False

    def stop(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal changed
        if statement.lstrip().startswith(CHANGES):
            changed = True
            raise Killed

    event.listen(Engine, "after_cursor_execute", stop)
    try:
        upgrade(url, **options)
    except Killed:
        pass
    finally:
        event.remove(Engine, "after_cursor_execute", stop)
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("url", SERVERS)
def test_every_step_may_be_the_last(request, url):
    url = request.getfixturevalue(url)
    rounds = 0
    # each round gets one statement further than the one before: DDL is committed at once, and what was
    # inserted since the statement before is lost
    while upgrade_until_the_next_change(url, tune=True, guard=True):
        rounds += 1
        assert rounds < 120
    assert rounds > 60
    facts = info(url)
    assert (facts.origin, facts.contract_tables, len(facts.tuned), facts.guarded) == (
        Origin.CREATED,
        41,
        5,
        True,
    )
    assert check(url) == []


@pytest.mark.parametrize("url", SERVERS)
def test_a_killed_completion_is_finished_without_being_asked_again(request, url):
    url = request.getfixturevalue(url)
    make_contract(url, without=("reviews", "review_tag_mappings", "email_logs"))
    for _round in range(2):
        upgrade_until_the_next_change(url, create_contract=True)
    assert info(url).contract_tables == 39
    result = upgrade(url)
    assert result.origin is Origin.ADOPTED
    assert info(url).contract_tables == 41


@pytest.mark.slow
@pytest.mark.parametrize("url", SERVERS)
def test_killed_processes_leave_nothing_that_stops_the_next(request, url):
    url = request.getfixturevalue(url)
    program = (
        "import sys; from tcmdesk.core.db.schema.upgrade import upgrade; print('ready', flush=True);"
        " upgrade(sys.argv[1], tune=True, guard=True); print('done', flush=True)"
    )
    chance = random.Random(20261122)
    latest, killed_midway = 0.5, 0
    for _attempt in range(40):
        process = subprocess.Popen([sys.executable, "-c", program, url], stdout=subprocess.PIPE, text=True)
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, latest))
            process.send_signal(signal.SIGKILL)
            done = "done" in process.stdout.read()
        if done:
            # it came to its end before it was killed: from the beginning, with less patience
            empty(url)
            latest, killed_midway = latest / 2, 0
            continue
        killed_midway += 1
        if killed_midway == 4:
            break
    assert killed_midway == 4, "the machine was too fast for the kills to land inside a run"
    upgrade(url, tune=True, guard=True)
    facts = info(url)
    assert (facts.origin, facts.contract_tables, len(facts.tuned), facts.guarded) == (
        Origin.CREATED,
        41,
        5,
        True,
    )
    assert check(url) == []


def test_a_killed_run_leaves_an_embedded_database_as_it_was(empty_sqlite_url):
    assert upgrade_until_the_next_change(empty_sqlite_url)
    assert table_names(empty_sqlite_url) == set()
    assert upgrade(empty_sqlite_url).origin is Origin.CREATED
