"""A patient's line that can go down, lose packets and come back: TCP to the gateway, UDP to the doctor's side.

It is made harder than most real ones: a TCP connection that was open when the line went down, or that was begun
meanwhile, never says another word, so only what a page dials after the line has come back gets through.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self
from unittest import mock

from tests.support.lossy_udp import LossyUdp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tcmdesk.core.actor import Patient
    from tcmdesk.features.consultations.types import Signal, SignalType
    from tcmdesk.gateway.server import Gateway

CHUNK = 1 << 16


class Line:
    """Async context manager of the line between a page and everything else.

    `address` is where the page finds the gateway; `udp.conditions` say how the line is now. Session descriptions are
    changed on their way through the gateway, so that all packets of the call travel over `udp`.
    """

    def __init__(self, gateway: Gateway, gateway_address: str) -> None:
        self._gateway = gateway
        self._gateway_port = int(gateway_address.rpartition(":")[2])
        self._outages = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._stack = ExitStack()
        self.udp = LossyUdp()
        self.address = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self._stack.enter_context(self.udp)
        desk = self._gateway.desk
        post, unread = desk.post, desk.unread

        async def post_changed(patient: Patient, kind: SignalType, payload: Mapping[str, Any]) -> None:
            # single candidates would lead past the line
            if kind != "ice_candidate":
                await post(patient, kind, self._changed("patient", payload))

        async def unread_changed(readers: Mapping[str, str]) -> Mapping[str, Sequence[Signal]]:
            found = await unread(readers)
            return {room: [self._signal(one) for one in signals] for room, signals in found.items()}

        self._stack.enter_context(mock.patch.object(desk, "post", post_changed))
        self._stack.enter_context(mock.patch.object(desk, "unread", unread_changed))
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._stack.close()
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def go_down(self) -> None:
        self.udp.conditions.cut = True
        self._outages += 1

    def come_back(self) -> None:
        self.udp.conditions.cut = False

    def _signal(self, signal: Signal) -> Signal:
        payload = self._changed("doctor", {**signal.payload, "generation": signal.generation})
        return replace(signal, payload={name: payload[name] for name in signal.payload})

    def _changed(self, side: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        if "sdp" not in payload:
            return dict(payload)
        face = "a" if side == "doctor" else "b"
        return {**payload, "sdp": self.udp.rewrite(payload["generation"], face, payload["sdp"])}

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        outages = -1 if self.udp.conditions.cut else self._outages
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
