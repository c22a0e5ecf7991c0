"""The doctor's end of the signalling: one thread that reads, writes and holds the room, and outlives the database.

While the database is away the call goes on; what was to be sent waits, and of offers only the newest is sent then.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import Unavailable, UserError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.service import events, leases, signals
from tcmdesk.features.consultations.types import CallEvent, Signal, SignalType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcmdesk.core.actor import Staff
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

QUICK_SECONDS: Final = 0.2
"""Between looks while a connection is being set up."""

CALM_SECONDS: Final = 1.0
"""Between looks in a call."""

RENEW_SECONDS: Final = 3.0
AWAY_SECONDS: Final = 1.0
"""Between tries while the database is away."""


@dataclass(frozen=True, slots=True)
class _Signal:
    type: SignalType
    payload: Mapping[str, object]
    signal_id: str


@dataclass(frozen=True, slots=True)
class _Write:
    action: str
    work: Callable[[UnitOfWork], object]
    op_id: str


@dataclass(frozen=True, slots=True)
class _Event:
    event: CallEvent
    data: Mapping[str, object] | None


class SignalLine:
    """Reads and writes a room's signals for the doctor.

    Args:
        on_signals: called with what came, on the line's thread.
        on_state: called with False when the database goes away, with True when it is back.
        on_unread: called with the generation of an offer that was replaced before anybody read it.
        on_taken: called once, when another workstation has taken the room over.
    """

    def __init__(
        self,
        database: Database,
        actor: Staff,
        room_id: str,
        holder: str,
        *,
        on_signals: Callable[[tuple[Signal, ...]], None],
        on_state: Callable[[bool], None],
        on_unread: Callable[[int], None],
        on_taken: Callable[[], None],
    ) -> None:
        self._database, self._actor = database, actor
        self._room_id, self._holder = room_id, holder
        self._on_signals, self._on_state, self._on_taken = on_signals, on_state, on_taken
        self._on_unread = on_unread
        self._offered: int | None = None
        self._outgoing: deque[_Signal | _Write | _Event] = deque()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tcmdesk-signals", daemon=True)
        self._reached = 0
        self._away = False
        self._renewed = 0.0
        self.quick = True

    def start(self) -> None:
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """Send what is waiting if the database is there, let go of the room, and end; waits `patience` seconds."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(patience)

    def reached(self, generation: int) -> None:
        """The highest generation used, from which a workstation that takes over goes on."""
        self._reached = max(self._reached, generation)

    def post(self, kind: SignalType, payload: Mapping[str, object]) -> None:
        """Send a signal; an offer replaces one that has not been sent yet."""
        with self._lock:
            if kind is SignalType.OFFER:
                for item in [
                    one for one in self._outgoing if isinstance(one, _Signal) and one.type is SignalType.OFFER
                ]:
                    self._outgoing.remove(item)
                    self._on_unread(_generation(item))
            self._outgoing.append(_Signal(kind, payload, uuid7()))
        self._wake.set()

    def log(self, event: CallEvent, data: Mapping[str, object] | None = None) -> None:
        """Write an event of the call."""
        with self._lock:
            self._outgoing.append(_Event(event, data))
        self._wake.set()

    def write(self, action: str, work: Callable[[UnitOfWork], object]) -> None:
        """Run a service function in a transaction; a refusal is logged, an absence of the database waited for."""
        with self._lock:
            self._outgoing.append(_Write(action, work, uuid7()))
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                if not self._step():
                    self._on_taken()
                    return
                self._report(away=False)
            except Unavailable:
                self._report(away=True)
            except Exception:
                # whatever it is, the call must not end with it
                log.exception("signals of %s", self._room_id)
                self._report(away=True)
            pause = AWAY_SECONDS if self._away else QUICK_SECONDS if self.quick else CALM_SECONDS
            self._wake.wait(pause)
            self._wake.clear()
        self._leave()

    def _step(self) -> bool:
        now = time.monotonic()
        if now - self._renewed >= RENEW_SECONDS:
            if not leases.renew_lease(
                self._database, self._actor, self._room_id, self._holder, self._reached
            ):
                return False
            self._renewed = now
        self._send()
        found = signals.take_signals(
            self._database, self._actor, self._room_id, self._actor.user_id, holder=self._holder
        )
        if found:
            self._on_signals(found)
        return True

    def _send(self) -> None:
        while True:
            with self._lock:
                if not self._outgoing:
                    return
                item = self._outgoing[0]
            try:
                self._send_one(item)
            except UserError as error:
                log.warning("not sent in %s: %s", self._room_id, error.code)
            with self._lock:
                # an offer may have been replaced while it was sent
                if item in self._outgoing:
                    self._outgoing.remove(item)

    def _send_one(self, item: _Signal | _Write | _Event) -> None:
        match item:
            case _Signal(type=kind, payload=payload, signal_id=signal_id):
                signals.post_signal(
                    self._database,
                    self._actor,
                    self._room_id,
                    kind,
                    payload,
                    signal_id=signal_id,
                    on_replaced=self._tell_unread,
                )
                if kind is SignalType.OFFER:
                    self._offered = _generation(item)
            case _Event(event=event, data=data):
                events.log_event(self._database, self._actor, self._room_id, event, data)
            case _Write(action=action, work=work, op_id=op_id):
                self._database.write(self._actor, action, work, op_id=op_id, subject=self._room_id)

    def _tell_unread(self) -> None:
        if self._offered is not None:
            self._on_unread(self._offered)

    def _leave(self) -> None:
        try:
            self._send()
            leases.release_lease(self._database, self._actor, self._room_id, self._holder)
        except (Unavailable, UserError) as error:
            log.info("left %s without a word: %s", self._room_id, error.code)

    def _report(self, *, away: bool) -> None:
        if away is not self._away:
            self._away = away
            self._on_state(not away)


def _generation(signal: _Signal) -> int:
    return int(str(signal.payload["generation"]))
