"""The loaded clinic, kept between runs: filling it takes minutes, starting a server on it a second."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, make_url, text

from tests.benchmarks.clinic.build import build, reindex
from tests.benchmarks.harness import say
from tests.benchmarks.processes import ROOT
from tools.servers.obtain import cache, locked
from tools.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tools.servers.flavours import Flavour

DATABASE: Final = "tcmdesk_bench"
# the million rows fit into memory, as they would on a clinic's server
_OPTIONS: Final = ("--innodb-buffer-pool-size=2G", "--local-infile=ON", "--innodb-doublewrite=ON")
_SERVER_OPTIONS: Final = {
    "mysql": ("--innodb-redo-log-capacity=256M",),
    "mariadb": ("--innodb-log-file-size=256M",),
}
_ROW_SOURCES: Final = (
    "tests/benchmarks/clinic/[!k]*.py",
    "migrations/versions/*.py",
    "migrations/contract/*.sql",
)
_INDEX_SOURCES: Final = (
    "tcmdesk/features/patients/models.py",
    "tcmdesk/features/patients/queries/*.py",
    "tcmdesk/features/patients/service/*.py",
)


@dataclass(frozen=True, slots=True)
class Clinic:
    """A loaded database."""

    url: str
    server: str

    @property
    def port(self) -> int:
        return make_url(self.url).port or 3306

    def through(self, port: int) -> str:
        """Its address behind a proxy on this machine."""
        return make_url(self.url).set(host="127.0.0.1", port=port).render_as_string(hide_password=False)


@contextmanager
def loaded_clinic(url: str | None, flavour: Flavour, scale: float) -> Iterator[Clinic]:
    """The database at `url`, which `bench load` has filled, or one of our own on a server that is started here."""
    if url is not None:
        yield Clinic(url, server_version(url))
        return
    with kept_server(flavour, scale) as server:
        address = server.url(DATABASE)
        yield Clinic(address, server_version(address))


@contextmanager
def kept_server(flavour: Flavour, scale: float) -> Iterator[Server]:
    """A server on the kept clinic, which is built first when the recipe has changed since."""
    name = f"bench-{flavour.name}-{scale:g}"
    folder = cache() / "bench" / name
    rows, index = _Recipe(folder / "rows", _ROW_SOURCES), _Recipe(folder / "index", _INDEX_SOURCES)
    with locked(name):
        if not rows.followed:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        with Server(flavour, directory=folder, options=(*_OPTIONS, *_SERVER_OPTIONS[flavour.name])) as server:
            if not rows.followed:
                say(f"filling {folder} (once)")
                create_database(server.url(), DATABASE)
                build(server.url(DATABASE), scale)
                rows.write()
                index.write()
            elif not index.followed:
                say("making the search index anew, because its code has changed")
                reindex(server.url(DATABASE))
                index.write()
            yield server


def create_database(server_url: str, name: str) -> None:
    """Make a utf8mb4 database; MariaDB's own default would be latin1."""
    engine = create_engine(server_url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4"))
    engine.dispose()


def server_version(url: str) -> str:
    """For the report: what answered."""
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.name == "sqlite":
            return "SQLite " + str(connection.execute(text("SELECT sqlite_version()")).scalar_one())
        version = str(connection.execute(text("SELECT VERSION()")).scalar_one())
    engine.dispose()
    return version if "MariaDB" in version else f"MySQL {version}"


class _Recipe:
    """What a part of the kept data was made by; it is made again when that code has changed."""

    def __init__(self, file: Path, patterns: tuple[str, ...]) -> None:
        self._file = file
        digest = hashlib.sha256()
        for pattern in patterns:
            for source in sorted(ROOT.glob(pattern)):
                digest.update(source.read_bytes())
        self._digest = digest.hexdigest()

    @property
    def followed(self) -> bool:
        return self._file.exists() and self._file.read_text() == self._digest

    def write(self) -> None:
        self._file.write_text(self._digest)
