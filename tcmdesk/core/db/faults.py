"""What a driver's error means: try again, tell the user, or a fault of the program.

Codes: MySQL Server Error Message Reference and MariaDB Error Codes; the behaviour of each was measured on
MySQL 9.7 and MariaDB 10.11 (docs/decisions/operation-ledger.md).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError

from tcmdesk.core.errors import PermissionDenied, TranslatableError, Unavailable, UserError
from tcmdesk.core.i18n import N_


class Fault(Enum):
    """How to answer an error."""

    RETRY = auto()
    """Deadlock, lock wait, busy file: the whole transaction again, at once."""
    LOST = auto()
    """The connection broke: the transaction may or may not have been committed."""
    AWAY = auto()
    """No connection could be made: back off."""
    REFUSED = auto()
    """The server answers and says no; trying again changes nothing."""
    BUG = auto()


_RETRY: Final = frozenset({1213, 1205})
_LOST: Final = frozenset({2006, 2013, 2055, 1053, 1927, 1317, 4031, 3024, 1158, 1159, 1160, 1161, 0})
_AWAY: Final = frozenset({2002, 2003, 1040, 1203})

_REFUSED: Final[dict[int, tuple[type[TranslatableError], str, str]]] = {
    1045: (UserError, "db.access", N_("The database refuses this account or password. Check both and try again.")),
    1698: (UserError, "db.access", N_("The database refuses this account or password. Check both and try again.")),
    1049: (UserError, "db.name", N_("There is no database of this name on the server. Check its name.")),
    1044: (UserError, "db.grant", N_("The account may not use this database. Ask for the rights on it.")),
    1142: (PermissionDenied, "db.grant", N_("The database account lacks a right for this. Ask an administrator.")),
    1143: (PermissionDenied, "db.grant", N_("The database account lacks a right for this. Ask an administrator.")),
    1227: (PermissionDenied, "db.grant", N_("The database account lacks a right for this. Ask an administrator.")),
    1290: (Unavailable, "db.read_only", N_("The database is read-only at the moment. Nothing was saved; try again later.")),
    1792: (Unavailable, "db.read_only", N_("The database is read-only at the moment. Nothing was saved; try again later.")),
    1836: (Unavailable, "db.read_only", N_("The database is read-only at the moment. Nothing was saved; try again later.")),
    1114: (Unavailable, "db.full", N_("The disk of the database is full. Nothing was saved; tell the administrator.")),
    1021: (Unavailable, "db.full", N_("The disk of the database is full. Nothing was saved; tell the administrator.")),
    1153: (UserError, "db.packet", N_("This is too large for the database to take in one piece. Shorten it.")),
}  # fmt: skip

_TLS: Final[tuple[tuple[tuple[str, ...], str, str], ...]] = (
    (
        ("hostname mismatch", "ip address mismatch", "not valid for"),
        "db.tls_host",
        N_("The server's certificate was made for another host name. Enter the name that stands in it."),
    ),
    (
        ("self-signed", "self signed", "issuer certificate"),
        "db.tls_ca",
        N_("The server's certificate is of another authority than this CA file. Ask for the right file."),
    ),
    (
        ("expired", "not yet valid"),
        "db.tls_date",
        N_(
            "The server's certificate is not valid today. Check this computer's clock; else it must be renewed."
        ),
    ),
    (
        ("support it", "not supported"),
        "db.tls_off",
        N_("The server does not encrypt connections. Ask the administrator to switch TLS on."),
    ),
)
"""Words of OpenSSL's verification errors (`X509_verify_cert_error_string`) and of the driver."""


def error_number(error: DBAPIError) -> int | None:
    """The server's or client library's error number; None for SQLite."""
    args = getattr(error.orig, "args", ())
    return args[0] if args and isinstance(args[0], int) else None


def _sqlite_text(error: DBAPIError) -> str:
    return str(error.orig).lower() if type(error.orig).__module__ == "sqlite3" else ""


def classify(error: DBAPIError) -> Fault:
    """Sort an error; a broken connection counts as lost whatever its number."""
    text = _sqlite_text(error)
    if text:
        if "locked" in text or "busy" in text:
            return Fault.RETRY
        if "readonly" in text or "disk is full" in text or "unable to open" in text:
            return Fault.REFUSED
        return Fault.BUG
    number = error_number(error)
    if number in _RETRY:
        return Fault.RETRY
    if number in _AWAY:
        return Fault.AWAY
    if number in _REFUSED:
        return Fault.REFUSED
    if error.connection_invalidated or number in _LOST:
        return Fault.LOST
    return Fault.BUG


def translated(error: DBAPIError) -> Exception:
    """The error a person can be shown; a fault of the program is handed back as it is."""
    fault = classify(error)
    number = error_number(error)
    if fault is Fault.REFUSED and number is not None:
        kind, code, message = _REFUSED[number]
        return kind(code, message)
    refused = _translated_sqlite(_sqlite_text(error))
    if refused is not None:
        return refused
    if fault is Fault.RETRY:
        return Unavailable("db.busy", N_("The database is busy. Nothing was saved; try again."))
    if fault is Fault.BUG and not (isinstance(error, OperationalError) and _tls(error)):
        return error
    if _tls(error):
        return _tls_refusal(str(error.orig).lower())
    return Unavailable(
        "db.away", N_("The database cannot be reached. Check the network, the host and the port.")
    )


def _translated_sqlite(text: str) -> TranslatableError | None:
    if "unable to open" in text:
        return Unavailable("db.file", N_("The database file cannot be opened. Check that its folder exists."))
    if "not a database" in text:
        return UserError("db.not_a_file", N_("This file is not a database of tcmdesk. Choose another."))
    if "readonly" in text:
        return Unavailable(
            "db.read_only", N_("The database is read-only at the moment. Nothing was saved; try again later.")
        )
    if "disk is full" in text:
        return Unavailable(
            "db.full", N_("The disk of the database is full. Nothing was saved; tell the administrator.")
        )
    return None


def _tls_refusal(text: str) -> UserError:
    """Which part of the proof is missing; OpenSSL looks at the chain first and at the name after it."""
    for words, code, message in _TLS:
        if any(word in text for word in words):
            return UserError(code, message)
    return UserError(
        "db.tls", N_("The server's certificate could not be verified. Check the CA file and the host name.")
    )


def _tls(error: DBAPIError) -> bool:
    return any(word in str(error.orig).lower() for word in ("certificate", "ssl", "tls"))
