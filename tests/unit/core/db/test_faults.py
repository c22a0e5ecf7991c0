"""What a driver's error means. The codes themselves are met for real in tests/db."""

import sqlite3

import pymysql
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from tcmdesk.core.db.faults import Fault, classify, translated
from tcmdesk.core.errors import PermissionDenied, Unavailable, UserError


def of(number, text="x", *, invalidated=False, kind=OperationalError):
    cause = pymysql.err.OperationalError(number, text)
    return kind("SELECT 1", {}, cause, connection_invalidated=invalidated)


def of_sqlite(text):
    return OperationalError("SELECT 1", {}, sqlite3.OperationalError(text))


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (of(1213), Fault.RETRY), (of(1205), Fault.RETRY), (of(2003), Fault.AWAY), (of(1040), Fault.AWAY), (of(2013), Fault.LOST),
        (of(2006), Fault.LOST), (of(9999, invalidated=True), Fault.LOST), (of(1290), Fault.REFUSED), (of(1114), Fault.REFUSED),
        (of(1045), Fault.REFUSED), (of(1054), Fault.BUG), (of_sqlite("database is locked"), Fault.RETRY),
        (of_sqlite("attempt to write a readonly database"), Fault.REFUSED), (of_sqlite("no such table: x"), Fault.BUG),
    ],
)  # fmt: skip
def test_how_to_answer(error, fault):
    assert classify(error) is fault


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (of(1045), UserError, "db.access"), (of(1049), UserError, "db.name"), (of(1142), PermissionDenied, "db.grant"),
        (of(1290), Unavailable, "db.read_only"), (of(1114), Unavailable, "db.full"), (of(2003), Unavailable, "db.away"),
        (of(2013), Unavailable, "db.away"), (of(1213), Unavailable, "db.busy"),
        (of(2003, "certificate verify failed"), UserError, "db.tls"),
        (of(2003, "certificate verify failed: Hostname mismatch, certificate is not valid for 'db'"), UserError, "db.tls_host"),
        (of(2003, "certificate verify failed: self-signed certificate in certificate chain"), UserError, "db.tls_ca"),
        (of(2003, "certificate verify failed: unable to get local issuer certificate"), UserError, "db.tls_ca"),
        (of(2003, "certificate verify failed: certificate has expired"), UserError, "db.tls_date"),
        (of(2026, "SSL is required but the server doesn't support it"), UserError, "db.tls_off"),
        (of_sqlite("unable to open database file"), Unavailable, "db.file"),
        (of_sqlite("attempt to write a readonly database"), Unavailable, "db.read_only"),
        (of_sqlite("database or disk is full"), Unavailable, "db.full"),
    ],
)  # fmt: skip
def test_what_a_person_is_told(error, kind, code):
    told = translated(error)
    assert isinstance(told, kind)
    assert told.code == code


def test_a_fault_of_the_program_stays_one():
    error = IntegrityError("INSERT", {}, pymysql.err.IntegrityError(1062, "Duplicate"))
    assert translated(error) is error
    assert isinstance(error, DBAPIError)
