"""The gateway as a whole: what is served, how it starts, how it ends without losing a waiting patient."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from typing import TYPE_CHECKING, Final

from aiohttp import web

from tcmdesk.core.actor import System
from tcmdesk.core.db.database import Database
from tcmdesk.core.errors import Unavailable
from tcmdesk.features.settings import service as settings
from tcmdesk.gateway import pages
from tcmdesk.gateway.api import Api
from tcmdesk.gateway.desk import GIVE_UP_SECONDS, WORKSTATION, Desk
from tcmdesk.gateway.poller import Poller
from tcmdesk.gateway.rooms import RESTART, Guest, Rooms
from tcmdesk.gateway.security import guard
from tcmdesk.gateway.socket import Sockets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from zoneinfo import ZoneInfo

    from tcmdesk.gateway.listen import Listen

log = logging.getLogger(__name__)

LARGEST_REQUEST: Final = 16 * 1024
"""Bytes of a request's body; the largest is a comment of a thousand characters."""
IDLE_SECONDS: Final = 3.0
"""An idle connection is closed after so long: one that an outage kills meanwhile would swallow the browser's next request."""

FAREWELL_SECONDS: Final = 3.0
"""How long the end waits for pages to be told; they come back to whoever listens next."""


class Gateway:
    """One server on one address, with its database."""

    def __init__(self, url: str, listen: Listen) -> None:
        self.listen = listen
        self.desk = Desk(Database(url, workstation=WORKSTATION, give_up_seconds=GIVE_UP_SECONDS))
        self.rooms = Rooms()
        self.poller = Poller(self.desk, self.rooms, on_admitted=self._give_ice_servers)
        self._files = pages.load()
        self._clinic_zone: ZoneInfo | None = None

    def application(self) -> web.Application:
        """The routes; to be used by one runner."""
        app = web.Application(middlewares=[guard(self.listen)], client_max_size=LARGEST_REQUEST)
        app.add_routes(Api(self.desk, self.listen, self._zone).routes())
        app.router.add_get("/ws", Sockets(self.desk, self.rooms, self.poller, self.listen).handle)
        app.router.add_get("/healthz", self._health)
        for path in self._files:
            app.router.add_get(path, self._file)
        app.cleanup_ctx.append(self._polling)
        app.on_shutdown.append(self._say_farewell)
        return app

    async def serve(self, started: Callable[[int], None], *, stop: asyncio.Event | None = None) -> None:
        """Listen until SIGTERM or SIGINT, or until `stop` is set; `started` is told the port.

        Raises:
            ValidationError: the certificate cannot be used.
            OSError: the address cannot be listened on.
        """
        ending = stop or _until_signalled()
        runner = web.AppRunner(
            self.application(),
            access_log=None,
            shutdown_timeout=FAREWELL_SECONDS,
            keepalive_timeout=IDLE_SECONDS,
        )
        try:
            await runner.setup()
            site = web.TCPSite(
                runner,
                self.listen.host,
                self.listen.port,
                ssl_context=self.listen.ssl_context(),
                reuse_address=True,
            )
            await site.start()
            started(runner.addresses[0][1])
            _tell_systemd("READY=1")
            await ending.wait()
            _tell_systemd("STOPPING=1")
        finally:
            await runner.cleanup()
            await asyncio.to_thread(self.desk.close)

    async def _polling(self, _app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(self.poller.run())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _say_farewell(self, _app: web.Application) -> None:
        for guest in self.rooms:
            guest.dismiss(RESTART)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.rooms.deserted.wait(), FAREWELL_SECONDS)

    async def _give_ice_servers(self, guest: Guest) -> None:
        guest.tell("ice", servers=[dict(server) for server in await self.desk.ice_servers(guest.patient)])

    async def _zone(self) -> ZoneInfo:
        if self._clinic_zone is None:
            self._clinic_zone = await self.desk.run(
                lambda: self.desk.database.read(
                    lambda connection: settings.clinic(connection, System(WORKSTATION)).zone
                )
            )
        return self._clinic_zone

    async def _file(self, request: web.Request) -> web.Response:
        page = self._files[request.path]
        headers = {"ETag": f'"{page.etag}"', "Cache-Control": "no-cache"}
        if page.etag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        return web.Response(body=page.body, content_type=page.content_type, charset="utf-8", headers=headers)

    async def _health(self, _request: web.Request) -> web.Response:
        """``ok`` when the database answers, 503 when it does not; says nothing about who is here."""
        try:
            await self._ping()
        except Unavailable:
            return web.Response(status=503, text="database away\n")
        return web.Response(text="ok\n")

    async def _ping(self) -> None:
        await self.desk.run(
            lambda: self.desk.database.read(
                lambda connection: connection.exec_driver_sql("SELECT 1").scalar()
            )
        )


def _until_signalled() -> asyncio.Event:
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, ending.set)
        except NotImplementedError:  # Windows: Ctrl-C ends the loop instead
            log.debug("no handler for signal %s", number)
    return ending


def _tell_systemd(state: str) -> None:
    """sd_notify(3) in its simplest form; nothing where systemd did not start us."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address or not hasattr(socket, "AF_UNIX"):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notification:
        try:
            notification.connect(address.replace("@", "\0", 1) if address.startswith("@") else address)
            notification.sendall(state.encode())
        except OSError as error:
            log.info("systemd was not told: %s", error)
