"""A counter that never moves would show zero deadlocks too."""

import threading

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.benchmarks.booking import server_deadlocks


@pytest.mark.parametrize("fixture", ["mysql_url", "mariadb_url"])
@pytest.mark.server
def test_a_deadlock_moves_the_servers_counter(fixture, request):
    engine = create_engine(request.getfixturevalue(fixture), isolation_level="READ COMMITTED")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bench_deadlock (id INT PRIMARY KEY, n INT)"))
        connection.execute(text("INSERT INTO bench_deadlock VALUES (1, 0), (2, 0)"))
    with engine.connect() as connection:
        before = server_deadlocks(connection)
    both_hold_one = threading.Barrier(2)
    refused = []

    def cross(first, second):
        update = text("UPDATE bench_deadlock SET n = n + 1 WHERE id = :id")
        try:
            with engine.begin() as connection:
                connection.execute(update, {"id": first})
                both_hold_one.wait()
                connection.execute(update, {"id": second})
        except OperationalError as error:
            refused.append(error.orig.args[0])

    threads = [threading.Thread(target=cross, args=order) for order in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.begin() as connection:
        after = server_deadlocks(connection)
        connection.execute(text("DROP TABLE bench_deadlock"))
    engine.dispose()
    assert refused == [1213]
    assert after == before + 1
