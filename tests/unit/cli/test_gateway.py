"""``tcmdesk gateway``: what it refuses to start with, and the unit that systemd starts it by."""

import configparser
import shlex
from pathlib import Path

import pytest

from tcmdesk.cli import gateway, main

ROOT = Path(__file__).resolve().parents[3]
UNIT = ROOT / "resources" / "systemd" / "tcmdesk-gateway.service"


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch):
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)


def refusal(capsys, *arguments):
    code = main.run(["gateway", *arguments])
    return code, capsys.readouterr().err


def test_plain_http_to_the_network_is_refused_with_the_reason(capsys, tmp_path):
    code, text = refusal(capsys, "--url", f"sqlite:///{tmp_path / 'a.db'}", "--listen", "0.0.0.0:8080")
    assert code == 2
    assert "--tls-cert" in text


def test_without_an_address_of_a_database_it_does_not_start(capsys):
    code, text = refusal(capsys, "--listen", "127.0.0.1:0")
    assert code == 2
    assert "database-url" in text


def test_the_address_comes_from_systemd(monkeypatch, tmp_path):
    (tmp_path / gateway.CREDENTIAL).write_text("mysql://a:b@host/clinic\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert gateway._credential() == "mysql://a:b@host/clinic"


def test_the_unit_starts_a_command_that_there_is(monkeypatch):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(UNIT)
    program, command, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert (Path(program).name, command) == ("tcmdesk", "gateway")
    parsed = main._parse([command, *arguments], main.i18n.translator("en"))
    assert parsed.listen == "0.0.0.0:8443"
    assert parsed.url is None, "no password among the arguments"
    assert unit["Service"]["Type"] == "notify"
    assert f"LoadCredential={gateway.CREDENTIAL}:" in UNIT.read_text("utf-8")
