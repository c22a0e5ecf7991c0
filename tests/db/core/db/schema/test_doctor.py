"""The doctor sees every kind of drift, most of which Alembic does not."""

from __future__ import annotations

import pytest

from tcmdesk.core.db.schema.doctor import check
from tcmdesk.core.db.schema.findings import Level, healthy
from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.core.i18n import translator
from tests.db.core.db.schema.databases import run

BLOCKS, DRIFT, NOTE = Level.BLOCKS, Level.DRIFT, Level.NOTE

EVERYWHERE = {
    "a lost table": ("DROP TABLE email_logs", {(BLOCKS, "table.missing", "email_logs")}),
    "a lost table of ours": ("DROP TABLE desk_slots", {(BLOCKS, "table.missing", "desk_slots")}),
    "a lost column": (
        "ALTER TABLE articles DROP COLUMN summary",
        {(BLOCKS, "column.missing", "articles.summary")},
    ),
    "a column of someone else": (
        "ALTER TABLE users ADD COLUMN nickname VARCHAR(50)",
        {(DRIFT, "column.extra", "users.nickname")},
    ),
    "a lost index": (
        "DROP INDEX idx_articles_status {on_articles}",
        {(DRIFT, "index.missing", "articles")},
    ),
    "an index of someone else": (
        "CREATE INDEX theirs ON users (name)",
        {(NOTE, "index.extra", "users")},
    ),
    "a unique index of someone else": (
        "CREATE UNIQUE INDEX theirs ON users (name)",
        {(DRIFT, "unique.extra", "users")},
    ),
    "another revision": (
        "UPDATE desk_alembic_version SET version_num = '2026_11_22_contract'",
        {(DRIFT, "version", "desk_*")},
    ),
}
SERVERS = {
    "reordered values": (
        "ALTER TABLE users MODIFY gender ENUM('female','male','other') NOT NULL",
        {(DRIFT, "enum.order", "users.gender")},
    ),
    "a new value": (
        (
            "ALTER TABLE appointments MODIFY status ENUM('pending','confirmed','completed','cancelled','no_show')"
            " DEFAULT 'pending'"
        ),
        {(DRIFT, "enum.extra", "appointments.status")},
    ),
    "a lost value": (
        "ALTER TABLE appointments MODIFY status ENUM('pending','confirmed','completed') DEFAULT 'pending'",
        {(BLOCKS, "enum.missing", "appointments.status")},
    ),
    "JSON without its check": (
        "ALTER TABLE articles MODIFY tags LONGTEXT",
        {(DRIFT, "column.json", "articles.tags")},
    ),
    "an index that no longer descends": (
        (
            "ALTER TABLE notifications DROP INDEX idx_notifications_created_at,"
            " ADD INDEX idx_notifications_created_at (created_at)"
        ),
        {(DRIFT, "index.missing", "notifications"), (NOTE, "index.extra", "notifications")},
    ),
    "another collation": (
        (
            "ALTER TABLE departments MODIFY name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci"
            " NOT NULL"
        ),
        {(DRIFT, "collation.mixed", "departments.name")},
    ),
    "names compared loosely": (
        (
            "ALTER TABLE desk_patient_search MODIFY name VARCHAR(100) CHARACTER SET utf8mb4"
            " COLLATE utf8mb4_unicode_520_ci NOT NULL"
        ),
        {
            (DRIFT, "column.collation", "desk_patient_search.name"),
            (DRIFT, "collation.mixed", "desk_patient_search.name"),
        },
    ),
    "another character set": (
        "ALTER TABLE departments MODIFY name VARCHAR(100) CHARACTER SET latin1 NOT NULL",
        {
            (BLOCKS, "column.charset", "departments.name"),
            (DRIFT, "collation.mixed", "departments.name"),
        },
    ),
    "a time that moves by itself": (
        (
            "ALTER TABLE appointments MODIFY appointment_date TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"
            " ON UPDATE CURRENT_TIMESTAMP"
        ),
        {(BLOCKS, "column.on_update", "appointments.appointment_date")},
    ),
    "a time that no longer does": (
        "ALTER TABLE appointments MODIFY updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP",
        {(DRIFT, "column.no_on_update", "appointments.updated_at")},
    ),
    "a narrower column": (
        "ALTER TABLE articles MODIFY cover_image VARCHAR(100)",
        {(BLOCKS, "column.type", "articles.cover_image")},
    ),
    "a wider column": (
        "ALTER TABLE articles MODIFY cover_image VARCHAR(900)",
        {(DRIFT, "column.type", "articles.cover_image")},
    ),
    "a value that must be given": (
        "ALTER TABLE users MODIFY birthday DATE NOT NULL",
        {(BLOCKS, "column.required", "users.birthday")},
    ),
    "a value that may be left out": (
        "ALTER TABLE users MODIFY name VARCHAR(100)",
        {(DRIFT, "column.nullable", "users.name")},
    ),
    "another default": (
        "ALTER TABLE price_configs ALTER is_active SET DEFAULT 0",
        {(DRIFT, "column.default", "price_configs.is_active")},
    ),
    "a column of someone else that must be given": (
        "ALTER TABLE users ADD COLUMN nickname VARCHAR(50) NOT NULL",
        {(BLOCKS, "column.extra_required", "users.nickname")},
    ),
    "a lost unique key": (
        "ALTER TABLE users DROP INDEX phone",
        {(DRIFT, "unique.missing", "users")},
    ),
    "a lost foreign key": (
        "ALTER TABLE patient_groups DROP FOREIGN KEY patient_groups_ibfk_1",
        {(DRIFT, "foreign.missing", "patient_groups")},
    ),
}
DROP_CHECK = {
    "empty_mysql_url": "ALTER TABLE reviews DROP CHECK reviews_chk_1",
    "empty_mariadb_url": "ALTER TABLE reviews MODIFY rating INT NOT NULL",
}
TRUE_SERVERS = pytest.mark.parametrize(
    "url",
    [
        pytest.param("empty_mysql_url", marks=pytest.mark.server),
        pytest.param("empty_mariadb_url", marks=pytest.mark.server),
    ],
)


