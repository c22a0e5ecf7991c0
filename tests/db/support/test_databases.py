"""The databases that other tests get are what they are said to be."""

from sqlalchemy import NullPool, create_engine, inspect, text

from tcmdesk.core.db.schema.state import STATE_TABLE
from tcmdesk.core.db.schema.version import VERSION_TABLE


def connect(url):
    return create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect()


def test_an_empty_database_has_no_table_and_is_of_its_kind(request, empty_database_url):
    kind = request.node.callspec.params["empty_database_url"]
    with connect(empty_database_url) as connection:
        assert inspect(connection).get_table_names() == []
        dialect = connection.dialect
        assert kind == ("mariadb" if getattr(dialect, "is_mariadb", False) else dialect.name)


def test_an_empty_server_database_takes_every_character(empty_mariadb_url):
    with connect(empty_mariadb_url) as connection:
        connection.execute(text("CREATE TABLE t (a VARCHAR(20))"))
        connection.execute(text("INSERT INTO t VALUES ('𠮷😀')"))
        assert connection.scalar(text("SELECT a FROM t")) == "𠮷😀"


def test_the_schema_is_there_and_holds_no_row(database_url):
    with connect(database_url) as connection:
        tables = inspect(connection).get_table_names()
        assert {"users", "appointments", "desk_operations", "desk_slots"} <= set(tables)
        filled = [name for name in tables if connection.scalar(text(f"SELECT COUNT(*) FROM {name}"))]
        assert set(filled) == {STATE_TABLE, VERSION_TABLE}
        connection.execute(
            text("INSERT INTO departments (id, name, code) VALUES ('left-by-the-test-before', 'd', 'c')")
        )


def test_what_the_test_before_wrote_is_gone(database_url):
    with connect(database_url) as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM departments")) == 0
