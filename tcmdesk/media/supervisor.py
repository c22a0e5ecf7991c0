"""Keeps a media process running: one thread that starts it, carries messages, notices its end and starts it again."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import select
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcmdesk.media import channel, protocol, wire
from tcmdesk.media.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcmdesk.media.frames import FrameMailbox, SharedFrames
    from tcmdesk.media.protocol import Command, Event, Stream

HEARTBEAT_SECONDS: Final = 1.0
SILENCE_SECONDS: Final = 6.0
"""A process that has not answered for so long hangs, and is ended."""
START_SECONDS: Final = 60.0
"""The same before it is ready: a cold disk and a busy machine are no fault."""
BACK_OFF_SECONDS: Final = (0.0, 1.0, 3.0, 10.0, 30.0)
"""Waits before the next start, by how many came to nothing in a row."""
_STEADY_SECONDS: Final = 30.0
# sound goes before screens; elsewhere a program may not raise itself
_PRIORITY = 0
if sys.platform == "win32":
    _PRIORITY = subprocess.ABOVE_NORMAL_PRIORITY_CLASS
_CHUNK: Final = 1 << 16

_log = logging.getLogger(__name__)


class Supervisor:
    """See `client.MediaClient`, whose machinery this is."""

    def __init__(
        self,
        frames: Mapping[Stream, SharedFrames],
        mailboxes: Mapping[Stream, FrameMailbox],
        on_event: Callable[[Event], None],
        on_frame: Callable[[Stream], None] | None,
    ) -> None:
        self._frames = frames
        self._mailboxes = mailboxes
        self._on_event = on_event
        self._on_frame = on_frame
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._remembered = Remembered()
        self._closing = threading.Event()
        self._wake_here, self._wake_there = socket.socketpair()
        self._wake_here.setblocking(False)
        self._wake_there.setblocking(False)
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._failures = 0

    @property
    def pid(self) -> int | None:
        process = self._process
        return None if process is None else process.pid

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="media-client", daemon=True)
            self._thread.start()

    def send(self, command: Command) -> None:
        """Queue a command for the line; never waits."""
        self._commands.put(command)
        self._wake()

    def close(self, patience: float) -> None:
        self._closing.set()
        self._wake()
        if self._thread is not None:
            self._thread.join(patience)
            if self._thread.is_alive() and self._process is not None:
                self._process.kill()
                self._thread.join()
        self._wake_here.close()
        self._wake_there.close()

    def _wake(self) -> None:
        # full means that the thread is awake; closed, that nobody is left to be woken
        with contextlib.suppress(BlockingIOError, OSError):
            self._wake_there.send(b".")

    def _run(self) -> None:
        first = True
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                crashed = self._one_life(first=first)
            except OSError:
                _log.exception("the media process could not be started")
                crashed = protocol.Crashed(None, hung=False)
            if self._closing.is_set():
                return
            _log.warning("the media process ended: exit code %s, hung %s", crashed.exit_code, crashed.hung)
            self._tell(crashed)
            first = False
            self._failures = 0 if time.monotonic() - began > _STEADY_SECONDS else self._failures + 1
            self._closing.wait(BACK_OFF_SECONDS[min(self._failures, len(BACK_OFF_SECONDS) - 1)])

    def _one_life(self, *, first: bool) -> protocol.Crashed:
        """Start the process and carry its messages until it ends; says how it did."""
        process, line = self._spawn()
        self._process = process
        life = _Life(line)
        hung = False
        try:
            hung = self._carry(life, first=first)
        except OSError:
            pass  # the line broke: the process has gone
        except wire.ProtocolError as error:
            _log.error("the media process said what cannot be understood: %s", error)
        finally:
            exit_code = self._end(process, line, kill=hung)
        return protocol.Crashed(None if hung else exit_code, hung=hung)

    def _spawn(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        offer = channel.offer(self._frames)
        try:
            process = subprocess.Popen(  # noqa: S603  (ourselves)
                [*_program(), channel.OPTION, *offer.place.arguments()],
                env=os.environ | _import_path() | offer.environment,
                pass_fds=offer.pass_fds,
                stdin=subprocess.DEVNULL,
                creationflags=_PRIORITY,
            )
            return process, offer.accept()
        except OSError:
            offer.withdraw()
            raise

    def _carry(self, life: _Life, *, first: bool) -> bool:
        """Move messages until the line ends. Returns whether the process hangs; raises OSError when it is gone."""
        while True:
            if life.ready and not self._closing.is_set():
                self._take_commands(life)
            if self._closing.is_set() and not life.leaving:
                life.leaving = True
                life.put(protocol.Shutdown())
            wants_room = [life.line] if life.outgoing else []
            readable, writable, _ = select.select(
                [life.line, self._wake_here], wants_room, [], HEARTBEAT_SECONDS / 2
            )
            if self._wake_here in readable:
                with contextlib.suppress(BlockingIOError):
                    self._wake_here.recv(_CHUNK)
            if writable:
                life.flush()
            if life.line in readable:
                data = life.line.recv(_CHUNK)
                if not data:
                    return False
                life.heard()
                for message in life.incoming.feed(data):
                    self._received(message, life, first=first)
            elif life.silent_too_long():
                return True

    def _take_commands(self, life: _Life) -> None:
        while not self._commands.empty():
            command = self._commands.get()
            self._remembered.note(command)
            life.put(command)
        life.beat()

    def _received(self, message: protocol.Message, life: _Life, *, first: bool) -> None:
        match message:
            case protocol.Ready():
                if message.protocol != protocol.VERSION:
                    raise wire.ProtocolError("another version")
                self._tell(message)
                life.ready = True
                if not first:
                    for command in self._remembered.settings():
                        life.put(command)
                    self._tell(protocol.Restarted(self._remembered.forget_calls()))
            case protocol.FrameReady():
                mailbox = self._mailboxes[message.stream]
                if self._on_frame is not None and mailbox.expects_next:
                    mailbox.expects_next = False
                    self._on_frame(message.stream)
            case protocol.Pong():
                pass
            case protocol.Event():
                self._tell(message)

    def _tell(self, event: Event) -> None:
        try:
            self._on_event(event)
        except Exception:  # noqa: BLE001  (whoever listens must not end the line)
            _log.exception("an event of the media process was not understood")

    def _end(self, process: subprocess.Popen[bytes], line: socket.socket, *, kill: bool) -> int:
        line.close()
        if kill:
            process.kill()
        try:
            return process.wait(2.0)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
        finally:
            self._process = None


class _Life:
    """One line to one process."""

    def __init__(self, line: socket.socket) -> None:
        line.setblocking(False)
        self.line = line
        self.incoming = wire.LineBuffer()
        self.outgoing = b""
        self.ready = False
        self.leaving = False
        self._ping = 0
        self._asked_at: float | None = time.monotonic()
        self._beat_at = 0.0

    def put(self, command: Command) -> None:
        self.outgoing += wire.encode(command)
        self.flush()

    def flush(self) -> None:
        with contextlib.suppress(BlockingIOError):
            sent = self.line.send(self.outgoing)
            self.outgoing = self.outgoing[sent:]

    def beat(self) -> None:
        """Ask for a sign of life, unless one is awaited."""
        now = time.monotonic()
        if self._asked_at is None and now - self._beat_at >= HEARTBEAT_SECONDS:
            self._ping += 1
            self._asked_at = self._beat_at = now
            self.put(protocol.Ping(self._ping))

    def heard(self) -> None:
        self._asked_at = None

    def silent_too_long(self) -> bool:
        """Only asked when nothing could be read: a reader that slept itself reads first."""
        if self._asked_at is None:
            return False
        return time.monotonic() - self._asked_at > (SILENCE_SECONDS if self.ready else START_SECONDS)


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "tcmdesk"]


def _import_path() -> dict[str, str]:
    """From the sources, the child finds the package where we did, whatever its working folder."""
    if getattr(sys, "frozen", False):
        return {}
    root = str(Path(__file__).resolve().parents[2])
    return {"PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
