"""The frozen SQL names what the models name."""

import pytest

from tcmdesk.core.db.base import Base, is_contract
from tcmdesk.core.db.schema.ddl import charset_of, contract_statements
from tcmdesk.core.registry import load_models


@pytest.mark.parametrize("dialect", ["mysql", "sqlite"])
def test_every_contract_table_is_made_after_those_it_refers_to(dialect):
    load_models()
    order = [
        table for table, statement in contract_statements(dialect) if statement.startswith("CREATE TABLE")
    ]
    contract = {name for name, table in Base.metadata.tables.items() if is_contract(table)}
    assert len(order) == 41
    assert set(order) == contract
    for name in order:
        needed = {key.column.table.name for key in Base.metadata.tables[name].foreign_keys} - {name}
        assert needed <= set(order[: order.index(name)]), name


def test_nothing_frozen_names_a_collation_or_ends_open():
    for _table, statement in contract_statements("mysql"):
        assert "COLLATE" not in statement.upper()
        assert statement.endswith("ENGINE=InnoDB")


def test_a_collation_tells_its_character_set():
    assert charset_of("utf8mb4_0900_ai_ci") == "utf8mb4"
    assert charset_of("latin1_swedish_ci") == "latin1"
