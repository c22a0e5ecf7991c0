"""A TCP line to a server that can be cut and mended: connections break, and none is taken meanwhile."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self

_CHUNK = 1 << 16


class CutTcp:
    """Context manager of one line to a port of this machine; clients use `port`."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._open = True
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._closing = threading.Event()
        self._threads = [threading.Thread(target=self._accept, name="cut-line", daemon=True)]

    def __enter__(self) -> Self:
        # closing a socket does not wake who waits for it to be called
        self._server.settimeout(0.2)
        self._threads[0].start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._closing.set()
        self.cut()
        for thread in self._threads:
            thread.join()
        self._server.close()

    def cut(self) -> None:
        """Break every connection and take none."""
        with self._lock:
            self._open = False
            ends, self._ends = self._ends, set()
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def mend(self) -> None:
        """Take connections again."""
        with self._lock:
            self._open = True

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._server.accept()
            except TimeoutError:
                continue
            with self._lock:
                if not self._open:
                    client.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self._target))
                self._ends |= {client, server}
            for source, sink in ((client, server), (server, client)):
                thread = threading.Thread(target=self._pass, args=(source, sink), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(_CHUNK):
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
