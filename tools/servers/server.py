"""A database server of one's own on 127.0.0.1: started from a template in about a second, killed, restarted, removed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tools.servers.flavours import ACCOUNTS
from tools.servers.obtain import ServerUnavailableError, cache, locked, obtain

if TYPE_CHECKING:
    from tools.servers.flavours import Flavour

START_SECONDS = 60.0
# A data directory of another shape must not be started with today's options.
TEMPLATE = "template-1"


class Server:
    """One running server. As a context manager it is stopped and its data removed at the end.

    The process dies with the one that started it unless `detached`. `durable` keeps every acknowledged commit through
    `kill()`; without it the server is faster and forgets the last moments. Given a `directory`, the data stays there for
    the next server, which continues with it; only one at a time may use it.
    """

    def __init__(
        self,
        flavour: Flavour,
        *,
        port: int | None = None,
        durable: bool = False,
        detached: bool = False,
        options: tuple[str, ...] = (),
        directory: Path | None = None,
    ) -> None:
        self.flavour = flavour
        self.port = port or free_port()
        self._root = obtain(flavour)
        self._options = (*flavour.run_options(durable=durable), *options)
        self._detached = detached
        self._process: subprocess.Popen[bytes] | None = None
        remove_leftovers()
        self._kept = directory is not None
        self.directory = directory or Path(tempfile.mkdtemp(prefix=f"tcmdesk-server-{os.getpid()}-"))
        if not (self.directory / "data").exists():
            shutil.copytree(template(flavour, self._root), self.directory / "data")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def url(self, database: str = "", *, user: str = "root") -> str:
        """Address for SQLAlchemy. `root` may do everything; `desk` (password `desk-test`) only `tcmdesk_…` databases."""
        login = "desk:desk-test" if user == "desk" else user
        return f"mysql+pymysql://{login}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start and wait until connections are taken. Raises ServerUnavailableError with the end of the server's log."""
        log = self.directory / "server.log"
        arguments = [
            *_command(self.flavour, self._root, self.directory / "data"),
            *self._options,
            f"--port={self.port}",
            f"--socket={self.directory / 's'}",
            f"--pid-file={self.directory / 'pid'}",
            f"--log-error={log}",
        ]
        if not self._detached:
            arguments = ["setpriv", "--pdeathsig", "KILL", "--", *arguments]
        with (self.directory / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        # a connection proves readiness; the log may still hold the ready line of the previous run
        while not _answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                tail = log.read_text(errors="replace")[-600:] if log.exists() else ""
                raise ServerUnavailableError(self.flavour, f"it did not start: {tail.strip()}")
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL, as a power cut would; returns when the process is gone and may be started again."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Orderly shutdown."""
        self._end(signal.SIGTERM)

    def restart(self, *, seconds_down: float = 0.0) -> None:
        """Kill, stay away for `seconds_down`, come back on the same port with the same data."""
        self.kill()
        time.sleep(seconds_down)
        self.start()

    def remove(self) -> None:
        """End the server and delete its data, unless it was given a directory to keep it in."""
        if self._kept:
            self.stop()
            return
        if self._process is not None:
            self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(START_SECONDS)
        self._process = None


def template(flavour: Flavour, root: Path) -> Path:
    """The initialised, cleanly shut down data directory that every server of this flavour starts from."""
    ready = cache() / flavour.name / TEMPLATE
    with locked(f"{flavour.name}-template"):
        if not ready.exists():
            with tempfile.TemporaryDirectory(dir=ready.parent) as work:
                data = Path(work) / "data"
                _initialise(flavour, root, data, Path(work) / "accounts.sql")
                data.rename(ready)
    return ready


def _initialise(flavour: Flavour, root: Path, data: Path, accounts: Path) -> None:
    command = _command(flavour, root, data)
    if flavour.name == "mysql":
        accounts.write_text("\n".join(ACCOUNTS))
        done = subprocess.run(
            [*command, "--initialize-insecure", f"--init-file={accounts}"],
            capture_output=True,
            text=True,
            check=False,
        )
    else:
        (data / "mysql").mkdir(parents=True)
        done = subprocess.run(
            [
                *command,
                "--bootstrap",
                f"--plugin-dir={root / 'usr/lib/mysql/plugin'}",
                "--max-allowed-packet=8M",
            ],
            input=_mariadb_system_tables(root),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise ServerUnavailableError(
            flavour, f"its data directory was not made: {done.stderr.strip()[-600:]}"
        )


def _mariadb_system_tables(root: Path) -> str:
    """What mariadb-install-db would feed to the bootstrap; that script is in another package."""
    share = root / "usr/share/mysql"
    names = ("mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql")
    head = "create database if not exists mysql;\nuse mysql;\nSET @auth_root_socket=NULL;\n"
    return (
        head
        + "".join((share / name).read_text() for name in names)
        + "\n".join(("flush privileges;", *ACCOUNTS))
    )


def _command(flavour: Flavour, root: Path, data: Path) -> list[str]:
    # both servers refuse to run as root unless told to by name
    return [*flavour.command(root, data), *(["--user=root"] if os.geteuid() == 0 else [])]


def free_port() -> int:
    """A port of 127.0.0.1 that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        # the greeting is sent when the server takes commands, not merely when it listens
        return bool(connection.recv(1))
    return False


def remove_leftovers() -> None:
    """Delete data directories whose process was killed before it could do so."""
    for directory in Path(tempfile.gettempdir()).glob("tcmdesk-server-*"):
        owner = directory.name.split("-")[2]
        if owner.isdecimal() and not _alive(int(owner)) and not _served(directory):
            print(f"removing {directory}, left by process {owner}", file=sys.stderr)
            shutil.rmtree(directory, ignore_errors=True)


def _served(directory: Path) -> bool:
    """Whether a detached server still works in this directory."""
    with contextlib.suppress(OSError, ValueError):
        return _alive(int((directory / "pid").read_text()))
    return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