def found(url: str) -> set[tuple[Level, str, str]]:
    return {(finding.level, finding.code, finding.where) for finding in check(url)}


@pytest.mark.parametrize("drift", EVERYWHERE)
def test_drift_is_seen_on_every_engine(empty_database_url, drift):
    change, expected = EVERYWHERE[drift]
    upgrade(empty_database_url)
    run(
        empty_database_url, change.format(on_articles="" if "sqlite" in empty_database_url else "ON articles")
    )
    assert found(empty_database_url) == expected


@TRUE_SERVERS
def test_drift_is_seen_on_servers(request, url):
    """One database a server, each drift mended before the next: 18 fresh ones would take a minute."""
    url = request.getfixturevalue(url)
    upgrade(url)
    for drift, (change, expected) in SERVERS.items():
        table = change.split()[2]
        before = found(url)
        assert before == set(), f"left over from before {drift!r}"
        definition = _definition(url, table)
        run(url, change)
        assert found(url) == expected, drift
        run(url, "SET FOREIGN_KEY_CHECKS = 0", f"DROP TABLE {table}", definition)


def _definition(url: str, table: str) -> str:
    from tests.db.core.db.schema.databases import definitions

    return definitions(url, {table})[table]


@TRUE_SERVERS
def test_a_dropped_check_is_seen(request, url):
    change, url = DROP_CHECK[url], request.getfixturevalue(url)
    upgrade(url)
    run(url, change)
    assert found(url) == {(DRIFT, "check.missing", "reviews")}


def test_an_embedded_database_without_the_check_is_seen(empty_sqlite_url):
    upgrade(empty_sqlite_url)
    run(
        empty_sqlite_url,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (rating >= 1 AND rating <= 5)', '')",
    )
    assert found(empty_sqlite_url) == {(DRIFT, "check.missing", "reviews")}


@pytest.mark.server
def test_a_server_that_changes_times_by_itself_is_noted(mysql_server, empty_mysql_url):
    upgrade(empty_mysql_url)
    mysql_server.execute("SET GLOBAL explicit_defaults_for_timestamp = 0")
    try:
        findings = check(empty_mysql_url)
    finally:
        mysql_server.execute("SET GLOBAL explicit_defaults_for_timestamp = 1")
    assert [(finding.level, finding.code) for finding in findings] == [(NOTE, "server.timestamps")]


@TRUE_SERVERS
def test_a_schema_made_on_such_a_server_is_right_all_the_same(request, url):
    server = request.getfixturevalue(url.removeprefix("empty_").removesuffix("_url") + "_server")
    url = request.getfixturevalue(url)
    server.execute("SET GLOBAL explicit_defaults_for_timestamp = 0")
    try:
        upgrade(url)
    finally:
        server.execute("SET GLOBAL explicit_defaults_for_timestamp = 1")
    assert check(url) == []


def test_a_database_that_was_never_prepared_is_no_healthy_one(empty_database_url):
    run(empty_database_url, "CREATE TABLE theirs (id INT)")
    findings = check(empty_database_url)
    assert not healthy(findings)
    assert sum(finding.code == "table.missing" for finding in findings) == 41


def test_findings_are_sentences(empty_mysql_url):
    upgrade(empty_mysql_url)
    run(empty_mysql_url, SERVERS["a wider column"][0])
    (finding,) = check(empty_mysql_url)
    assert finding.text(translator("en")) == (
        "articles.cover_image: is varchar(900), the contract says varchar(500)"
    )
