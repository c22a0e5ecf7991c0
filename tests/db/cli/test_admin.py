"""The first administrator, from a terminal."""

import io

import pytest

from tcmdesk.cli.main import run
from tcmdesk.core import log
from tcmdesk.core.db.database import Database
from tcmdesk.features.identity.service.sign_in import sign_in

ANSWERS = ("xinglin-demo", "xinglin-demo")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    yield
    log.stop()


def _create(monkeypatch, url, *extra, passwords=ANSWERS):
    answers = iter(passwords)
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    monkeypatch.setattr("sys.stdin", io.StringIO("秦岚\n19900009001\n"))
    return run(["--lang", "en", "admin", "create", "--url", url, "--account", "qinlan", *extra])


def test_an_administrator_is_made_and_can_sign_in(database_url, monkeypatch, capsys):
    assert _create(monkeypatch, database_url) == 0

    database = Database(database_url, workstation="test")
    try:
        staff = sign_in(database, "19900009001", "xinglin-demo")
    finally:
        database.close()
    assert staff.name == "秦岚"
    assert staff.role.value == "admin"
    assert "qinlan can sign in now." in capsys.readouterr().out


def test_two_different_passwords_make_nothing(sqlite_url, monkeypatch, capsys):
    assert _create(monkeypatch, sqlite_url, passwords=("one-password", "another-one")) == 2
    assert "differ" in capsys.readouterr().err


def test_an_account_that_is_taken_is_refused(sqlite_url, monkeypatch, capsys):
    _create(monkeypatch, sqlite_url)

    assert _create(monkeypatch, sqlite_url) == 2
    assert "in use" in capsys.readouterr().err
