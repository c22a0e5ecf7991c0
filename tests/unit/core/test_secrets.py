"""Passwords in the keyring, or nowhere."""

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import InitError, PasswordDeleteError

from tcmdesk.core.secrets import LONGEST, Secrets


class Chest(KeyringBackend):
    """Keeps what it is given."""

    priority = 0

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Forgetful(Chest):
    """Accepts everything and has nothing, as some do without saying so."""

    def set_password(self, service, username, password):
        """Thank you, and away with it."""


class Locked(Chest):
    """Cannot be opened."""

    def get_password(self, service, username):
        raise InitError("cannot prompt")

    def set_password(self, service, username, password):
        raise InitError("cannot prompt")


class PlainFile(Chest):
    """Writes where everyone can read."""


PlainFile.__module__ = "keyrings.alt.file"


def test_a_secret_is_kept_and_forgotten():
    secrets = Secrets(Chest())

    assert secrets.keep("desk@db", "s3cret")
    assert secrets.recall("desk@db") == "s3cret"
    secrets.forget("desk@db")
    assert secrets.recall("desk@db") is None


def test_forgetting_what_was_never_kept_is_no_error():
    Secrets(Chest()).forget("nobody")


@pytest.mark.parametrize("backend", [Forgetful(), Locked()], ids=["forgetful", "locked"])
def test_what_cannot_be_read_back_is_not_kept(backend):
    secrets = Secrets(backend)

    assert not secrets.keep("desk@db", "s3cret")
    assert secrets.recall("desk@db") is None


@pytest.mark.parametrize(
    "backend", [null.Keyring(), fail.Keyring(), PlainFile()], ids=["null", "fail", "plain"]
)
def test_an_unsafe_keyring_is_not_used(backend):
    secrets = Secrets(backend)

    assert not secrets.available()
    assert not secrets.keep("desk@db", "s3cret")
    assert getattr(backend, "kept", {}) == {}


def test_a_chain_with_an_unsafe_link_is_not_used(monkeypatch):
    monkeypatch.setattr(ChainerBackend, "backends", [Chest(), PlainFile()])

    assert not Secrets(ChainerBackend()).available()


def test_a_secret_too_long_for_windows_is_not_kept():
    backend = Chest()

    assert not Secrets(backend).keep("desk@db", "x" * (LONGEST + 1))
    assert backend.kept == {}
