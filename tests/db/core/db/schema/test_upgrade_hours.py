"""Hours of single doctors, once settings, become rules when a database is upgraded."""

from __future__ import annotations

from tcmdesk.core.db.schema.upgrade import upgrade
from tests.db.core.db.schema.databases import make_contract, rows, run

DOCTOR = "0192aaaa-0000-4000-8000-000000000001"
OTHER = "0192aaaa-0000-4000-8000-000000000002"
STORED = '{"mon": [["08:30", "12:00"], ["13:30", "17:30"]], "sat": [["09:00", "11:00"]]}'
INSERT = (
    "INSERT INTO system_configs (id, category, config_key, config_value, value_type)"
    " VALUES ('{id}', 'clinic', '{key}', '{value}', 'json')"
)


def test_they_are_adopted_once_and_what_cannot_be_read_stays(empty_database_url):
    make_contract(empty_database_url)
    for number, (key, value) in enumerate(
        (("hours", "{}"), (f"hours:{DOCTOR}", STORED), (f"hours:{OTHER}", "mornings"))
    ):
        run(empty_database_url, INSERT.format(id=f"c{number}", key=key, value=value))
    upgrade(empty_database_url)
    found = rows(
        empty_database_url,
        "SELECT doctor_id, weekday, starts, ends, cell, seats FROM desk_hours ORDER BY weekday, starts",
    )
    assert [tuple(row) for row in found] == [
        (DOCTOR, 0, 510, 720, 15, 1),
        (DOCTOR, 0, 810, 1050, 15, 1),
        (DOCTOR, 5, 540, 660, 15, 1),
    ]
    left = rows(empty_database_url, "SELECT config_key FROM system_configs ORDER BY config_key")
    assert [row[0] for row in left] == ["hours", f"hours:{OTHER}"]
    upgrade(empty_database_url)
    assert len(rows(empty_database_url, "SELECT id FROM desk_hours")) == 3
