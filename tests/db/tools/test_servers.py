import os
import signal

import pytest
from sqlalchemy import NullPool, create_engine, text

from tools.servers import server as servers
from tools.servers.flavours import MARIADB, MYSQL, Flavour
from tools.servers.obtain import ServerUnavailableError, obtain
from tools.servers.server import Server

pytestmark = pytest.mark.server


@pytest.fixture(params=[MYSQL, MARIADB], ids=lambda flavour: flavour.name)
def flavour(request) -> Flavour:
    return request.param


def scalar(url, statement):
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        result = connection.execute(text(statement))
        return result.scalar() if result.returns_rows else None


def test_a_durable_server_keeps_what_it_acknowledged_through_a_kill(flavour):
    with Server(flavour, durable=True) as server:
        scalar(server.url(), "CREATE DATABASE tcmdesk_kept")
        scalar(server.url("tcmdesk_kept"), "CREATE TABLE t (a INT PRIMARY KEY) ENGINE=InnoDB")
        for number in range(50):
            scalar(server.url("tcmdesk_kept"), f"INSERT INTO t VALUES ({number})")
        server.restart()
        assert scalar(server.url("tcmdesk_kept"), "SELECT COUNT(*) FROM t") == 50
        directory = server.directory
    assert not directory.exists()


def test_the_desk_account_has_a_password_and_only_test_databases(flavour):
    with Server(flavour) as server:
        scalar(server.url(user="desk"), "CREATE DATABASE tcmdesk_own")
        with pytest.raises(Exception, match="1044"):
            scalar(server.url(user="desk"), "CREATE DATABASE other")
        with pytest.raises(Exception, match="1045"):
            scalar(server.url(user="desk").replace("desk-test", "wrong"), "SELECT 1")


def test_a_server_that_cannot_start_says_why(flavour, tmp_path):
    with (
        pytest.raises(ServerUnavailableError, match=flavour.variable) as raised,
        Server(flavour, options=("--port=x",)),
    ):
        pass
    assert "did not start" in str(raised.value)


def test_data_of_a_dead_process_is_removed_and_of_a_living_one_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(servers.tempfile, "gettempdir", lambda: str(tmp_path))
    child = os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "60")
    living, dead = tmp_path / f"tcmdesk-server-{child}-a", tmp_path / "tcmdesk-server-999999999-b"
    living.mkdir()
    dead.mkdir()
    servers.remove_leftovers()
    assert living.exists()
    assert not dead.exists()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_without_apt_the_message_says_how_to_name_a_server(monkeypatch, tmp_path):
    monkeypatch.setenv("TCMDESK_TEST_CACHE", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ServerUnavailableError, match="TCMDESK_TEST_MYSQL_URL=mysql"):
        obtain(MYSQL)
    assert not (tmp_path / "mysql" / "root").exists()
