"""The record of who did what, walked from a terminal."""

import pytest
from sqlalchemy import create_engine, text

from tcmdesk.cli.main import run
from tcmdesk.core import log
from tcmdesk.core.actor import System
from tcmdesk.core.db.database import Database
from tcmdesk.core.db.engines import parse_url


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    yield
    log.stop()


@pytest.fixture
def url(database_url):
    """Five operations at one desk, three at another."""
    for workstation, count in (("one", 5), ("two", 3)):
        database = Database(database_url, workstation=workstation)
        for number in range(count):
            database.write(System("test"), "test:row:write", lambda unit: None, detail={"number": number})
        database.close()
    return database_url


def _verify(url, capsys):
    code = run(["--lang", "en", "audit", "verify", "--url", url])
    return code, capsys.readouterr()


def test_whole_chains_are_confirmed(url, capsys):
    code, said = _verify(url, capsys)

    assert code == 0
    assert "Rows: 8. Chains: 2." in said.out


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE desk_operations SET action = 'test:row:other' WHERE workstation = 'one' AND seq = 3",
        "UPDATE desk_operations SET detail = 'changed' WHERE workstation = 'one' AND seq = 3",
        "DELETE FROM desk_operations WHERE workstation = 'one' AND seq = 3",
    ],
    ids=["action", "detail", "deleted"],
)
def test_a_row_that_was_touched_is_named(url, capsys, tampering):
    with create_engine(parse_url(url)).begin() as connection:
        connection.execute(text(tampering))

    code, said = _verify(url, capsys)

    assert code == 1
    assert "one: row" in said.err
    assert "two" not in said.err
