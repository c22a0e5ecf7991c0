"""One worker of many."""

import threading

import pytest

from tcmdesk.core.db.election import run_elected
from tests.support.databases import ON_SERVERS


def test_the_winner_runs_and_gives_the_place_back(database):
    ran = []
    assert run_elected(database, "work", lambda: ran.append(1))
    assert run_elected(database, "work", lambda: ran.append(2))
    assert ran == [1, 2]


@ON_SERVERS
def test_while_one_works_others_do_not(database, open_database):
    other = open_database("desk-2")
    working, done = threading.Event(), threading.Event()

    def work():
        working.set()
        done.wait(10)

    thread = threading.Thread(target=run_elected, args=(database, "work", work))
    thread.start()
    assert working.wait(10)
    ran = []
    try:
        assert not run_elected(other, "work", lambda: ran.append("twice"))
        assert run_elected(other, "something else", lambda: ran.append("other"))
    finally:
        done.set()
        thread.join()
    assert ran == ["other"]
    assert run_elected(other, "work", lambda: ran.append("now"))


def test_a_failure_gives_the_place_back(database, open_database):
    with pytest.raises(ZeroDivisionError):
        run_elected(database, "work", lambda: 1 / 0)
    assert run_elected(open_database("desk-2"), "work", lambda: None)
