"""Two media processes that call each other, with the test as their signalling and a line of any quality between them."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self, TypeVar

from tcmdesk.media import protocol
from tcmdesk.media.client import MediaClient
from tcmdesk.media.process.synthetic import number_in
from tcmdesk.media.protocol import (
    DescriptionType,
    Event,
    LinkState,
    LocalDescription,
    Restarted,
    Role,
    StateChanged,
    Stats,
    Stream,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.lossy_udp import LossyUdp

CALL = "call-of-a-test"
PATIENCE_SECONDS = 30.0
RETRY_SECONDS = 0.5

E = TypeVar("E", bound=Event)


class Party:
    """One media client, and everything it was told."""

    def __init__(self, name: str, camera: str = protocol.TEST_PATTERN) -> None:
        self.name = name
        self.camera = camera
        self.told: list[tuple[float, Event]] = []
        self.generation = -1
        self.offers = name == "a"
        self.link = LinkState.CLOSED
        self.was_connected = False
        self.on_description: Callable[[Party, LocalDescription], None] = lambda _party, _event: None
        self.pause = 0.0
        """Seconds for which the next event keeps the client's thread busy: a frozen program."""
        self._told = threading.Condition()
        self.client = MediaClient(self._on_event)
        self.client.choose_devices(camera, protocol.TEST_PATTERN, protocol.NO_DEVICE)
        self.client.start()

    def _on_event(self, event: Event) -> None:
        pause, self.pause = self.pause, 0.0
        time.sleep(pause)
        with self._told:
            self.told.append((time.monotonic(), event))
            if isinstance(event, StateChanged) and event.active:
                self.link = event.state
                self.was_connected = self.was_connected or event.state is LinkState.CONNECTED
            self._told.notify_all()
        if isinstance(event, LocalDescription):
            self.on_description(self, event)

    def start(self, generation: int, role: Role, **options: bool) -> None:
        self.generation = max(self.generation, generation)
        self.client.start_call(CALL, generation, (), role, **options)

    def wait(
        self,
        kind: type[E],
        matches: Callable[[E], bool] = lambda _event: True,
        since: float = 0.0,
        patience: float = PATIENCE_SECONDS,
    ) -> tuple[float, E]:
        """The first event of a kind that matches, with the moment it came; waits for it."""
        deadline = time.monotonic() + patience
        looked = 0
        with self._told:
            while True:
                for at, event in self.told[looked:]:
                    if at >= since and isinstance(event, kind) and matches(event):
                        return at, event
                looked = len(self.told)
                left = deadline - time.monotonic()
                if left <= 0:
                    tail = [event for _, event in self.told if not isinstance(event, LocalDescription)][-8:]
                    raise AssertionError(f"{self.name} was not told of {kind.__name__}; last: {tail}")
                self._told.wait(left)

    def connected(self, since: float = 0.0, patience: float = PATIENCE_SECONDS) -> float:
        """Wait until a connection carries the call; returns the moment."""
        return self.wait(
            StateChanged, lambda event: event.state is LinkState.CONNECTED and event.active, since, patience
        )[0]

    def seconds(self, since: float, until: float = float("inf")) -> list[Stats]:
        """The figures of every second between two moments."""
        with self._told:
            return [event for at, event in self.told if since <= at <= until and isinstance(event, Stats)]

    def events(self, kind: type[E], since: float = 0.0) -> list[E]:
        with self._told:
            return [event for at, event in self.told if at >= since and isinstance(event, kind)]

    def picture(self, since: float = 0.0, patience: float = PATIENCE_SECONDS) -> tuple[float, int]:
        """Wait for the first picture of the other side written after a moment; when, and the number in it."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            frame = self.client.frames(Stream.REMOTE).take()
            # the picture before the camera opens is black and small
            if frame is not None and frame.time >= since and frame.width >= 320:
                return frame.time, number_in(frame.pixels, frame.stride, frame.width)
            time.sleep(0.005)
        raise AssertionError(f"{self.name} saw no picture within {patience:.0f} s")


class Conversation:
    """Two parties in a call. Leaving the context ends both processes.

    Args:
        line: what their packets go through; directly when None.
        every: seconds between two looks at the signals, as a client has that polls; 0 hands them over at once.
    """

    def __init__(self, line: LossyUdp | None = None, every: float = 0.0, connect: bool = True) -> None:
        self.line, self._every, self._connect = line, every, connect
        self.a, self.b = Party("a"), Party("b")
        self.signals_pass = threading.Event()
        self.signals_pass.set()
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._waiting: list[tuple[Party, LocalDescription]] = []
        for party in (self.a, self.b):
            party.on_description = self._on_description
        self._clerk = threading.Thread(target=self._carry, name="signalling", daemon=True)

    def __enter__(self) -> Self:
        try:
            for party in (self.a, self.b):
                party.wait(protocol.Ready)
            self._clerk.start()
            if self._connect:
                self.call()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._closing.set()
        if self._clerk.is_alive():
            self._clerk.join()
        for party in (self.a, self.b):
            party.client.close()

    def call(self) -> float:
        """Connect; returns the seconds that took, on both sides."""
        began = time.monotonic()
        self.b.start(0, Role.ANSWER)
        self.a.start(0, Role.OFFER)
        return max(party.connected(since=began) for party in (self.a, self.b)) - began

    def hang_up(self) -> None:
        for party in (self.a, self.b):
            party.was_connected = False
        self.a.client.hang_up(CALL)

    def _on_description(self, sender: Party, event: LocalDescription) -> None:
        with self._lock:
            self._waiting.append((sender, event))

    def _carry(self) -> None:
        """Hand over signals, and begin anew while a side is without a line: the work of a call's controller."""
        retried = looked = 0.0
        while not self._closing.wait(0.01):
            now = time.monotonic()
            if now - looked >= self._every and self.signals_pass.is_set():
                looked = now
                self._hand_over()
            if (self._is_down() or self._restarted()) and now - retried >= RETRY_SECONDS:
                retried = now
                self.a.start(max(self.a.generation, self.b.generation) + 1, Role.OFFER)

    def _is_down(self) -> bool:
        """Whether a side that had a line has none now, and nobody hung up."""
        return any(
            party.was_connected and party.link is not LinkState.CONNECTED for party in (self.a, self.b)
        )

    def _restarted(self) -> bool:
        """Whether a process began anew and has no line yet."""
        for party in (self.a, self.b):
            with party._told:
                for _, event in reversed(party.told):
                    if isinstance(event, Restarted):
                        return True
                    if isinstance(event, StateChanged) and event.state is LinkState.CONNECTED:
                        break
        return False

    def _hand_over(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, []
        # what was offered while nobody looked is stale but for the newest two
        offered = [event.generation for _, event in waiting if event.type is DescriptionType.OFFER]
        newest = max(offered, default=0)
        for sender, event in waiting:
            receiver = self.b if sender is self.a else self.a
            if event.type is DescriptionType.OFFER and event.generation < newest - 1:
                continue
            sdp = event.sdp
            if self.line is not None:
                sdp = self.line.rewrite(event.generation, sender.name, sdp)
            if event.type is DescriptionType.OFFER and event.generation > receiver.generation:
                receiver.start(event.generation, Role.ANSWER)
            receiver.client.remote_description(CALL, event.generation, sdp, event.type)
