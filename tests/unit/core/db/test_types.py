"""Column types on their own; tests/db looks at them on every engine."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, NullPool, Table, create_engine, insert, select
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateTable

from tcmdesk.core.db.types import (
    EARLIEST,
    LATEST,
    Money,
    OneOf,
    TimestampRangeError,
    UtcTimestamp,
    check_moment,
    exact_text,
    now_on_update,
    uuid_default,
)
from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import translator

Colour = Literal["red", "green"]
SHANGHAI = dt.timezone(dt.timedelta(hours=8))


def stored(type_, value):
    """The value after a way through an SQLite database."""
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("value", type_))
    with create_engine("sqlite://", poolclass=NullPool).begin() as connection:
        table.create(connection)
        connection.execute(insert(table).values(value=value))
        return connection.execute(select(table.c.value)).scalar_one()


FIRST, LAST = dt.datetime(1970, 1, 2), dt.datetime(2038, 1, 18)  # noqa: DTZ001  (hypothesis adds the zones)


@given(st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.timezones()))
def test_a_moment_comes_back_in_utc_without_its_fraction(moment):
    bound = UtcTimestamp().process_bind_param(moment, mysql.dialect())
    assert bound is not None
    assert (bound.tzinfo, bound.microsecond) == (None, 0)
    read = UtcTimestamp().process_result_value(bound, mysql.dialect())
    assert read is not None
    assert (read.tzinfo, read.timestamp()) == (dt.UTC, moment.timestamp() // 1)


def test_a_moment_keeps_its_meaning_over_zones():
    moment = dt.datetime(2026, 11, 24, 9, 30, 15, 999_999, tzinfo=SHANGHAI)
    assert stored(UtcTimestamp, moment) == dt.datetime(2026, 11, 24, 1, 30, 15, tzinfo=dt.UTC)
    assert stored(UtcTimestamp, moment).tzinfo is dt.UTC
    assert stored(UtcTimestamp, None) is None


@pytest.mark.parametrize("moment", [EARLIEST, LATEST, LATEST + dt.timedelta(microseconds=999_999)])
def test_the_ends_of_the_range_are_inside(moment):
    assert stored(UtcTimestamp, moment) == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "moment",
    [
        LATEST + dt.timedelta(seconds=1),
        EARLIEST - dt.timedelta(seconds=1),
        dt.datetime(2038, 1, 19, 11, 14, 8, tzinfo=SHANGHAI),
    ],
)
def test_beyond_the_range_is_the_users_error_and_comes_through_unwrapped(moment):
    with pytest.raises(ValidationError) as refused:
        stored(UtcTimestamp, moment)
    assert isinstance(refused.value, TimestampRangeError)
    assert (refused.value.code, refused.value.field) == ("time.range", "date")
    assert "2038-01-19" in refused.value.text(translator("en"))
    with pytest.raises(TimestampRangeError):
        check_moment(moment)


def test_a_naive_moment_is_a_fault_of_the_program():
    with pytest.raises(StatementError, match="naive"):
        stored(UtcTimestamp, dt.datetime(2026, 11, 24, 9, 30))  # noqa: DTZ001  (that is the point)


def test_a_choice_takes_its_values_only_but_hands_on_what_it_reads():
    assert stored(OneOf(Colour), "green") == "green"
    with pytest.raises(StatementError, match="blue"):
        stored(OneOf(Colour), "blue")
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("value", OneOf(Colour)))
    with create_engine("sqlite://", poolclass=NullPool).begin() as connection:
        table.create(connection)
        connection.exec_driver_sql("INSERT INTO t (value) VALUES ('blue')")
        assert connection.execute(select(table.c.value)).scalar_one() == "blue"


@given(st.decimals(min_value=-99_999_999, max_value=99_999_999, places=2))
def test_money_is_exact(amount):
    cents = Money().process_bind_param(amount, sqlite.dialect())
    assert isinstance(cents, int)
    assert Money().process_result_value(cents, sqlite.dialect()) == amount
    assert Money().process_bind_param(amount, mysql.dialect()) is amount


@pytest.mark.parametrize("dialect", [mysql.dialect(), sqlite.dialect()])
def test_money_does_not_round_in_silence(dialect):
    with pytest.raises(ValueError, match="two decimals"):
        Money().process_bind_param(Decimal("0.005"), dialect)


def test_defaults_are_written_for_each_server():
    table = Table(
        "t",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("made", exact_text(36), server_default=uuid_default()),
        Column("at", UtcTimestamp, server_default=now_on_update()),
    )
    on_mysql = str(CreateTable(table).compile(dialect=mysql.dialect()))
    assert "DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP" in on_mysql
    assert "VARCHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT (uuid())" in on_mysql
    on_sqlite = str(CreateTable(table).compile(dialect=sqlite.dialect()))
    assert "ON UPDATE" not in on_sqlite
    assert "randomblob" in on_sqlite
