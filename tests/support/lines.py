"""A patient's line that can go down, lose packets and come back: TCP to the gateway, UDP to the doctor's side.

It is made harder than most real ones: a TCP connection that was open when the line went down, or that was begun
meanwhile, never says another word, so only what a page dials after the line has come back gets through.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING, Any, Self
from unittest import mock

import aioice.ice

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1 << 16


class Line:
    """Context manager; `port` is where the page finds the gateway.

    `loss` is the share of UDP packets that vanish, each way.
    """

    def __init__(self, gateway_port: int) -> None:
        self._gateway_port = gateway_port
        self._outages = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.up = True
        self.loss = 0.0
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def go_down(self) -> None:
        self.up = False
        self._outages += 1

    def come_back(self) -> None:
        self.up = True

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        outages = self._outages if self.up else -1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            if outages != self._outages:
                await reader.read()  # until the page gives up
                return
            there, away = await asyncio.open_connection("127.0.0.1", self._gateway_port)
            try:
                await asyncio.gather(self._carry(reader, away, outages), self._carry(there, writer, outages))
            finally:
                away.close()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, outages: int) -> None:
        while data := await source.read(CHUNK):
            if outages == self._outages:
                target.write(data)
                await target.drain()
        if outages == self._outages:
            target.close()

    def passes(self) -> bool:
        """Whether one packet gets through now."""
        return self.up and random.random() >= self.loss


@contextlib.contextmanager
def under(line: Line) -> Iterator[None]:
    """Let every packet of aiortc in this process travel over the line."""
    made = aioice.ice.StunProtocol.connection_made
    received = aioice.ice.StunProtocol.datagram_received

    class Wire:
        def __init__(self, transport: Any) -> None:
            self._transport = transport

        def __getattr__(self, name: str) -> Any:
            return getattr(self._transport, name)

        def sendto(self, data: bytes, address: Any = None) -> None:
            if line.passes():
                self._transport.sendto(data, address)

    def connection_made(self: Any, transport: Any) -> None:
        made(self, Wire(transport))

    def datagram_received(self: Any, data: bytes, address: Any) -> None:
        if line.passes():
            received(self, data, address)

    with (
        mock.patch.object(aioice.ice.StunProtocol, "connection_made", connection_made),
        mock.patch.object(aioice.ice.StunProtocol, "datagram_received", datagram_received),
    ):
        yield
