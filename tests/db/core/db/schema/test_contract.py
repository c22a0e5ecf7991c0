"""What an empty database becomes is exactly the contract."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.engines import parse_url
from tcmdesk.core.db.schema import autogenerate
from tcmdesk.core.db.schema.connect import reading
from tcmdesk.core.db.schema.upgrade import upgrade
from tests.db.core.db.schema.databases import rows, run

CONTRACT = json.loads((Path(__file__).parent / "contract.json").read_text(encoding="utf-8"))
NAMES = json.loads((Path(__file__).parent / "contract_names.json").read_text(encoding="utf-8"))
USER = "INSERT INTO users (id, account, name, password_hash, gender, phone) VALUES ('u', 'a', 'n', 'p', 'male', '1')"


def information_schema(url: str) -> dict[str, dict[str, object]]:
    """The contract's facts, asked for in this test's own words."""
    here = "FROM information_schema.{} WHERE table_schema = DATABASE()"
    found: dict[str, dict[str, object]] = defaultdict(
        lambda: {"columns": {}, "foreign": [], "indexes": [], "unique": []}
    )
    for table, column, *facts in rows(
        url,
        "SELECT table_name, column_name, character_set_name, column_default, extra, is_nullable, column_type "
        + here.format("columns"),
    ):
        named = dict(zip(("charset", "default", "extra", "null", "type"), facts, strict=True))
        found[table]["columns"][column] = named  # type: ignore[index]
    for table, unique, columns in rows(
        url,
        "SELECT table_name, NOT MAX(non_unique), GROUP_CONCAT(CONCAT(column_name, IF(collation = 'D', ' desc', ''))"
        " ORDER BY seq_in_index) " + here.format("statistics") + " GROUP BY table_name, index_name",
    ):
        found[table]["unique" if unique else "indexes"].append(columns)  # type: ignore[attr-defined]
    for table, key in rows(
        url,
        "SELECT table_name, CONCAT(column_name, '->', referenced_table_name, '.', referenced_column_name) "
        + here.format("key_column_usage")
        + " AND referenced_table_name IS NOT NULL",
    ):
        found[table]["foreign"].append(key)  # type: ignore[attr-defined]
    for facts_of_table in found.values():
        for kind in ("foreign", "indexes", "unique"):
            facts_of_table[kind] = sorted(facts_of_table[kind])  # type: ignore[call-overload]
    return dict(found)


@pytest.mark.server
def test_mysql_reports_exactly_the_contract(mysql_url):
    found = information_schema(mysql_url)
    assert {name: found[name] for name in found if not name.startswith("desk_")} == CONTRACT


@pytest.mark.server
@pytest.mark.parametrize("server", ["mysql_url", "mariadb_url"])
def test_indexes_have_the_names_of_the_contract(request, server):
    found = rows(
        request.getfixturevalue(server),
        "SELECT index_name, CONCAT(table_name, ': ', GROUP_CONCAT(CONCAT(LOWER(column_name),"
        " IF(collation = 'D', ' desc', '')) ORDER BY seq_in_index)) FROM information_schema.statistics"
        " WHERE table_schema = DATABASE() AND table_name NOT LIKE 'desk%'"
        " AND (index_name LIKE 'idx%' OR index_name LIKE 'uk%') GROUP BY table_name, index_name",
    )
    assert {name: columns for name, columns in found} == NAMES  # noqa: C416  (rows are not pairs to dict)


@pytest.mark.server
@pytest.mark.parametrize("server", ["mysql_server", "mariadb_server"])
def test_an_empty_database_of_another_character_set_becomes_utf8mb4(request, server):
    with request.getfixturevalue(server).database() as url:
        run(url, "ALTER DATABASE CHARACTER SET latin1")
        upgrade(url)
        assert rows(url, "SELECT @@character_set_database") == [("utf8mb4",)]
        assert rows(
            url,
            "SELECT DISTINCT character_set_name FROM information_schema.columns"
            " WHERE table_schema = DATABASE() AND character_set_name IS NOT NULL",
        ) == [("utf8mb4",)]


def differences(url: str) -> list[object]:
    with reading(parse_url(url)) as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": autogenerate.compare_server_default,
                "include_name": autogenerate.include_name,
                "target_metadata": Base.metadata,
            },
        )
        return compare_metadata(context, Base.metadata)


def test_autogenerate_finds_nothing(database_url):
    assert differences(database_url) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE desk_staff ADD COLUMN extra INT",
        "CREATE INDEX idx_other ON users (name)",
        "ALTER TABLE users DROP COLUMN birthday",
    ],
)
def test_autogenerate_would_see_a_change(empty_database_url, change):
    upgrade(empty_database_url)
    run(empty_database_url, change)
    assert len(differences(empty_database_url)) == 1


def test_a_rating_is_from_1_to_5(database_url):
    run(
        database_url,
        USER,
        "INSERT INTO doctors (id, user_id, certificate_type, id_number, hospital, title)"
        " VALUES ('d', 'u', 'c', 'n', 'h', 't')",
        *(
            "INSERT INTO appointments (id, patient_id, doctor_id, appointment_date, time_slot, visit_type, symptoms)"
            f" VALUES ('{name}', 'u', 'd', '2026-11-24 01:00:00', '09:00', 'offline', 's')"
            for name in "ab"
        ),
    )
    review = "INSERT INTO reviews (id, appointment_id, patient_id, doctor_id, rating) VALUES ('{}', '{}', 'u', 'd', {})"
    run(database_url, review.format("a", "a", 5))
    for rating in (0, 6):
        with pytest.raises(DBAPIError):
            run(database_url, review.format("b", "b", rating))


def test_the_server_fills_in_what_the_platform_leaves_out(database_url):
    run(
        database_url,
        USER,
        "INSERT INTO notifications (user_id, type, title, content) VALUES ('u', 'system_announcement', 't', 'c')",
    )
    ((made, metadata, status, at),) = rows(
        database_url, "SELECT id, metadata, status, created_at IS NOT NULL FROM notifications"
    )
    assert len(made) == 36
    assert made.count("-") == 4
    assert (json.loads(metadata), status, at) == ({}, "unread", 1)


def test_an_update_leaves_the_time_of_an_appointment_alone(database_url):
    run(
        database_url,
        USER,
        "INSERT INTO doctors (id, user_id, certificate_type, id_number, hospital, title)"
        " VALUES ('d', 'u', 'c', 'n', 'h', 't')",
        "INSERT INTO appointments (id, patient_id, doctor_id, appointment_date, time_slot, visit_type, symptoms)"
        " VALUES ('a', 'u', 'd', '2026-11-24 01:00:00', '09:00', 'offline', 's')",
        "UPDATE appointments SET status = 'confirmed'",
    )
    assert str(rows(database_url, "SELECT appointment_date FROM appointments")[0][0]) == "2026-11-24 01:00:00"


def test_foreign_keys_refuse_orphans(database_url):
    with pytest.raises(DBAPIError):
        run(
            database_url,
            *(["PRAGMA foreign_keys = ON"] if database_url.startswith("sqlite") else []),
            "INSERT INTO patient_groups (id, doctor_id, name) VALUES ('g', 'nobody', 'n')",
        )
