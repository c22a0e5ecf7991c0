"""Column types and defaults that mean the same on MySQL, MariaDB and SQLite."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args

from sqlalchemy import (
    CHAR,
    JSON,
    TIMESTAMP,
    BigInteger,
    Dialect,
    Enum,
    Integer,
    Numeric,
    String,
    TypeDecorator,
    func,
    text,
)
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import mapped_column
from sqlalchemy.sql.functions import FunctionElement

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.types import TypeEngine

EARLIEST: Final = dt.datetime(1970, 1, 1, 0, 0, 1, tzinfo=dt.UTC)
LATEST: Final = dt.datetime(2038, 1, 19, 3, 14, 7, tzinfo=dt.UTC)
_SERVERS: Final = ("mysql", "mariadb")


class TimestampRangeError(ValidationError, DontWrapMixin):
    """A moment that a TIMESTAMP cannot hold; the statement that carried it was not sent."""

    def __init__(self) -> None:
        super().__init__(
            "time.range",
            N_("Dates can be kept up to {latest}. Choose an earlier one."),
            field="date",
            latest=LATEST.date().isoformat(),
        )


def check_moment(moment: dt.datetime) -> None:
    """Raise `TimestampRangeError` for a moment outside the range of TIMESTAMP.

    The range is the MySQL Reference Manual's (11.2.2), 1970-01-01 00:00:01 to 2038-01-19 03:14:07 UTC;
    beyond it the server answers with error 1292.
    """
    if not EARLIEST <= moment.replace(microsecond=0) <= LATEST:
        raise TimestampRangeError


class UtcTimestamp(TypeDecorator[dt.datetime]):
    """A TIMESTAMP with a resolution of one second; aware datetimes in, aware UTC datetimes out.

    Fractions are cut off here, because MySQL rounds them up and MariaDB truncates them.

    Raises:
        TimestampRangeError: after 2038-01-19 03:14:07 UTC or before 1970.
        ValueError: for a naive datetime, which is a fault of the program.
    """

    impl = TIMESTAMP
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(_SqliteTimestamp(truncate_microseconds=True))  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(TIMESTAMP())

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no moment")
        moment = value.astimezone(dt.UTC).replace(microsecond=0)
        check_moment(moment)
        return moment.replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=dt.UTC)


class _SqliteTimestamp(sqlite.DATETIME):
    """SQLite's text form of a moment, under the contract's type name."""

    __visit_name__ = "TIMESTAMP"


class OneOf(TypeDecorator[str]):
    """An ENUM of the values of a ``Literal``; plain text on SQLite.

    What is written is checked; what is read is handed on as it is, so that a value the platform adds some day
    does not make a whole list unreadable.
    """

    impl = Enum
    cache_ok = True

    def __init__(self, literal: Any) -> None:
        self.values: tuple[str, ...] = get_args(literal)
        super().__init__(*self.values, validate_strings=True)

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """No conversion, on purpose."""

    def __repr__(self) -> str:
        return f"Enum({', '.join(map(repr, self.values))})"


class Money(TypeDecorator[Decimal]):
    """An amount with two decimals: DECIMAL(10,2), and whole cents on SQLite, which has no exact decimals.

    Raises:
        ValueError: for a fraction of a cent, which the servers would round in silence.
    """

    impl = Numeric(10, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(10, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        cents = value * 100
        if cents != cents.to_integral_value():
            raise ValueError("an amount has two decimals")
        return int(cents) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]
        return Decimal(value) / 100


def json_column() -> JSON:
    """JSON whose Python None is SQL NULL.

    MySQL reorders keys and shortens numbers: quantities are kept as strings and stored JSON is never hashed.
    """
    return JSON(none_as_null=True)


def exact_text(length: int) -> String:
    """Text compared code point by code point.

    Under the servers' default collations rare characters equal each other (𠮷 = 𡃁), which would merge names.
    """
    binary = mysql.VARCHAR(length, charset="utf8mb4", collation="utf8mb4_bin")
    return String(length).with_variant(binary, *_SERVERS)


class now_on_update(FunctionElement[dt.datetime]):  # noqa: N801  (used like `func.now`)
    """The server's clock at insert and, on MySQL and MariaDB, at every update by whatever program."""

    type = TIMESTAMP()
    inherit_cache = True


@compiles(now_on_update)
def _now(_element: now_on_update, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CURRENT_TIMESTAMP"


@compiles(now_on_update, *_SERVERS)
def _now_on_update(_element: now_on_update, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP"


class uuid_default(FunctionElement[str]):  # noqa: N801
    """A UUID made by the server, for the platform's inserts; ours bring their own."""

    type = CHAR(36)
    inherit_cache = True


@compiles(uuid_default)
def _sqlite_uuid4(_element: uuid_default, _compiler: SQLCompiler, **_options: Any) -> str:
    return (
        "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)"
        " || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2)"
        " || '-' || hex(randomblob(6))))"
    )


@compiles(uuid_default, *_SERVERS)
def _server_uuid(_element: uuid_default, _compiler: SQLCompiler, **_options: Any) -> str:
    return "(uuid())"


NOW: Final = text("CURRENT_TIMESTAMP")
EMPTY_OBJECT: Final = text("('{}')")
ZERO: Final = text("0")
FALSE: Final = text("0")
TRUE: Final = text("1")

Id = Annotated[str, mapped_column(CHAR(36), primary_key=True, default=uuid7)]
"""Primary key: a UUID that the client makes."""

ServerId = Annotated[
    str, mapped_column(CHAR(36), primary_key=True, default=uuid7, server_default=uuid_default())
]
"""The same where the contract has the server make one when none is given."""

Ref = Annotated[str, mapped_column(CHAR(36))]
"""The id of another row."""

Moment = Annotated[dt.datetime, mapped_column(UtcTimestamp)]
CreatedAt = Annotated[dt.datetime, mapped_column(UtcTimestamp, server_default=NOW)]
UpdatedAt = Annotated[
    dt.datetime,
    mapped_column(UtcTimestamp, server_default=now_on_update(), onupdate=func.current_timestamp()),
]
"""Kept by the server's clock; SQLite has no ON UPDATE, so the statement sets it there."""

Counter = Annotated[int, mapped_column(Integer, server_default=ZERO)]
Flag = Annotated[bool, mapped_column(server_default=FALSE)]
FlagOn = Annotated[bool, mapped_column(server_default=TRUE)]
