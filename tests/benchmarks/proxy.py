"""A line with a delay: TCP to a database server that takes half the round-trip time each way and counts round trips.

It runs as a process of its own, so that it does not compete with the measured program for the interpreter's lock, and
with threads that sleep rather than an event loop: epoll rounds its waits up to whole milliseconds, which would add up to
two to every round trip.
"""

from __future__ import annotations

import argparse
import contextlib
import queue
import socket
import subprocess
import sys
import threading
import time
from typing import Self

from tests.benchmarks.processes import PYTHON, ROOT

_CHUNK = 1 << 16


class DelayProxy:
    """Context manager of one such line to a server on this machine."""

    def __init__(self, port: int, round_trip_ms: float) -> None:
        self._command = [*PYTHON, "-m", __spec__.name, str(port), str(round_trip_ms)]
        self.port = 0

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self._answer())
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.communicate()

    def round_trips(self) -> int:
        """How often a client has spoken after the server did, since the start: each is one wait for the line.

        Counted on all connections, so it counts TLS as well as plain text.
        """
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


class _Connection:
    def __init__(self, client: socket.socket, server: socket.socket, delay: float, counter: _Counter) -> None:
        self._server_spoke = True
        self._counter = counter
        for source, target, from_client in ((client, server, True), (server, client, False)):
            source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
            for work, arguments in (
                (self._take, (source, line, delay, from_client)),
                (self._give, (target, line)),
            ):
                threading.Thread(target=work, args=arguments, daemon=True).start()

    def _take(
        self,
        source: socket.socket,
        line: queue.SimpleQueue[tuple[float, bytes]],
        delay: float,
        from_client: bool,
    ) -> None:
        data = b"."
        while data:
            try:
                data = source.recv(_CHUNK)
            except OSError:
                data = b""
            if from_client:
                if self._server_spoke and data:
                    self._counter.add()
                self._server_spoke = False
            else:
                self._server_spoke = True
            line.put((time.monotonic() + delay, data))

    @staticmethod
    def _give(target: socket.socket, line: queue.SimpleQueue[tuple[float, bytes]]) -> None:
        while True:
            due, data = line.get()
            time.sleep(max(due - time.monotonic(), 0.0))
            with contextlib.suppress(OSError):
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)


class _Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()

    def add(self) -> None:
        with self._lock:
            self.value += 1


def _accept(listener: socket.socket, port: int, delay: float, counter: _Counter) -> None:
    while True:
        client, _ = listener.accept()
        try:
            server = socket.create_connection(("127.0.0.1", port))
        except OSError:
            client.close()
            continue
        _Connection(client, server, delay, counter)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("round_trip_ms", type=float)
    arguments = parser.parse_args()
    counter = _Counter()
    listener = socket.create_server(("127.0.0.1", 0))
    delay = arguments.round_trip_ms / 2000
    threading.Thread(target=_accept, args=(listener, arguments.port, delay, counter), daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    for _ in sys.stdin:
        print(counter.value, flush=True)


if __name__ == "__main__":
    main()
