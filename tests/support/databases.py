"""Databases for tests: SQLite files, and a MySQL and a MariaDB server a worker.

Each worker of a parallel run has servers of its own, so that a test may change a global variable. Tests that kill a
server make their own (`tools.servers.server.Server`).
"""

from __future__ import annotations

import itertools
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import NullPool, create_engine, inspect, make_url, text

from tests.support.sql import sql_allowed
from tools.servers.flavours import MARIADB, MYSQL, Flavour
from tools.servers.obtain import ServerUnavailableError
from tools.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

_EVERY_KIND = (
    "sqlite",
    pytest.param("mysql", marks=pytest.mark.server),
    pytest.param("mariadb", marks=pytest.mark.server),
)
#: for tests of what only a server has: connections that can be killed, locks that can be waited for
ON_SERVERS = pytest.mark.parametrize("database_url", _EVERY_KIND[1:], indirect=True)
_SERVER_FIXTURES = {
    f"{prefix}{name}{suffix}"
    for name in ("mysql", "mariadb")
    for prefix, suffix in (("", "_server"), ("", "_url"), ("empty_", "_url"))
}


class TestServer:
    """A server that takes databases, whether started here or named by the environment."""

    __test__ = False

    def __init__(self, address: str) -> None:
        self._address = make_url(address)
        self._numbers = itertools.count()

    def url(self, database: str = "") -> str:
        """The address of a database on this server, for an account that may do everything."""
        return self._address.set(database=database).render_as_string(hide_password=False)

    def execute(self, *commands: str) -> None:
        """Run SQL of an administrator."""
        with sql_allowed(), _administration(self.url()) as connection:
            for command in commands:
                connection.execute(text(command))

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new, empty utf8mb4 database that is dropped afterwards."""
        name = f"tcmdesk_test_{os.getpid()}_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name}")


@contextmanager
def _administration(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


@contextmanager
def _server(flavour: Flavour) -> Iterator[TestServer]:
    given = os.environ.get(flavour.variable)
    if given:
        address = make_url(given).set(drivername="mysql+pymysql")
        yield TestServer(address.render_as_string(hide_password=False))
        return
    refusal = ""
    try:
        server = Server(flavour)
        server.start()
    except ServerUnavailableError as error:
        refusal = str(error)
    if refusal:
        # never skipped: a suite without its servers has not been run
        pytest.fail(refusal, pytrace=False)
    try:
        yield TestServer(server.url())
    finally:
        server.remove()


@pytest.fixture(scope="session")
def mysql_server() -> Iterator[TestServer]:
    with _server(MYSQL) as server:
        yield server


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[TestServer]:
    with _server(MARIADB) as server:
        yield server


@pytest.fixture(scope="session")
def _mysql_schema(mysql_server: TestServer) -> Iterator[str]:
    with mysql_server.database() as url:
        _make_schema(url)
        yield url


@pytest.fixture(scope="session")
def _mariadb_schema(mariadb_server: TestServer) -> Iterator[str]:
    with mariadb_server.database() as url:
        _make_schema(url)
        yield url


@pytest.fixture(scope="session")
def _sqlite_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("schema") / "clinic.db"
    _make_schema(f"sqlite:///{file}")
    return file


def _make_schema(url: str) -> None:
    from tcmdesk.core.db.schema.upgrade import upgrade

    with sql_allowed():
        upgrade(url, create_contract=True, report=lambda _line: None)


@pytest.fixture
def mysql_url(_mysql_schema: str) -> str:
    """A MySQL database with the whole schema and no rows."""
    _empty(_mysql_schema)
    return _mysql_schema


@pytest.fixture
def mariadb_url(_mariadb_schema: str) -> str:
    """A MariaDB database with the whole schema and no rows."""
    _empty(_mariadb_schema)
    return _mariadb_schema


@pytest.fixture
def sqlite_url(_sqlite_schema: Path, tmp_path: Path) -> str:
    """A SQLite file with the whole schema and no rows."""
    return f"sqlite:///{shutil.copy(_sqlite_schema, tmp_path / 'clinic.db')}"


def _empty(url: str) -> None:
    """Delete all rows but the schema's own; a hundred times faster than TRUNCATE on small tables."""
    from tcmdesk.core.db.schema.state import STATE_TABLE
    from tcmdesk.core.db.schema.version import VERSION_TABLE

    with sql_allowed(), _administration(url) as connection:
        connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
        for table in inspect(connection).get_table_names():
            if table not in {STATE_TABLE, VERSION_TABLE}:
                connection.execute(text(f"DELETE FROM `{table}`"))


@pytest.fixture
def empty_mysql_url(mysql_server: TestServer) -> Iterator[str]:
    """A MySQL database without a table."""
    with mysql_server.database() as url:
        yield url


@pytest.fixture
def empty_mariadb_url(mariadb_server: TestServer) -> Iterator[str]:
    """A MariaDB database without a table."""
    with mariadb_server.database() as url:
        yield url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=_EVERY_KIND)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with the whole schema and no rows, on each of the three kinds in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=_EVERY_KIND)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without a table, on each of the three kinds in turn."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _SERVER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)
