"""What a workstation is told when the database is not what it should be. All for real."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tcmdesk.app.preparing import Examined, NotPrepared, examine, prepare
from tcmdesk.core.actor import System
from tcmdesk.core.clock import FixedClock, FollowingClock, SystemClock
from tcmdesk.core.db.engines import parse_url
from tcmdesk.core.errors import Unavailable, UserError
from tcmdesk.core.i18n import translator
from tests.support.certificates import Authority
from tests.support.databases import ON_SERVERS
from tools.servers.flavours import MYSQL
from tools.servers.server import Server


def _prepare(url):
    prepared = prepare(url, workstation="test", clock=SystemClock())
    prepared.database.close()
    return prepared


def _execute(url, *statements):
    engine = create_engine(
        make_url(url).set(drivername="mysql+pymysql"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _refused(url, kind=UserError):
    with pytest.raises(kind) as refused:
        _prepare(url)
    error = refused.value
    for language in ("en", "zh_CN"):
        assert "{" not in error.text(translator(language))
    assert error.text(translator("zh_CN")) != error.text(translator("en"))
    return error.code


def test_a_database_that_fits_is_described(database_url):
    prepared = _prepare(database_url)

    assert prepared.server.split()[0] in {"SQLite", "MySQL", "MariaDB"}
    assert prepared.zone.key == "Asia/Shanghai"
    assert not prepared.read_only
    assert abs(prepared.skew_seconds) < 5
    assert prepared.milliseconds >= 0


@ON_SERVERS
def test_a_wrong_clock_is_put_right_by_the_servers(database_url):
    own = FixedClock(SystemClock().now() + dt.timedelta(minutes=7))
    clock = FollowingClock(own)
    for _ in range(2):
        prepared = prepare(database_url, workstation="test", clock=clock)
        prepared.database.close()
        assert 410 < prepared.skew_seconds < 425
        assert abs((clock.now() - SystemClock().now()).total_seconds()) < 5


def test_no_tables(empty_database_url):
    assert _refused(empty_database_url, NotPrepared) == "schema.empty"


def test_only_the_platforms_tables(mysql_url, mysql_server):
    with mysql_server.database() as url:
        source = parse_url(mysql_url).database
        _execute(url, f"CREATE TABLE users LIKE {source}.users")

        assert _refused(url, NotPrepared) == "schema.adopt"


@pytest.mark.parametrize(
    ("version", "code"), [("2099_01_01_later", "schema.newer"), ("2020_01_01_early", "schema.older")]
)
def test_another_version_of_the_program(mysql_url, version, code):
    from tcmdesk.core.db.schema.version import HEAD

    _execute(mysql_url, f"UPDATE desk_alembic_version SET version_num = '{version}'")
    try:
        assert _refused(mysql_url) == code
    finally:
        _execute(mysql_url, f"UPDATE desk_alembic_version SET version_num = '{HEAD}'")


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        ({"host": "no-such-host.invalid"}, Unavailable, "db.away"),
        ({"port": 9}, Unavailable, "db.away"),
        ({"username": "nobody", "password": "wrong"}, UserError, "db.access"),
        ({"database": "tcmdesk_not_there"}, UserError, "db.name"),
        ({"query": {"ssl_ca": "/nowhere/ca.pem"}}, UserError, "db.tls_file"),
        ({"query": {"ssl_ca": __file__}}, UserError, "db.tls_file"),
    ],
    ids=["host", "port", "account", "database", "no CA file", "no CA in the file"],
)
def test_a_wrong_part_of_the_address(mysql_url, change, kind, code):
    url = parse_url(mysql_url).set(**change)

    assert _refused(url, kind) == code


@pytest.mark.parametrize("url", ["nonsense", "postgresql://x/y", "sqlite://", "mysql://desk@host"])
def test_an_address_that_is_none(url):
    assert _refused(url).startswith("db.url")


@pytest.fixture
def own_server():
    with Server(MYSQL) as server:
        yield server


@pytest.mark.server
def test_a_certificate_for_another_host(own_server):
    _execute(own_server.url(), "CREATE DATABASE tcmdesk_tls CHARACTER SET utf8mb4")
    ca = own_server.directory / "data" / "ca.pem"

    # the server's certificate is its own CA's, but it was not made for this name
    assert _refused(f"{own_server.url('tcmdesk_tls')}?ssl_ca={ca}") == "db.tls_host"


@pytest.mark.server
def test_a_certificate_of_another_authority(own_server, tmp_path):
    _execute(own_server.url(), "CREATE DATABASE tcmdesk_tls CHARACTER SET utf8mb4")
    # not another test server's: they all come from one template and share its authority
    ca = Authority(tmp_path).file

    assert _refused(f"{own_server.url('tcmdesk_tls')}?ssl_ca={ca}") == "db.tls_ca"


@pytest.mark.server
@pytest.mark.parametrize(
    ("certified", "days", "options", "code"),
    [
        ("127.0.0.1", 30, (), ""),
        ("10.9.8.7", 30, (), "db.tls_host"),
        ("127.0.0.1", -1, (), "db.tls_date"),
        ("127.0.0.1", 30, ("--tls-version=",), "db.tls_off"),
    ],
    ids=["as it should be", "another host", "expired", "no TLS"],
)
def test_a_clinics_own_authority(tmp_path, certified, days, options, code):
    from tcmdesk.core.db.schema.upgrade import upgrade

    authority = Authority(tmp_path)
    files = authority.certify(certified, days=days)
    with Server(MYSQL, options=(*files.mysql_options, *options)) as server:
        _execute(server.url(), "CREATE DATABASE tcmdesk_tls CHARACTER SET utf8mb4")
        upgrade(server.url("tcmdesk_tls"))
        url = f"{server.url('tcmdesk_tls', user='desk')}?ssl_ca={authority.file}"
        if code:
            assert _refused(url) == code
            return
        prepared = prepare(url, workstation="test", clock=SystemClock())
        try:
            cipher = prepared.database.read(
                lambda connection: connection.exec_driver_sql("SHOW STATUS LIKE 'Ssl_cipher'").one()[1]
            )
            assert cipher
            assert examine(prepared) == Examined(tables=41, may_write=True)
        finally:
            prepared.database.close()


@pytest.mark.server
def test_an_account_that_may_not_write_is_told(own_server):
    from tcmdesk.core.db.schema.upgrade import upgrade

    _execute(own_server.url(), "CREATE DATABASE tcmdesk_rights CHARACTER SET utf8mb4")
    upgrade(own_server.url("tcmdesk_rights"))
    _execute(
        own_server.url(),
        "CREATE USER 'looker'@'127.0.0.1' IDENTIFIED BY 'desk-test'",
        "GRANT SELECT ON tcmdesk_rights.* TO 'looker'@'127.0.0.1'",
    )
    url = own_server.url("tcmdesk_rights").replace("root", "looker:desk-test")
    prepared = prepare(url, workstation="test", clock=SystemClock())
    try:
        assert not prepared.read_only
        assert examine(prepared) == Examined(tables=41, may_write=False)
    finally:
        prepared.database.close()


def test_a_test_leaves_nothing_behind(database_url):
    prepared = prepare(database_url, workstation="test", clock=SystemClock())
    try:
        assert [examine(prepared) for _ in range(2)] == [Examined(41, True)] * 2
    finally:
        prepared.database.close()


@pytest.mark.server
def test_a_read_only_server_can_be_looked_at(own_server):
    from tcmdesk.core.db.schema.upgrade import upgrade

    _execute(own_server.url(), "CREATE DATABASE tcmdesk_read CHARACTER SET utf8mb4")
    upgrade(own_server.url("tcmdesk_read"))
    _execute(own_server.url(), "SET GLOBAL super_read_only = 1")

    prepared = prepare(own_server.url("tcmdesk_read", user="desk"), workstation="test", clock=SystemClock())
    try:
        assert prepared.read_only
        with pytest.raises(Unavailable) as refused:
            prepared.database.write(System("test"), "test:row:write", lambda unit: None)
        assert refused.value.code == "db.read_only"
    finally:
        prepared.database.close()
