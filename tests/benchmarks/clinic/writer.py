"""Puts millions of rows into a database as fast as each kind takes them."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pymysql
from sqlalchemy import create_engine, make_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.benchmarks.clinic.people import Row

_FILE_ROWS: Final = 200_000
_INSERT_ROWS: Final = 2_000
# the server or the client forbids LOAD DATA LOCAL
_NO_LOCAL_FILES: Final = {1148, 2068, 3948, 4166}


class Writer(Protocol):
    """Bulk inserts; rows become visible with each call."""

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        """Insert rows and return how many."""
        ...

    def close(self) -> None: ...


def open_writer(url: str) -> Writer:
    """The writer for a database's kind."""
    return SqliteWriter(url) if make_url(url).get_backend_name() == "sqlite" else ServerWriter(url)


class ServerWriter:
    """MySQL and MariaDB: LOAD DATA LOCAL, or inserts of many rows where the server does not allow it."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._connection = pymysql.connect(
            host=parsed.host or "127.0.0.1",
            port=parsed.port or 3306,
            user=parsed.username,
            password=parsed.password or "",
            database=parsed.database,
            charset="utf8mb4",
            init_command="SET time_zone='+00:00', foreign_key_checks=0, unique_checks=0",
            local_infile=True,
        )
        self._local_files = True

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        count = 0
        for part in _parts(rows, _FILE_ROWS):
            if self._local_files:
                try:
                    self._load(table, columns, part)
                except pymysql.MySQLError as error:
                    if error.args[0] not in _NO_LOCAL_FILES:
                        raise
                    self._local_files = False
            if not self._local_files:
                self._insert(table, columns, part)
            self._connection.commit()
            count += len(part)
        return count

    def _load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "rows.tsv"
            with file.open("w", encoding="utf-8", newline="") as handle:
                handle.writelines("\t".join(map(_field, row)) + "\n" for row in rows)
            with self._connection.cursor() as cursor:
                cursor.execute(
                    f"LOAD DATA LOCAL INFILE '{file}' INTO TABLE `{table}` CHARACTER SET utf8mb4 ({_list(columns)})"
                )
                if cursor.rowcount != len(rows):
                    cursor.execute("SHOW WARNINGS")
                    raise RuntimeError(
                        f"{table}: {cursor.rowcount} of {len(rows)} rows, {cursor.fetchmany(3)}"
                    )

    def _insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        places = ", ".join(["%s"] * len(columns))
        with self._connection.cursor() as cursor:
            for part in _parts(rows, _INSERT_ROWS):
                cursor.executemany(
                    f"INSERT INTO `{table}` ({_list(columns)}) VALUES ({places})",
                    [tuple(map(plain, row)) for row in part],
                )

    def close(self) -> None:
        self._connection.close()


class SqliteWriter:
    """A file: one transaction a call, without waiting for the disk."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> int:
        places = ", ".join("?" * len(columns))
        statement = f"INSERT INTO `{table}` ({_list(columns)}) VALUES ({places})"
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.executemany(statement, (tuple(map(plain, row)) for row in rows))
            connection.commit()
            return cursor.rowcount
        finally:
            connection.close()

    def close(self) -> None:
        self._engine.dispose()


def plain(value: object) -> Any:
    """A value as the drivers and the program's own types write it: moments as UTC to the second, flags as 0 and 1."""
    match value:
        case bool():
            return int(value)
        case dt.datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}"
        case dt.date():
            return value.isoformat()
        case _:
            return value


def _field(value: object) -> str:
    if value is None:
        return r"\N"
    text = str(plain(value))
    if "\\" in text or "\t" in text or "\n" in text:
        text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return text


def _list(columns: Sequence[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def _parts(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    source = iter(rows)
    while part := list(itertools.islice(source, size)):
        yield part
