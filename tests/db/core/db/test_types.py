"""Column types on every engine, through the models."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from sqlalchemy import Column, MetaData, Table, func, insert, select, text, update

from tcmdesk.core.db.types import LATEST, TimestampRangeError, exact_text
from tcmdesk.features.appointments.models import DeskSlot
from tcmdesk.features.content.models import Article
from tcmdesk.features.identity.models import User
from tcmdesk.features.notifications.models import Notification
from tcmdesk.features.payments.models import UserBalance
from tests.db.core.db.schema.databases import connected


@pytest.fixture
def connection(database_url):
    with connected(database_url) as opened:
        if opened.dialect.name != "sqlite":
            opened.exec_driver_sql("SET time_zone = '+00:00'")
        opened.execute(
            insert(User).values(
                id="u", account="a", name="林 demo", password_hash="x", gender="female", phone="1"
            )
        )
        yield opened


def test_a_fraction_is_cut_off_alike(connection):
    moment = dt.datetime(2026, 11, 24, 1, 30, 59, 900_000, tzinfo=dt.UTC)
    connection.execute(insert(DeskSlot).values(resource_id="r", cell=moment, seat=0, appointment_id="a"))
    assert connection.execute(select(DeskSlot.cell)).scalar_one() == moment.replace(microsecond=0)
    assert connection.execute(select(DeskSlot.seat).where(DeskSlot.cell == moment)).all() == [(0,)]


def test_the_last_moment_can_be_kept_and_the_next_is_refused(connection):
    slot = insert(DeskSlot).values(resource_id="r", seat=0, appointment_id="a")
    connection.execute(slot.values(cell=LATEST))
    with pytest.raises(TimestampRangeError):
        connection.execute(slot.values(cell=LATEST + dt.timedelta(seconds=1)))
    assert connection.execute(select(DeskSlot.cell)).scalars().all() == [LATEST]


def test_rows_get_an_id_and_the_servers_time(connection):
    connection.execute(insert(Notification).values(user_id="u", type="group_message", title="t", content="c"))
    row = connection.execute(select(Notification.id, Notification.created_at, Notification.metadata_)).one()
    assert uuid.UUID(row.id).version == 7
    assert abs(row.created_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert row.metadata == {}


def test_an_update_moves_its_time_on_every_engine(connection):
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    connection.execute(update(User).values(updated_at=long_ago))
    assert connection.execute(select(User.updated_at)).scalar_one() == long_ago
    connection.execute(update(User).values(name="n"))
    assert connection.execute(select(User.updated_at)).scalar_one().year >= 2026


def test_money_adds_up(connection):
    connection.execute(insert(UserBalance).values(user_id="u", balance=Decimal("0.10")))
    connection.execute(update(UserBalance).values(balance=UserBalance.balance + Decimal("0.20")))
    row = connection.execute(select(UserBalance.balance, UserBalance.frozen_balance)).one()
    assert row == (Decimal("0.30"), Decimal("0.00"))
    assert connection.execute(select(func.sum(UserBalance.balance))).scalar_one() == Decimal("0.30")


def test_json_and_null_are_told_apart(connection):
    article = insert(Article).values(title="t", content="c", author_id="u")
    connection.execute(article.values(id="with", tags=["艾灸", "𠮷"]))
    connection.execute(article.values(id="without", tags=None))
    found = {row.id: row.tags for row in connection.execute(select(Article.id, Article.tags))}
    assert found == {"with": ["艾灸", "𠮷"], "without": None}
    assert connection.execute(select(Article.id).where(Article.tags.is_(None))).scalars().all() == ["without"]


@pytest.fixture
def names(connection):
    table = Table("desk_names", MetaData(), Column("name", exact_text(20), index=True))
    table.create(connection)
    connection.execute(insert(table), [{"name": name} for name in ("𠮷田", "𡃁田", "ä", "a", "A")])
    yield table
    table.drop(connection)


@pytest.mark.parametrize("name", ["𠮷田", "𡃁田", "ä", "a", "A"])
def test_exact_text_tells_rare_characters_and_cases_apart(connection, names, name):
    assert connection.execute(select(names.c.name).where(names.c.name == name)).scalars().all() == [name]


def test_a_prefix_is_found_by_its_index(connection, names):
    if connection.dialect.name == "sqlite":
        # its LIKE ignores case and so uses no index; GLOB does
        query = text("EXPLAIN QUERY PLAN SELECT name FROM desk_names WHERE name GLOB '𠮷*'")
        assert "USING COVERING INDEX ix_desk_names_name" in connection.execute(query).one().detail
    else:
        query = text("EXPLAIN FORMAT=TRADITIONAL SELECT name FROM desk_names WHERE name LIKE '𠮷%'")
        assert connection.execute(query).mappings().one()["possible_keys"] == "ix_desk_names_name"
