"""A real coturn on this computer, with the credentials of the TURN REST draft."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import socket
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = "a-secret-of-the-test"
START_SECONDS = 20.0


def _free_udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def turn_server() -> AsyncIterator[int]:
    """The port of a relay that takes UDP and TCP on 127.0.0.1."""
    program = shutil.which("turnserver")
    assert program, "turnserver is missing; ./dev test installs coturn or names the command"
    port = _free_udp_port()
    with tempfile.TemporaryDirectory(prefix="turn-") as name:
        folder = Path(name)
        log = folder / "log"
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
            program, "-n", "--use-auth-secret", f"--static-auth-secret={SECRET}", "--realm=test",
            "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", f"--listening-port={port}", "--allow-loopback-peers",
            "--no-tls", "--no-dtls", "--no-cli", "--fingerprint", f"--pidfile={folder / 'pid'}",
            f"--userdb={folder / 'users'}", "--log-file=stdout", "--simple-log", "--verbose",
            stdout=output, stderr=asyncio.subprocess.STDOUT, cwd=folder,
        )  # fmt: skip
        try:
            await _answers(port, log)
            yield port
        finally:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 5)
            except TimeoutError:
                process.kill()
                await process.wait()


async def _answers(port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(OSError):
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            await writer.wait_closed()
            return
        assert time.monotonic() < deadline, f"coturn does not answer: {log}"
        await asyncio.sleep(0.05)


def setting(port: int, *, transport: str = "udp") -> str:
    """The clinic's setting that names the relay without a password."""
    return json.dumps([{"urls": [f"turn:127.0.0.1:{port}?transport={transport}"]}])
