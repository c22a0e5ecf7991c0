"""One call at the doctor's desk: joins the signalling to the media process. No Qt.

Everything that happens goes through one queue and one thread, so nothing here needs a lock. The media process may
crash, the line drop and the database go away, each by itself, and the call goes on with what is left.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from tcmdesk.features.consultations.jobs.line import SignalLine
from tcmdesk.features.consultations.jobs.negotiation import Negotiation
from tcmdesk.features.consultations.jobs.steps import (
    Abandon,
    Candidate,
    Describe,
    Phase,
    PhaseChanged,
    Post,
    Start,
)
from tcmdesk.features.consultations.service import calls
from tcmdesk.features.consultations.types import CallEvent, CallSetup, Lease, Quality, SignalType
from tcmdesk.media.protocol import (
    Crashed,
    IceServer,
    LocalDescription,
    QualityChanged,
    Restarted,
    StateChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tcmdesk.core.actor import Staff
    from tcmdesk.core.db.database import Database
    from tcmdesk.features.consultations.jobs.steps import Step
    from tcmdesk.features.consultations.types import Signal
    from tcmdesk.media.protocol import DescriptionType, Event, Role

log = logging.getLogger(__name__)

TICK_SECONDS: Final = 0.1


class MediaCalls(Protocol):
    """The part of `media.client.MediaClient` that carries calls."""

    def start_call(
        self,
        call_id: str,
        generation: int,
        ice_servers: Sequence[IceServer],
        role: Role,
        *,
        polite: bool = True,
        relay_only: bool = False,
    ) -> None: ...

    def remote_description(self, call_id: str, generation: int, sdp: str, kind: DescriptionType) -> None: ...

    def remote_candidate(
        self,
        call_id: str,
        generation: int,
        candidate: str,
        sdp_mid: str | None = None,
        sdp_mline_index: int | None = None,
    ) -> None: ...

    def abandon_attempt(self, call_id: str, generation: int) -> None: ...

    def hang_up(self, call_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class CallState:
    """What the panel shows of a call. `since` is when the phase began and `began` when both were
    first connected, by `time.monotonic`.

    `signalling` is False while the database is away. `taken_over` says that another workstation has the call now.
    """

    phase: Phase = Phase.CONNECTING
    since: float = 0.0
    began: float | None = None
    signalling: bool = True
    taken_over: bool = False


class CallController:
    """Holds one call until `hang_up` or until another workstation takes it over.

    Args:
        lease: held; from `leases.take_lease` with the same `holder`.
        on_change: called with every new state, on the call's thread.
    """

    def __init__(
        self,
        database: Database,
        actor: Staff,
        setup: CallSetup,
        lease: Lease,
        media: MediaCalls,
        *,
        on_change: Callable[[CallState], None],
        relay_only: bool = False,
    ) -> None:
        self.setup = setup
        self.state = CallState(since=time.monotonic())
        self._actor, self._database = actor, database
        self._media, self._on_change = media, on_change
        self._relay_only = relay_only
        self._servers = tuple(_server(entry) for entry in setup.ice_servers)
        self._negotiation = Negotiation(first=lease.generation)
        self._queue: queue.SimpleQueue[Callable[[float], Iterable[Step]] | None] = queue.SimpleQueue()
        self._line = SignalLine(
            database, actor, setup.room.room_id, lease.workstation,
            on_signals=self._on_signals, on_state=self._on_line_state, on_unread=self._on_unread,
            on_taken=self._on_taken,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._run, name="tcmdesk-call", daemon=True)
        self._qualities: dict[Quality, float] = dict.fromkeys(Quality, 0.0)
        self._quality: tuple[Quality, float] | None = None
        self._poor = False
        self._ended = threading.Event()

    @property
    def call_id(self) -> str:
        """What the media process knows the call by."""
        return self.setup.room.room_id

    def start(self) -> None:
        """Begin: look for an offer that has come already, make one otherwise."""
        self._line.reached(self._negotiation.first)
        self._line.start()
        self._thread.start()
        self._queue.put(self._negotiation.begin)

    def media_event(self, event: Event) -> None:
        """An event of the media process; from any thread, and never waits."""
        if getattr(event, "call_id", self.call_id) == self.call_id:
            self._queue.put(partial(self._on_media, event))

    def tell(self, event: CallEvent) -> None:
        """Note what the doctor did: camera or microphone on or off."""
        self._line.log(event)

    def leave(self) -> None:
        """End the call here and tell the other side; the visit stays open until it is completed. Does not wait."""
        if not self._ended.is_set():
            self._ended.set()
            self._queue.put(None)

    def hang_up(self, patience: float = 3.0) -> None:
        """`leave`, and wait until everything is said. Idempotent."""
        self.leave()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while True:
            try:
                work = self._queue.get(timeout=TICK_SECONDS)
            except queue.Empty:
                work = self._negotiation.tick
            if work is None:
                break
            now = time.monotonic()
            try:
                self._carry_out(work(now))
            except Exception:
                # one signal's fault must not end the call
                log.exception("call in %s", self.call_id)
            self._line.quick = self._negotiation.quick
        self._finish()

    def _carry_out(self, steps: Iterable[Step]) -> None:
        for step in steps:
            match step:
                case Start(generation=generation, role=role):
                    self._line.reached(generation)
                    self._media.start_call(
                        self.call_id,
                        generation,
                        self._servers,
                        role,
                        polite=False,
                        relay_only=self._relay_only,
                    )
                case Describe(generation=generation, type=kind, sdp=sdp):
                    self._media.remote_description(self.call_id, generation, sdp, kind)
                case Candidate(generation=generation, candidate=text, sdp_mid=mid, sdp_mline_index=index):
                    self._media.remote_candidate(self.call_id, generation, text, mid, index)
                case Abandon(generation=generation):
                    self._media.abandon_attempt(self.call_id, generation)
                case Post(type=kind, payload=payload):
                    self._line.post(kind, payload)
                case PhaseChanged(phase=phase):
                    self._enter(phase)

    def _enter(self, phase: Phase) -> None:
        before, began = self.state.phase, self.state.began
        if phase is Phase.CONNECTED and began is None:
            began = time.monotonic()
            consultation_id = self.setup.room.consultation_id
            self._line.write(
                "consultations:call:begin", lambda uow: calls.begin(uow, self._actor, consultation_id)
            )
            self._line.log(CallEvent.JOINED)
        elif phase is Phase.CONNECTED:
            self._line.log(CallEvent.RECONNECTED, {"generation": self._negotiation.active})
        elif before is Phase.CONNECTED:
            self._line.log(CallEvent.DISCONNECTED)
        self._show(replace(self.state, phase=phase, since=time.monotonic(), began=began))

    def _on_media(self, event: Event, now: float) -> Iterable[Step]:
        match event:
            case LocalDescription(generation=generation, type=kind, sdp=sdp):
                return self._negotiation.described(generation, kind, sdp, now)
            case StateChanged(generation=generation, state=state, active=active):
                return self._negotiation.changed(generation, state, active=active, now=now)
            case QualityChanged(quality=quality):
                self._note_quality(Quality(quality.value), now)
            case Crashed():
                return self._negotiation.crashed(now)
            case Restarted():
                return self._negotiation.restarted(now)
        return ()

    def _note_quality(self, quality: Quality, now: float) -> None:
        self._count_quality(now)
        self._quality = (quality, now)
        poor = quality is Quality.POOR
        if poor is not self._poor:
            self._poor = poor
            self._line.log(CallEvent.NETWORK_POOR if poor else CallEvent.NETWORK_RECOVERED)

    def _count_quality(self, now: float) -> None:
        if self._quality is not None:
            quality, since = self._quality
            self._qualities[quality] += now - since
            self._quality = (quality, now)

    def _finish(self) -> None:
        self._media.hang_up(self.call_id)
        if not self.state.taken_over:
            self._count_quality(time.monotonic())
            self._line.post(SignalType.LEAVE, {"generation": self._negotiation.reached})
            if self.state.began is not None:
                self._line.log(CallEvent.LEFT)
                usual = max(self._qualities, key=lambda quality: self._qualities[quality])
                if self._qualities[usual] > 0:
                    consultation_id = self.setup.room.consultation_id
                    self._line.write(
                        "consultations:call:quality",
                        lambda uow: calls.note_quality(uow, self._actor, consultation_id, usual),
                    )
        self._line.stop()

    def _on_signals(self, found: tuple[Signal, ...]) -> None:
        self._queue.put(lambda now: self._negotiation.take(found, now))

    def _on_unread(self, generation: int) -> None:
        self._queue.put(lambda _now: self._negotiation.unread(generation))

    def _on_line_state(self, there: bool) -> None:
        self._queue.put(lambda _now: self._show(replace(self.state, signalling=there)))

    def _on_taken(self) -> None:
        def leave(_now: float) -> Iterable[Step]:
            self._queue.put(None)
            return self._show(replace(self.state, taken_over=True))

        self._queue.put(leave)

    def _show(self, state: CallState) -> Iterable[Step]:
        if state != self.state:
            self.state = state
            self._on_change(state)
        return ()


def _server(entry: dict[str, object]) -> IceServer:
    urls = entry["urls"]
    listed = (urls,) if isinstance(urls, str) else tuple(str(url) for url in urls)  # type: ignore[attr-defined]
    return IceServer(
        tuple(str(url) for url in listed), str(entry.get("username", "")), str(entry.get("credential", ""))
    )
