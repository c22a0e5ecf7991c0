"""The two kinds of database server that tests run against, and how each is called.

MySQL comes from Debian unstable (a 9.x innovation release), MariaDB from Debian 12 (10.11 LTS). MySQL 8.0 and 8.4 are in
no Debian suite, so nothing here is tested on them; point TCMDESK_TEST_MYSQL_URL at one to do so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# `root` may do everything; `desk` is what a workstation would have: only the test databases, and a password.
ACCOUNTS = (
    "CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '';",
    "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;",
    "CREATE USER 'desk'@'127.0.0.1' IDENTIFIED BY 'desk-test';",
    "GRANT ALL ON `tcmdesk\\_%`.* TO 'desk'@'127.0.0.1';",
)

# Nothing but test data lives here, so speed is bought with durability.
_THROW_AWAY = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=OFF",
    "--innodb-flush-method=nosync",
)
_DURABLE = ("--innodb-flush-log-at-trx-commit=1", "--innodb-doublewrite=ON")


@dataclass(frozen=True, slots=True)
class Flavour:
    """One server product: `package` in Debian's `suite`, whose server program is `binary`."""

    name: str
    title: str
    package: str
    suite: str
    binary: str
    variable: str
    options: tuple[str, ...]

    def command(self, root: Path, data: Path) -> list[str]:
        """The program in an unpacked tree, run by the tree's own loader and C library, with its data directory."""
        library = next(path for path in sorted(root.glob("usr/lib/*-linux-gnu")) if path.is_dir())
        loader = next(iter(sorted(root.glob("usr/lib/**/ld-linux-*.so.*"))), None)
        loader = loader or next(iter(sorted(root.glob("lib*/**/ld-linux-*.so.*"))))
        libraries = f"{library}:{root / 'lib' / library.name}"
        return [
            str(loader),
            *("--library-path", libraries),
            str(root / "usr/sbin" / self.binary),
            "--no-defaults",
            f"--basedir={root / 'usr'}",
            f"--lc-messages-dir={root / 'usr/share/mysql'}",
            f"--datadir={data}",
            # of its own: a MariaDB that starts clears temporary tables away, and would take another server's
            f"--tmpdir={data.parent}",
        ]

    def run_options(self, *, durable: bool) -> tuple[str, ...]:
        """Options of a running server; `durable` keeps every acknowledged commit through a SIGKILL."""
        return (*self.options, *(_DURABLE if durable else _THROW_AWAY))


_COMMON = ("--bind-address=127.0.0.1", "--skip-name-resolve", "--performance-schema=OFF", "--skip-log-bin")

MYSQL = Flavour(
    name="mysql",
    title="MySQL",
    package="mysql-server-core",
    suite="sid",
    binary="mysqld",
    variable="TCMDESK_TEST_MYSQL_URL",
    options=(*_COMMON, "--mysqlx=OFF", "--secure-file-priv=NULL", "--innodb-redo-log-capacity=16M"),
)
MARIADB = Flavour(
    name="mariadb",
    title="MariaDB",
    package="mariadb-server-core",
    suite="bookworm",
    binary="mariadbd",
    variable="TCMDESK_TEST_MARIADB_URL",
    options=(*_COMMON, "--innodb-log-file-size=16M"),
)
FLAVOURS = {flavour.name: flavour for flavour in (MYSQL, MARIADB)}
