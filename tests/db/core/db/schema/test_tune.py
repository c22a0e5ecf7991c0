"""The opt-in indexes come on top of the contract's and take none away."""

from __future__ import annotations

import pytest

from tcmdesk.core.db.schema.doctor import check
from tcmdesk.core.db.schema.info import info
from tcmdesk.core.db.schema.tune import TUNING
from tcmdesk.core.db.schema.upgrade import upgrade
from tests.db.core.db.schema.databases import make_contract, rows, run
from tests.db.core.db.schema.test_contract import CONTRACT, differences, information_schema


def test_every_index_is_added_once(empty_database_url):
    assert set(upgrade(empty_database_url, tune=True).indexes) == set(TUNING)
    assert upgrade(empty_database_url, tune=True).indexes == ()
    assert set(info(empty_database_url).tuned) == set(TUNING)
    assert check(empty_database_url) == []
    assert differences(empty_database_url) == []


@pytest.mark.server
def test_the_contracts_own_indexes_stay(empty_mysql_url):
    """MySQL drops a foreign key's own index as soon as a longer one serves; it is made again."""
    upgrade(empty_mysql_url, tune=True)
    found = information_schema(empty_mysql_url)
    for table, facts in CONTRACT.items():
        assert set(facts["indexes"]) <= set(found[table]["indexes"]), table


@pytest.mark.server
@pytest.mark.parametrize("server", ["empty_mysql_url", "empty_mariadb_url"])
def test_an_adopted_database_without_foreign_keys_gets_no_more_than_asked(request, server):
    url = request.getfixturevalue(server)
    make_contract(url, foreign_keys=False)
    count = "SELECT COUNT(DISTINCT table_name, index_name) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE 'desk%'"
    before = rows(url, count)[0][0]
    upgrade(url, tune=True)
    assert rows(url, count)[0][0] == before + len(TUNING)


@pytest.mark.server
def test_the_board_reads_by_the_index(empty_mysql_url):
    upgrade(empty_mysql_url, tune=True)
    run(empty_mysql_url, "ANALYZE TABLE appointments")
    plan = rows(
        empty_mysql_url,
        "EXPLAIN FORMAT=TRADITIONAL SELECT time_slot FROM appointments WHERE doctor_id = 'd' AND appointment_date >= '2026-11-24'"
        " AND appointment_date < '2026-11-25'",
    )
    assert "desk_appointments_doctor_day" in plan[0].possible_keys
