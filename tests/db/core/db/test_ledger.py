"""Every workstation's chain, and what breaks it."""

import pytest
from sqlalchemy import delete, update

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.db.ledger import broken_links, was_applied
from tcmdesk.core.db.operations import DeskOperation
from tcmdesk.core.ids import uuid7

CLERK = Staff("00000000-0000-0000-0000-00000000000c", "方芸", Role.FRONT_DESK)


@pytest.fixture
def chain(database):
    """Ids of five operations."""
    ids = [uuid7() for _ in range(5)]
    for number, op_id in enumerate(ids):
        database.write(
            CLERK,
            "test",
            lambda uow: None,
            op_id=op_id,
            subject=f"s{number}",
            detail={"name": "O'Neil 𠮷", "n": 1.50},
        )
    return ids


def breaks(database, workstation="desk-1"):
    return database.read(lambda connection: [found.seq for found in broken_links(connection, workstation)])


def tamper(database, statement):
    with database.writes.begin() as connection:
        connection.execute(statement)


@pytest.mark.usefixtures("chain")
def test_an_honest_chain_holds(database):
    assert breaks(database) == []


@pytest.mark.usefixtures("chain")
def test_a_chain_a_workstation(database, open_database):
    other = open_database("desk-2")
    other.write(CLERK, "test", lambda uow: None)
    assert breaks(database, "desk-2") == breaks(database) == []


@pytest.mark.parametrize(
    "change",
    [
        {"actor_id": None},
        {"action": "other"},
        {"subject": "s9"},
        {"detail": "{}"},
        {"actor_role": "admin"},
        {"hash": "0" * 64},
    ],
)
@pytest.mark.usefixtures("chain")
def test_a_changed_row_is_seen(database, change):
    tamper(database, update(DeskOperation).where(DeskOperation.seq == 3).values(**change))
    assert 3 in breaks(database)


@pytest.mark.usefixtures("chain")
def test_a_missing_row_is_seen(database):
    tamper(database, delete(DeskOperation).where(DeskOperation.seq == 3))
    assert breaks(database) == [4]


@pytest.mark.usefixtures("chain")
def test_a_cut_off_beginning_is_seen(database):
    tamper(database, delete(DeskOperation).where(DeskOperation.seq <= 2))
    assert breaks(database) == [3]


def test_long_chains_are_walked_in_pages(database, chain, monkeypatch):
    monkeypatch.setattr("tcmdesk.core.db.ledger._PAGE", 2)
    assert breaks(database) == []
    tamper(database, update(DeskOperation).where(DeskOperation.seq == 4).values(subject="x"))
    assert breaks(database) == [4]


def test_whether_an_operation_was_applied(database, chain):
    assert database.read(lambda connection: was_applied(connection, chain[0]))
    assert not database.read(lambda connection: was_applied(connection, uuid7()))


def test_a_chain_goes_on_after_a_restart(database, chain, open_database):
    open_database("desk-1").write(CLERK, "test", lambda uow: None)
    assert breaks(database) == []
