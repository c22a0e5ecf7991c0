"""The contract doctor: sees what migrations cannot, such as reordered ENUMs or a dropped CHECK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, text

from tcmdesk.core.db.base import OWN_PREFIX
from tcmdesk.core.db.engines import parse_url
from tcmdesk.core.db.schema import facts_server, facts_sqlite
from tcmdesk.core.db.schema.compare_tables import compare_tables
from tcmdesk.core.db.schema.connect import is_sqlite, reading
from tcmdesk.core.db.schema.expected import expected_tables
from tcmdesk.core.db.schema.findings import Finding, Level, by_weight
from tcmdesk.core.db.schema.state import Origin, read_origin
from tcmdesk.core.db.schema.version import HEAD, read_version
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from tcmdesk.core.db.schema.facts import Tables


def check(url: str | URL) -> list[Finding]:
    """Examine a database; nothing is changed.

    Raises:
        UserError, Unavailable: the database cannot be used, or cannot be reached.
    """
    with reading(parse_url(url)) as connection:
        return examine(connection)


def examine(connection: Connection) -> list[Finding]:
    """Compare a database's tables, and the server's settings, with what the program relies on."""
    actual = read_tables(connection)
    expected = expected_tables(connection.dialect)
    version = read_version(connection)
    findings = compare_tables(
        expected if version == HEAD else contract_of(expected),
        actual,
        adopted=read_origin(connection) is not Origin.CREATED,
    )
    if version != HEAD:
        findings.append(_version_finding(version))
    if not is_sqlite(connection):
        findings += _server_findings(connection)
    return by_weight(findings)


def read_tables(connection: Connection) -> Tables:
    """What a database's tables are like."""
    if is_sqlite(connection):
        return facts_sqlite.read_tables(connection)
    return facts_server.read_tables(connection)


def contract_of(tables: Tables) -> Tables:
    """Those that are shared with the platform."""
    return {name: table for name, table in tables.items() if not name.startswith(OWN_PREFIX)}


def _version_finding(version: str | None) -> Finding:
    return Finding(
        Level.DRIFT,
        "version",
        "desk_*",
        N_("the database is at {version}, the program at {head}; run “tcmdesk db upgrade”"),
        {"version": version or "–", "head": HEAD},
    )


def _server_findings(connection: Connection) -> list[Finding]:
    row = connection.execute(
        text("SELECT @@global.explicit_defaults_for_timestamp AS explicit_defaults, @@sql_mode AS sql_mode")
    ).one()
    findings = []
    if not int(row.explicit_defaults):
        message = N_(
            "runs with explicit_defaults_for_timestamp=0: new TIMESTAMP columns would change by themselves"
        )
        findings.append(Finding(Level.NOTE, "server.timestamps", "server", message))
    if "STRICT" not in row.sql_mode:
        message = N_("is not in strict mode: too long or impossible values are cut off in silence")
        findings.append(Finding(Level.NOTE, "server.strict", "server", message))
    return findings
