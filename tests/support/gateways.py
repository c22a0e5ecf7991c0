"""A running gateway: in the test's own loop, or as the command that a clinic starts."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tcmdesk.gateway import listen
from tcmdesk.gateway.server import Gateway

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 40.0


@contextlib.asynccontextmanager
async def in_process(url: str, *names: str) -> AsyncIterator[tuple[Gateway, str]]:
    """A gateway on a free port of this computer, and its address; with names, as behind a proxy that ends TLS."""
    gateway = Gateway(url, listen.parse("127.0.0.1:0", names=names))
    stop = asyncio.Event()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(gateway.serve(port.set_result, stop=stop))
    try:
        await asyncio.wait({port, serving}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        yield gateway, f"http://127.0.0.1:{port.result()}"
    finally:
        stop.set()
        await serving


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class GatewayProcess:
    """``tcmdesk gateway`` on one port over several lives."""

    def __init__(self, url: str, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._url = url
        self._places = {
            name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tcmdesk", "gateway", "--url", self._url, "--listen", f"127.0.0.1:{self.port}",
            cwd=ROOT, env=os.environ | self._places, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
        assert str(self.port) in line.decode(), "the gateway did not start"

    async def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait; returns the exit code."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(number)
        await asyncio.wait_for(self._process.communicate(), START_SECONDS)
        return int(self._process.returncode or 0)


@contextlib.asynccontextmanager
async def as_process(url: str, folder: Path) -> AsyncIterator[GatewayProcess]:
    """The command, started; ended whatever happens."""
    gateway = GatewayProcess(url, folder)
    await gateway.start()
    try:
        yield gateway
    finally:
        await gateway.end()
