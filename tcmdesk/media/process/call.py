"""A call: its attempts, the one of them that carries it, and how much is sent."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.media.judgement import BARS, Frugality, QualityMeter
from tcmdesk.media.process.attempt import Attempt
from tcmdesk.media.process.measuring import Meter
from tcmdesk.media.process.modes import shape_for, spending_limit
from tcmdesk.media.protocol import (
    DataMode,
    DataModeChanged,
    LineQuality,
    LinkState,
    QualityChanged,
    Refusal,
    RemoteCandidate,
    RemoteDescription,
    SignalRefused,
    StartCall,
    StateChanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.media.process.feeds import AudioFeed, VideoFeed
    from tcmdesk.media.process.playout import Playout
    from tcmdesk.media.process.wishes import Wishes
    from tcmdesk.media.protocol import Event

WATCH_SECONDS: Final = 0.2
STATS_SECONDS: Final = 1.0
MOST_PENDING: Final = 6
"""Attempts that try to connect at the same time; an older one has had its three seconds."""
MOST_EARLY: Final = 64
"""Signals kept for generations that were not started yet."""
OVERLAP_SECONDS: Final = 1.0
"""How long a connection is kept beside a later one: the other side needs a moment to use that."""


class Call:
    """One conversation, over as many connections one after the other as the line makes necessary.

    Args:
        wishes: what the person wants sent.
        show: takes the pictures of the attempt in use.
    """

    def __init__(
        self,
        call_id: str,
        feeds: tuple[VideoFeed, AudioFeed],
        playout: Playout,
        wishes: Wishes,
        tell: Callable[[Event], None],
        show: Callable[[Any], None],
    ) -> None:
        self.call_id = call_id
        self.active: Attempt | None = None
        self._feeds, self._playout, self._wishes = feeds, playout, wishes
        self._tell, self._show = tell, show
        self._attempts: dict[int, Attempt] = {}
        self._early: list[RemoteDescription | RemoteCandidate] = []
        self._frugality = Frugality()
        self._quality = QualityMeter()
        self._meter: Meter | None = None
        self._mode: DataMode | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    # ---- commands ----

    def start(self, command: StartCall) -> None:
        """Begin an attempt. A generation that exists already stands."""
        if command.generation in self._attempts:
            self._tell(SignalRefused(self.call_id, command.generation, Refusal.OUT_OF_TURN))
            return
        attempt = Attempt(
            command,
            self._feeds,
            shape_for(self._mode_now, None),
            self._tell,
            self._on_attempt_state,
            self._on_picture,
            self._on_sound,
        )
        self._attempts[command.generation] = attempt
        self.apply_wishes()
        self._tell(StateChanged(self.call_id, attempt.generation, attempt.state, active=False))
        attempt.begin()
        early, self._early = self._early, []
        for signal in early:
            self.signal(signal)
        self._drop_oldest_pending()

    def signal(self, command: RemoteDescription | RemoteCandidate) -> None:
        """Hand a signal to its attempt; one for a generation to come is kept."""
        attempt = self._attempts.get(command.generation)
        if attempt is None:
            if command.generation < max(self._attempts, default=0):
                # of an attempt that was given up
                return
            self._early = [*self._early, command][-MOST_EARLY:]
        elif isinstance(command, RemoteDescription):
            attempt.describe(command)
        else:
            attempt.add_candidate(command)

    def abandon(self, generation: int) -> None:
        attempt = self._attempts.get(generation)
        if attempt is not None:
            self._close(attempt)

    async def hang_up(self) -> None:
        """Close every attempt and wait until they are."""
        self._watching.cancel()
        for attempt in list(self._attempts.values()):
            self._close(attempt)
        if self._closing:
            await asyncio.wait(set(self._closing))

    def apply_wishes(self) -> None:
        """What the person wants, or the line allows, has changed."""
        mode = self._mode_now
        for attempt in self._attempts.values():
            attempt.audio.muted = self._wishes.muted
            attempt.video.dark = self._wishes.camera_off or mode is DataMode.AUDIO_ONLY
        self._spend()
        if mode is not self._mode:
            self._mode = mode
            self._tell(DataModeChanged(self.call_id, mode, automatic=mode is not self._wishes.mode))

    # ---- the line ----

    @property
    def _mode_now(self) -> DataMode:
        order = list(DataMode)
        return max(self._wishes.mode, self._frugality.mode, key=order.index)

    async def _watch(self) -> None:
        measured = time.monotonic()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            for attempt in list(self._attempts.values()):
                attempt.watch()
            if time.monotonic() - measured >= STATS_SECONDS:
                measured = time.monotonic()
                await self._measure()

    async def _measure(self) -> None:
        meter = self._meter
        if meter is None or self.active is None or self.active.state is not LinkState.CONNECTED:
            return
        stats = await meter.measure()
        self._tell(stats)
        if self._quality.add(stats):
            self._tell_quality()
        if self._frugality.add(stats):
            self.apply_wishes()
        else:
            self._spend()

    def _spend(self) -> None:
        """Give the encoder in use what losses and mode leave to it, and the picture the shape that this is enough for."""
        if self.active is None or self._meter is None:
            return
        encoder = self.active.encoder
        allowed = min(self._meter.send_rate.allowed, spending_limit(self._mode_now))
        if hasattr(encoder, "allowance"):
            encoder.allowance = allowed
        self.active.video.shape = shape_for(self._mode_now, allowed)

    def _tell_quality(self) -> None:
        quality = self._quality.quality
        if quality is not None:
            self._tell(QualityChanged(self.call_id, quality, BARS[quality]))

    # ---- attempts ----

    def _on_attempt_state(self, attempt: Attempt) -> None:
        carried = attempt is self.active
        match attempt.state:
            case LinkState.CONNECTED:
                self._on_connected(attempt)
            case LinkState.LOST if attempt is self.active:
                self._tell(QualityChanged(self.call_id, LineQuality.POOR, 0))
            case LinkState.CLOSED | LinkState.FAILED:
                self._attempts.pop(attempt.generation, None)
                if attempt is self.active:
                    self._promote_next()
                self._close(attempt)
        carries = carried or attempt is self.active
        self._tell(StateChanged(self.call_id, attempt.generation, attempt.state, active=carries))

    def _on_connected(self, attempt: Attempt) -> None:
        """The highest generation that is connected carries the call: both sides come to the same one."""
        if attempt is self.active:
            self._tell_quality()
            return
        active = self.active
        if active and active.state is LinkState.CONNECTED and active.generation > attempt.generation:
            self._close_later(attempt)
            return
        self._promote(attempt)
        for other in list(self._attempts.values()):
            if other.generation < attempt.generation:
                self._close_later(other)

    def _promote(self, attempt: Attempt) -> None:
        self.active = attempt
        self._meter = Meter(attempt, self._playout)
        self.apply_wishes()

    def _promote_next(self) -> None:
        connected = [one for one in self._attempts.values() if one.state is LinkState.CONNECTED]
        if connected:
            self._promote(max(connected, key=lambda one: one.generation))
        else:
            self.active, self._meter = None, None

    def _drop_oldest_pending(self) -> None:
        pending = sorted(
            generation
            for generation, attempt in self._attempts.items()
            if attempt.state is LinkState.CONNECTING
        )
        for generation in pending[:-MOST_PENDING]:
            self._close(self._attempts[generation])

    def _close_later(self, attempt: Attempt) -> None:
        asyncio.get_running_loop().call_later(OVERLAP_SECONDS, self._close, attempt)

    def _close(self, attempt: Attempt) -> None:
        task = asyncio.get_running_loop().create_task(attempt.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    # ---- what arrives ----

    def _on_picture(self, attempt: Attempt, frame: Any) -> None:
        # the connection before is looked at until the one in use shows something
        if attempt is self.active or (self.active is not None and not self.active.pictures):
            self._show(frame)

    def _on_sound(self, attempt: Attempt, frame: Any) -> None:
        if attempt is self.active or (self.active is not None and not self.active.pieces):
            self._playout.push(frame)
