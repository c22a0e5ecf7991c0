"""Which databases are prepared, which are adopted, and which are refused without a change."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import make_url

from tcmdesk.core.db.engines import parse_url
from tcmdesk.core.db.schema import connect
from tcmdesk.core.db.schema.connect import changing
from tcmdesk.core.db.schema.doctor import check
from tcmdesk.core.db.schema.findings import Level, healthy
from tcmdesk.core.db.schema.state import Origin
from tcmdesk.core.db.schema.upgrade import ContractDiffersError, upgrade
from tcmdesk.core.db.schema.version import HEAD
from tcmdesk.core.errors import PermissionDenied, Unavailable, UserError
from tcmdesk.core.i18n import translator
from tests.db.core.db.schema.databases import (
    OLD_PLATFORM,
    definitions,
    make_contract,
    rows,
    run,
    table_names,
)
from tests.db.core.db.schema.test_contract import CONTRACT, USER

OWN = {
    "desk_alembic_version",
    "desk_schema",
    "desk_operations",
    "desk_slots",
    "desk_appointments",
    "desk_staff",
    "desk_patient_search",
    "desk_patient_readings",
    "desk_patient_grams",
}
SERVERS = pytest.mark.parametrize(
    "url",
    [
        pytest.param("empty_mysql_url", marks=pytest.mark.server),
        pytest.param("empty_mariadb_url", marks=pytest.mark.server),
    ],
)


def test_an_empty_database_gets_everything(empty_database_url):
    result = upgrade(empty_database_url)
    assert result.origin is Origin.CREATED
    assert set(result.created) == set(CONTRACT)
    assert (result.before, result.after) == (None, HEAD)
    assert table_names(empty_database_url) >= set(CONTRACT) | OWN
    assert check(empty_database_url) == []


def test_a_second_run_changes_nothing(empty_database_url):
    upgrade(empty_database_url)
    before = definitions(empty_database_url, table_names(empty_database_url))
    result = upgrade(empty_database_url, create_contract=True)
    assert (result.created, result.before, result.after) == ((), HEAD, HEAD)
    assert definitions(empty_database_url, table_names(empty_database_url)) == before


@pytest.mark.parametrize("foreign_keys", [True, False], ids=["with foreign keys", "without foreign keys"])
def test_a_whole_contract_is_adopted_untouched(empty_database_url, foreign_keys):
    make_contract(empty_database_url, foreign_keys=foreign_keys)
    before = definitions(empty_database_url, set(CONTRACT))
    result = upgrade(empty_database_url)
    assert (result.origin, result.created, result.after) == (Origin.ADOPTED, (), HEAD)
    assert definitions(empty_database_url, set(CONTRACT)) == before
    assert table_names(empty_database_url) >= set(CONTRACT) | OWN
    findings = check(empty_database_url)
    assert healthy(findings)
    assert sum(finding.code == "foreign.missing" for finding in findings) == (0 if foreign_keys else 56)


def test_a_database_made_here_must_keep_its_foreign_keys(empty_mysql_url):
    upgrade(empty_mysql_url)
    run(empty_mysql_url, "ALTER TABLE patient_groups DROP FOREIGN KEY patient_groups_ibfk_1")
    assert [(finding.level, finding.code) for finding in check(empty_mysql_url)] == [
        (Level.DRIFT, "foreign.missing")
    ]


@SERVERS
def test_orphans_do_not_stop_an_adoption(request, url):
    url = request.getfixturevalue(url)
    make_contract(url, foreign_keys=False)
    run(url, "INSERT INTO patient_groups (id, doctor_id, name) VALUES ('g', 'nobody', 'n')")
    upgrade(url)
    assert rows(url, "SELECT doctor_id FROM patient_groups") == [("nobody",)]


@SERVERS
def test_our_tables_take_the_collation_of_the_adopted_ids(request, url):
    url = request.getfixturevalue(url)
    make_contract(url, options=" DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci")
    upgrade(url)
    run(url, USER, "INSERT INTO desk_staff (user_id, role) VALUES ('u', 'frontdesk')")
    assert rows(url, "SELECT s.role FROM users u JOIN desk_staff s ON s.user_id = u.id") == [("frontdesk",)]
    collations = {
        row[0]
        for row in rows(
            url,
            "SELECT DISTINCT collation_name FROM information_schema.columns"
            " WHERE table_schema = DATABASE() AND table_name LIKE 'desk%' AND table_name NOT IN"
            " ('desk_schema', 'desk_alembic_version') AND collation_name IS NOT NULL",
        )
    }
    assert collations == {"utf8mb4_unicode_ci", "utf8mb4_bin"}
    assert healthy(check(url))


def test_half_a_contract_is_refused_and_the_rest_listed(empty_database_url):
    make_contract(empty_database_url, without=("reviews", "review_tag_mappings", "email_logs"))
    before = table_names(empty_database_url)
    with pytest.raises(UserError) as refused:
        upgrade(empty_database_url)
    assert refused.value.code == "schema.partial"
    text = refused.value.text(translator("en"))
    assert "3 of the 41" in text
    assert "email_logs, review_tag_mappings, reviews" in ", ".join(
        sorted(text.split(": ")[1].split(".")[0].split(", "))
    )
    assert table_names(empty_database_url) == before


def test_half_a_contract_is_completed_when_asked(empty_database_url):
    make_contract(empty_database_url, without=("reviews", "review_tag_mappings", "email_logs"))
    kept = set(CONTRACT) - {"reviews", "review_tag_mappings", "email_logs"}
    before = definitions(empty_database_url, kept)
    result = upgrade(empty_database_url, create_contract=True)
    assert set(result.created) == {"reviews", "review_tag_mappings", "email_logs"}
    assert result.origin is Origin.ADOPTED
    assert definitions(empty_database_url, kept) == before
    assert healthy(check(empty_database_url))


@SERVERS
def test_completed_tables_take_the_collation_of_the_others(request, url):
    url = request.getfixturevalue(url)
    make_contract(url, without=("reviews", "review_tag_mappings"), options=" COLLATE=utf8mb4_unicode_ci")
    upgrade(url, create_contract=True)
    assert [finding for finding in check(url) if finding.level is not Level.NOTE] == []


def test_a_lost_contract_table_is_made_again_only_when_asked(empty_database_url):
    upgrade(empty_database_url)
    run(empty_database_url, "DROP TABLE email_logs")
    with pytest.raises(UserError, match=r"schema\.partial"):
        upgrade(empty_database_url)
    assert upgrade(empty_database_url, create_contract=True).created == ("email_logs",)


@SERVERS
@pytest.mark.parametrize("create_contract", [False, True])
def test_the_platforms_old_schema_is_refused_with_its_differences(request, url, create_contract):
    url = request.getfixturevalue(url)
    run(url, *OLD_PLATFORM)
    before = definitions(url, table_names(url))
    with pytest.raises(ContractDiffersError) as refused:
        upgrade(url, create_contract=create_contract)
    listed = {(finding.code, finding.where) for finding in refused.value.findings}
    assert listed >= {
        ("column.missing", "users.password_hash"),
        ("column.extra_required", "users.password"),
        ("enum.missing", "users.status"),
        ("column.type", "users.created_at"),
        ("column.missing", "patient_groups.name"),
        ("column.extra_required", "patient_groups.group_name"),
        ("table.missing", "reviews"),
    }
    assert definitions(url, table_names(url)) == before


def test_a_database_of_a_newer_program_is_refused(empty_database_url):
    upgrade(empty_database_url)
    run(empty_database_url, "UPDATE desk_alembic_version SET version_num = '2099_01_01_later'")
    with pytest.raises(UserError) as refused:
        upgrade(empty_database_url)
    assert refused.value.code == "schema.newer"
    assert "2099_01_01_later" in refused.value.text(translator("en"))


@pytest.mark.server
def test_a_read_only_server_is_named_and_nothing_is_made(mysql_server, empty_mysql_url):
    mysql_server.execute("SET GLOBAL super_read_only = 1")
    try:
        with pytest.raises(Unavailable) as refused:
            upgrade(empty_mysql_url)
    finally:
        mysql_server.execute("SET GLOBAL super_read_only = 0", "SET GLOBAL read_only = 0")
    assert refused.value.code == "db.read_only"
    assert table_names(empty_mysql_url) == set()


@SERVERS
def test_an_account_without_the_right_is_told_so(request, url):
    server = request.getfixturevalue(url.removeprefix("empty_").removesuffix("_url") + "_server")
    url = request.getfixturevalue(url)
    database = make_url(url).database
    server.execute(
        "CREATE USER 'schema_reader'@'%' IDENTIFIED BY 'fiction'",
        f"GRANT SELECT ON `{database}`.* TO 'schema_reader'@'%'",
    )
    try:
        account = make_url(url).set(username="schema_reader", password="fiction")
        with pytest.raises((PermissionDenied, UserError)) as refused:
            upgrade(account)
    finally:
        server.execute("DROP USER 'schema_reader'@'%'")
    assert refused.value.code == "db.grant"
    assert table_names(url) == set()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("not an address", "db.url"),
        ("postgresql://host/clinic", "db.url_kind"),
        ("sqlite://", "db.url_memory"),
        ("sqlite:////no/such/folder/clinic.db", "db.file"),
        ("mysql://root@127.0.0.1:9/clinic", "db.away"),
        ("mysql://root@127.0.0.1:port/clinic", "db.url"),
        ("mysql://root@127.0.0.1:9/", "db.url_name"),
        ("mysql://root@127.0.0.1:9/clinic?ssl_ca=/no/such/file.pem", "db.tls_file"),
    ],
)
def test_an_address_that_leads_nowhere_says_why(address, code):
    with pytest.raises((UserError, Unavailable)) as refused:
        upgrade(address)
    assert refused.value.code == code


@SERVERS
def test_a_database_that_does_not_exist_is_not_made(request, url):
    url = make_url(request.getfixturevalue(url))
    with pytest.raises(UserError) as refused:
        upgrade(url.set(database="tcmdesk_test_not_there"))
    assert refused.value.code == "db.name"


def test_another_programs_file_is_left_alone(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleague, " * 100, encoding="utf-8")
    for work in (upgrade, check):
        with pytest.raises(UserError, match=r"db\.not_a_file"):
            work(f"sqlite:///{letter}")
    assert letter.read_text(encoding="utf-8") == "Dear colleague, " * 100


def test_a_wrong_password_is_told_so(mysql_server, empty_mysql_url):
    mysql_server.execute("CREATE USER 'schema_stranger'@'%' IDENTIFIED BY 'fiction'")
    try:
        with pytest.raises(UserError, match=r"db\.access"):
            upgrade(make_url(empty_mysql_url).set(username="schema_stranger", password="wrong"))
    finally:
        mysql_server.execute("DROP USER 'schema_stranger'@'%'")


def test_an_address_may_name_mariadb(empty_mariadb_url):
    url = make_url(empty_mariadb_url).set(drivername="mariadb")
    upgrade(url, tune=True, guard=True)
    assert check(url) == []


def test_checking_a_file_that_is_not_there_makes_none(tmp_path):
    with pytest.raises(UserError, match=r"db\.no_file"):
        check(f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


@SERVERS
def test_a_second_run_waits_and_then_gives_up(request, monkeypatch, url):
    monkeypatch.setattr(connect, "LOCK_SECONDS", 1)
    url = request.getfixturevalue(url)
    with changing(parse_url(url)), pytest.raises(Unavailable, match=r"schema\.locked"):
        upgrade(url)
    assert table_names(url) == set()


def test_two_workstations_may_start_at_once(empty_database_url):
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(upgrade(empty_database_url)), name=f"desk {number}")
        for number in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(result.created) for result in results) == [0, 41]
    assert check(empty_database_url) == []
