"""A patient's WebSocket: opened with the cookie, closed with a reason the page understands."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from aiohttp import WSMsgType, web

from tcmdesk.core.errors import TranslatableError, Unavailable, UserError
from tcmdesk.core.incidents import number_of
from tcmdesk.features.consultations.types import CallEvent as EventType
from tcmdesk.features.consultations.types import SignalType
from tcmdesk.gateway import messages
from tcmdesk.gateway.cookies import token_of
from tcmdesk.gateway.limits import Limiter, Rate
from tcmdesk.gateway.poller import AWAY
from tcmdesk.gateway.rooms import OVER, Guest
from tcmdesk.gateway.security import address_of

if TYPE_CHECKING:
    from tcmdesk.gateway.desk import Desk
    from tcmdesk.gateway.listen import Listen
    from tcmdesk.gateway.poller import Poller
    from tcmdesk.gateway.rooms import Rooms

log = logging.getLogger(__name__)

HEARTBEAT: Final = 15.0
"""Seconds between the server's pings; the page sends its own, faster ones while it is in a call."""
MESSAGES: Final = Rate(burst=300, per_second=40.0)
"""Of one page: an attempt to connect is an offer and some twenty candidates, and there are two attempts a second."""
POLICY: Final = 1008
"""Close code of RFC 6455: the message is none that a page of ours sends."""


class Sockets:
    """Handles ``GET /ws``."""

    def __init__(self, desk: Desk, rooms: Rooms, poller: Poller, listen: Listen) -> None:
        self._desk = desk
        self._rooms = rooms
        self._poller = poller
        self._listen = listen

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The whole life of one page's line."""
        try:
            patient = await self._desk.patient_of(token_of(request, self._listen))
        except UserError:
            return web.Response(status=401)
        except Unavailable:
            return web.Response(status=503)
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT, max_msg_size=messages.LARGEST_MESSAGE, compress=False, timeout=2.0
        )
        await socket.prepare(request)
        guest = Guest(patient, socket, request.query.get("window", "")[:32])
        self._rooms.enter(guest)
        tasks = [asyncio.create_task(guest.deliver()), asyncio.create_task(self._take_place(guest))]
        try:
            await self._listen_to(guest, socket, request)
        finally:
            self._rooms.leave(guest)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await socket.close()
        return socket

    async def _take_place(self, guest: Guest) -> None:
        """Enter the waiting room and say where the visit stands, as soon as the database lets us."""
        while True:
            try:
                await self._desk.wait(guest.patient)
                states = await self._desk.states([guest.patient.consultation_id])
                guest.placed = True
                await self._poller.tell_state(guest, states[guest.patient.consultation_id])
                return
            except (UserError, KeyError):
                guest.tell("over")
                guest.dismiss(OVER)
                return
            except Unavailable:
                # said by the poller, which also knows when it is over
                self._poller.report(away=True)
                await asyncio.sleep(AWAY)

    async def _listen_to(self, guest: Guest, socket: web.WebSocketResponse, request: web.Request) -> None:
        rate = Limiter(MESSAGES, remembered=1)
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                await socket.close(code=POLICY)
                return
            if not rate.admits("page"):
                log.info("a page that sends too much is closed")
                await socket.close(code=POLICY)
                return
            try:
                message = messages.read(frame.data)
            except messages.MessageError as error:
                log.info("a message that no page sends: %s", str(error))
                await socket.close(code=POLICY)
                return
            await self._answer(guest, message, request)

    async def _answer(self, guest: Guest, message: messages.Message, request: web.Request) -> None:
        try:
            match message:
                case messages.Ping(number=number):
                    guest.tell("pong", n=number)
                case messages.Signal(kind=kind, payload=payload):
                    guest.in_call = False
                    await self._desk.post(guest.patient, SignalType(kind), payload)
                    self._rooms.stir()
                case messages.MediaState(connected=connected):
                    guest.in_call = connected
                    self._rooms.stir()
                case messages.CallEvent(name=name):
                    agent = request.headers.get("User-Agent", "")
                    address = address_of(request, self._listen)
                    await self._desk.log(guest.patient, EventType(name), address, agent)
                case messages.Leave():
                    await self._desk.leave(guest.patient)
        except TranslatableError as error:
            # the page tries again by itself: a signal is replaced by that of the next attempt
            guest.tell("refused", code=error.code)
        except Exception as error:  # noqa: BLE001  (a fault over one message must not end the line)
            number_of(error)
