import pytest
from sqlalchemy import create_engine, text

from tests.support.sql import UiThreadGuard, recorded_statements

QUERY = """
from sqlalchemy import create_engine, text

def query():
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    engine.dispose()
"""


@pytest.fixture
def run(run_inner):
    def run(body, **options):
        return run_inner("tests.support.sql", QUERY + body, **options)

    return run


def test_sql_on_the_main_thread_fails_a_screen_test(run):
    result = run("def test_it():\n    query()\n")
    result.assert_outcomes(failed=1, errors=1)
    result.stdout.fnmatch_lines(["*SQL on the UI thread: a new connection*"])


def test_it_fails_even_when_the_refusal_is_swallowed(run):
    result = run("def test_it():\n    try:\n        query()\n    except AssertionError:\n        pass\n")
    result.assert_outcomes(passed=1, errors=1)


def test_a_worker_thread_may_speak_sql(run):
    result = run(
        "from concurrent.futures import ThreadPoolExecutor\n"
        "def test_it():\n    with ThreadPoolExecutor(1) as pool:\n        pool.submit(query).result()\n"
    )
    result.assert_outcomes(passed=1)


def test_set_up_may_speak_sql_when_it_says_so(run):
    result = run(
        "from tests.support.sql import sql_allowed\ndef test_it():\n    with sql_allowed():\n        query()\n"
    )
    result.assert_outcomes(passed=1)


def test_other_tests_are_not_watched(run):
    result = run("def test_it():\n    query()\n", folder="tests/db")
    result.assert_outcomes(passed=1)


def test_the_guard_is_off_outside_a_test():
    UiThreadGuard().on_statement(None, None, "SELECT 1")


def test_statements_and_ends_of_transactions_are_counted():
    engine = create_engine("sqlite://")
    with engine.connect() as before:
        before.execute(text("SELECT 0"))
    with recorded_statements(engine) as log, engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.execute(text("SELECT 2"))
        connection.commit()
        connection.execute(text("SELECT 3"))
        connection.rollback()
    with engine.connect() as after:
        after.execute(text("SELECT 4"))
    engine.dispose()
    assert log.texts == ["SELECT 1", "SELECT 2", "SELECT 3"]
    assert (len(log), log.commits, log.rollbacks) == (3, 1, 1)
