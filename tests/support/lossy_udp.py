"""A bad line between two ends that exchange UDP: loses, delays and reorders packets, has a rate, and can be cut.

The ends never learn each other's address: in every session description that passes, the candidates are replaced by one of
the line's own sockets, so whatever they send goes through here. Runs in a thread of the test; a call is some hundred
packets a second.
"""

from __future__ import annotations

import heapq
import itertools
import random
import re
import selectors
import socket
import threading
import time
from dataclasses import dataclass
from typing import Self

_CANDIDATE = re.compile(
    r"^a=candidate:\S+ 1 udp \d+ (?P<address>\d+\.\d+\.\d+\.\d+) (?P<port>\d+) typ host",
    re.MULTILINE | re.IGNORECASE,
)
_ANY_CANDIDATE = re.compile(r"^a=candidate:.*\r\n", re.MULTILINE)
_LARGEST = 65_536
_QUEUE_SECONDS = 0.3


@dataclass
class Conditions:
    """How the line is now; may be changed at any time, in both directions at once.

    Args:
        loss: part of the packets that never arrive, 0 to 1.
        delay, jitter: seconds each way; jitter is added evenly between minus and plus.
        kbps: 1000 bits a second each way, with room for 0.3 s of them; None is unlimited.
        cut: nothing passes.
    """

    loss: float = 0.0
    delay: float = 0.0
    jitter: float = 0.0
    kbps: float | None = None
    cut: bool = False


class _Link:
    """Two sockets: `faces[a]` is what B takes for A."""

    def __init__(self, key: object) -> None:
        self.key = key
        self.faces: dict[str, socket.socket] = {}
        self.real: dict[str, tuple[str, int]] = {}


class LossyUdp:
    """Context manager of one line between the sides "a" and "b"."""

    def __init__(self, conditions: Conditions | None = None, seed: int = 7) -> None:
        self.conditions = conditions or Conditions()
        self.passed = 0
        self._random = random.Random(seed)
        self._links: dict[object, _Link] = {}
        self._forgotten: set[object] = set()
        self._selector = selectors.DefaultSelector()
        self._later: list[tuple[float, int, socket.socket, tuple[str, int], bytes]] = []
        self._order = itertools.count()
        self._free_at = {"a": 0.0, "b": 0.0}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lossy-line", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._closing.set()
        self._thread.join()
        for link in self._links.values():
            for face in link.faces.values():
                face.close()
        self._selector.close()

    def forget(self) -> None:
        """As when an end gets another address: what was connected stays dead, only new connections pass."""
        with self._lock:
            self._forgotten.update(self._links)

    def rewrite(self, key: object, side: str, sdp: str) -> str:
        """The description of a side as the other one shall see it. `key` names the connection the two make."""
        found = _CANDIDATE.search(sdp)
        if found is None:
            raise ValueError("no IPv4 candidate to stand for")
        with self._lock:
            link = self._links.get(key) or self._make(key, found["address"])
            link.real[side] = (found["address"], int(found["port"]))
        port = link.faces[side].getsockname()[1]
        ours = f"a=candidate:1 1 udp 2130706431 {found['address']} {port} typ host\r\n"

        def stand_in(match: re.Match[str]) -> str:
            # one in each section: which of them is read is the other side's affair
            return ours if f" {found['port']} typ host" in match[0] else ""

        return _ANY_CANDIDATE.sub(stand_in, sdp)

    def _make(self, key: object, address: str) -> _Link:
        link = self._links[key] = _Link(key)
        for side in ("a", "b"):
            face = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            face.bind((address, 0))
            face.setblocking(False)
            link.faces[side] = face
            self._selector.register(face, selectors.EVENT_READ, (link, side))
        return link

    def _run(self) -> None:
        while not self._closing.is_set():
            pause = min(max(self._later[0][0] - time.monotonic(), 0.0), 0.05) if self._later else 0.05
            for key, _ in self._selector.select(pause):
                link, side = key.data
                self._take(link, side)
            now = time.monotonic()
            while self._later and self._later[0][0] <= now:
                _, _, face, address, data = heapq.heappop(self._later)
                self._send(face, address, data)

    def _take(self, link: _Link, side: str) -> None:
        """Everything that was sent to a side's face goes to that side, from the other's face."""
        while True:
            try:
                data = link.faces[side].recv(_LARGEST)
            except OSError:
                return
            with self._lock:
                address = None if link.key in self._forgotten else link.real.get(side)
            due = self._due(side, len(data))
            if address is None or due is None:
                continue
            face = link.faces["b" if side == "a" else "a"]
            if due <= time.monotonic():
                self._send(face, address, data)
            else:
                heapq.heappush(self._later, (due, next(self._order), face, address, data))

    def _due(self, side: str, size: int) -> float | None:
        """When a packet to a side arrives; None when it does not."""
        conditions, now = self.conditions, time.monotonic()
        if conditions.cut or self._random.random() < conditions.loss:
            return None
        due = now
        if conditions.kbps is not None:
            starts = max(self._free_at[side], now)
            if starts - now > _QUEUE_SECONDS:
                return None
            # 28 bytes of IP and UDP headers travel as well
            due = self._free_at[side] = starts + (size + 28) * 8e-3 / conditions.kbps
        return due + max(0.0, conditions.delay + self._random.uniform(-conditions.jitter, conditions.jitter))

    def _send(self, face: socket.socket, address: tuple[str, int], data: bytes) -> None:
        try:
            face.sendto(data, address)
            self.passed += 1
        except OSError:
            # the port has been closed meanwhile: as on any network, the packet is gone
            pass
