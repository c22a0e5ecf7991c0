"""``tcmdesk db``: what it prints, where, and with which exit code."""

from __future__ import annotations

import argparse

import pytest

from tcmdesk.cli import db
from tcmdesk.core.db.schema.guard import GuardRefusedError
from tcmdesk.core.db.schema.upgrade import ContractDiffersError
from tcmdesk.core.db.schema.version import HEAD
from tcmdesk.core.i18n import translator
from tests.db.core.db.schema.databases import OLD_PLATFORM, make_contract, rows, run, table_names
from tests.db.core.db.schema.test_contract import USER
from tests.db.core.db.schema.test_guard import DOCTOR, booking


def tcmdesk_db(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    db.register(parser.add_subparsers())
    args = parser.parse_args(["db", *arguments])
    return int(args.run(args, translator("en")))


def test_upgrade_says_what_it_made(empty_database_url, capsys):
    assert tcmdesk_db("upgrade", "--url", empty_database_url, "--tune", "--guard") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Created 41 shared tables.", f"The database is now at {HEAD}."]
    assert lines[2].startswith("Added the indexes desk_appointments_doctor_day, ")
    assert lines[3:] == ["The database refuses two bookings of one slot."]
    assert tcmdesk_db("upgrade", "--url", empty_database_url) == 0
    assert capsys.readouterr().out.splitlines() == [f"The database is up to date ({HEAD})."]


def test_upgrade_says_that_it_adopted_and_what_differs(empty_mysql_url, capsys):
    make_contract(empty_mysql_url, foreign_keys=False)
    run(empty_mysql_url, "ALTER TABLE articles MODIFY cover_image VARCHAR(900)")
    assert tcmdesk_db("upgrade", "--url", empty_mysql_url) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Adopted the shared tables as they are." in lines
    assert "differs  articles.cover_image: is varchar(900), the contract says varchar(500)" in lines


def test_a_refusal_lists_the_differences_first(empty_mysql_url, capsys):
    run(empty_mysql_url, *OLD_PLATFORM)
    before = table_names(empty_mysql_url)
    with pytest.raises(ContractDiffersError):
        tcmdesk_db("upgrade", "--url", empty_mysql_url)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "users.password_hash: the column is missing" in printed.err.splitlines()
    assert table_names(empty_mysql_url) == before


def test_the_guard_lists_what_is_booked_twice(empty_database_url, capsys):
    tcmdesk_db("upgrade", "--url", empty_database_url)
    run(
        empty_database_url,
        USER,
        DOCTOR,
        booking("first", "2026-11-24 01:00:00", "09:00"),
        booking("second", "2026-11-24 02:00:00", "09:00-10:00"),
    )
    with pytest.raises(GuardRefusedError):
        tcmdesk_db("upgrade", "--url", empty_database_url, "--guard")
    assert capsys.readouterr().err.splitlines() == ["n, Tue 24 Nov 2026, 09:00: 2 bookings"]


def test_check_answers_with_its_exit_code(empty_database_url, capsys):
    tcmdesk_db("upgrade", "--url", empty_database_url)
    capsys.readouterr()
    assert tcmdesk_db("check", "--url", empty_database_url) == 0
    assert capsys.readouterr().out.splitlines() == ["The tables are as the program expects them."]
    run(empty_database_url, "ALTER TABLE users ADD COLUMN nickname VARCHAR(50)", "DROP TABLE email_logs")
    assert tcmdesk_db("check", "--url", empty_database_url) == 1
    assert capsys.readouterr().out.splitlines() == [
        "stops the program  email_logs: the table is missing",
        "differs  users.nickname: is not in the contract",
        "2 differences were found.",
    ]


def test_info_describes_the_database(empty_database_url, capsys):
    tcmdesk_db("upgrade", "--url", empty_database_url)
    capsys.readouterr()
    assert tcmdesk_db("info", "--url", empty_database_url) == 0
    printed = dict(line.split(": ", maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert printed["version"] == f"{HEAD} (program: {HEAD})"
    assert printed["shared tables"] == "41/41, made by tcmdesk"
    assert printed["foreign keys"] == "56"
    assert printed["extra indexes"] == "none"
    assert printed["guard against double booking"] == "off"


def test_info_of_an_unprepared_database_is_no_error(empty_mysql_url, capsys):
    assert tcmdesk_db("info", "--url", empty_mysql_url) == 0
    assert "shared tables: 0/41, not prepared by tcmdesk" in capsys.readouterr().out.splitlines()


def test_reindex_makes_people_findable_whom_the_platform_registered(database_url, capsys):
    run(
        database_url,
        "INSERT INTO users (id, account, name, password_hash, gender, phone)"
        " VALUES ('p', 'made-up', '沈若兰', 'x', 'female', '13900000001')",
    )
    assert tcmdesk_db("reindex", "--url", database_url) == 0
    assert capsys.readouterr().out.splitlines() == ["1 person can be found."]
    assert rows(database_url, "SELECT name FROM desk_patient_search") == [("沈若兰",)]
