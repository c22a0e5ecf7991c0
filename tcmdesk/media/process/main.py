"""The media process: `tcmdesk --media-process LINE STREAM=ADDRESS…`, started by `media.client` and by nobody else.

Two threads do the work. The first one belongs to Qt, whose devices want it; the other has an event loop of its own with
everything that goes over the network, so that neither waits for the other.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core import log
from tcmdesk.media import channel, protocol, wire
from tcmdesk.media.frames import SharedFrames
from tcmdesk.media.protocol import Ready, Shutdown, Stream
from tcmdesk.version import VERSION

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Mapping, Sequence

    from tcmdesk.media.process.hardware import Hardware
    from tcmdesk.media.protocol import Event

SWITCH_INTERVAL: Final = 0.0005
"""Seconds a thread keeps the interpreter while another wants it; Python's 0.005 is a quarter of a piece of sound."""
_CLOSING_SECONDS: Final = 2.0
_FULL: Final = 1 << 18
"""Bytes on the way to a program that does not read; beyond, what the next second repeats is left out."""
_REPEATED: Final = (protocol.FrameReady, protocol.LocalLevel, protocol.Stats)
_CHUNK: Final = 1 << 16

_log = logging.getLogger(__name__)


def run(arguments: Sequence[str]) -> int:
    """Serve one program until it goes. Returns the exit code: 0, or 2 when there is no program at the other end."""
    log.start()
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        place = channel.Place.parse(arguments)
        frames = {stream: SharedFrames.attach(place.frames[stream]) for stream in Stream}
        line = channel.connect(place)
    except (OSError, ValueError, KeyError):
        sys.stderr.write("tcmdesk: the media process is started by the program itself\n")
        return 2
    hardware, wait, quit_ = _hardware()
    thread = threading.Thread(
        target=_serve_and_quit, args=(line, frames, hardware, quit_), name="media-loop", daemon=True
    )
    thread.start()
    wait()
    thread.join(_CLOSING_SECONDS)
    # decoders and drivers that hang must not keep a process that nobody needs
    logging.shutdown()
    os._exit(0)


def _hardware() -> tuple[Hardware, Any, Any]:
    """The devices, how the first thread waits, and how it is told to stop."""
    try:
        from tcmdesk.media.process.qt_devices import start
    except ImportError:
        from tcmdesk.media.process.hardware import NoHardware

        _log.warning("the system has no multimedia")
        ended = threading.Event()
        return NoHardware(), ended.wait, ended.set
    return start()


def _serve_and_quit(
    line: socket.socket, frames: Mapping[Stream, SharedFrames], hardware: Hardware, quit_: Any
) -> None:
    try:
        loop = asyncio.SelectorEventLoop()
        asyncio.set_event_loop(loop)
        loop.run_until_complete(_serve(line, frames, hardware))
    except Exception:  # noqa: BLE001  (the last door of this thread)
        _log.exception("the media loop ended")
    finally:
        quit_()


async def _serve(line: socket.socket, frames: Mapping[Stream, SharedFrames], hardware: Hardware) -> None:
    from tcmdesk.media.process import seams
    from tcmdesk.media.process.control import Control
    from tcmdesk.media.process.hardware import NoHardware

    seams.install()
    line.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=line)
    transport = writer.transport
    transport.set_write_buffer_limits(high=1 << 30)

    def tell(event: Event) -> None:
        if isinstance(event, _REPEATED) and transport.get_write_buffer_size() > _FULL:
            return
        writer.write(wire.encode(event))

    control = Control(hardware, frames, tell)
    tell(Ready(protocol.VERSION, VERSION, os.getpid(), devices=not isinstance(hardware, NoHardware)))
    hardware.list()
    try:
        async for command in _commands(reader):
            control.carry_out(command)
    except ConnectionError:
        pass  # the program has gone
    except wire.ProtocolError as error:
        _log.error("the program said what cannot be understood: %s", error)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(control.close(), _CLOSING_SECONDS)
    transport.abort()


async def _commands(reader: asyncio.StreamReader) -> AsyncIterator[protocol.Command]:
    """What the program asks for, until it goes or says that this is the end."""
    buffer = wire.LineBuffer()
    while data := await reader.read(_CHUNK):
        for message in buffer.feed(data):
            if isinstance(message, Shutdown):
                return
            if isinstance(message, protocol.Command):
                yield message
