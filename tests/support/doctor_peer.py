"""A doctor's side that is nothing but aiortc and the signals' table: synthetic picture and tone, frames counted.

It keeps the rules of docs/decisions/signalling.md: even generations, an offer at every ``join``, attempts that overlap,
the newest connected one counts.
"""

from __future__ import annotations

import asyncio
import contextlib
import fractions
import logging
import math
import struct
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from unittest import mock

import aioice.ice
import av
from aiortc import (
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.rtcconfiguration import RTCIceTransportPolicy
from aiortc.sdp import candidate_from_sdp

from tcmdesk.core.errors import TranslatableError, Unavailable
from tcmdesk.features.consultations.service import signals
from tcmdesk.features.consultations.types import SignalType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.features.consultations.types import Room, Signal
    from tests.factories.video import OnlineClinic

log = logging.getLogger(__name__)

POLL = 0.1
WIDTH, HEIGHT, FPS = 640, 480, 20


@contextlib.contextmanager
def loopback() -> Iterator[None]:
    """Let aioice use 127.0.0.1, which it leaves out, and notice a line that is down after about 4 s."""
    found = aioice.ice.get_host_addresses

    def with_loopback(**options: Any) -> list[str]:
        return [*found(**options), "127.0.0.1"]

    with (
        mock.patch("aioice.ice.get_host_addresses", with_loopback),
        mock.patch("aioice.ice.CONSENT_INTERVAL", 1),
        mock.patch("aioice.ice.CONSENT_FAILURES", 3),
    ):
        yield


class _Paced(MediaStreamTrack):
    """Frames at their time; those that would be late are left out."""

    def __init__(self, period: float) -> None:
        super().__init__()
        self._period = period
        self._begun = time.monotonic()
        self._number = -1

    async def _next(self) -> int:
        if self.readyState != "live":
            raise MediaStreamError
        due = max(self._number + 1, int((time.monotonic() - self._begun) / self._period))
        await asyncio.sleep(max(0.0, self._begun + due * self._period - time.monotonic()))
        self._number = due
        return due


class Picture(_Paced):
    """A grey ground whose brightness changes from frame to frame."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__(1 / FPS)

    async def recv(self) -> av.VideoFrame:
        number = await self._next()
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        for plane, value in zip(frame.planes, (60 + number * 5 % 120, 110, 140), strict=True):
            plane.update(bytes([value]) * plane.buffer_size)
        frame.pts, frame.time_base = number * 90000 // FPS, fractions.Fraction(1, 90000)
        return frame


class Tone(_Paced):
    """440 Hz."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__(0.02)
        self._wave = [int(6000 * math.sin(2 * math.pi * 440 * at / 48000)) for at in range(48000)]

    async def recv(self) -> av.AudioFrame:
        number = await self._next()
        start = number * 960 % 48000
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(struct.pack("<960h", *self._wave[start : start + 960]))
        frame.sample_rate, frame.pts, frame.time_base = 48000, number * 960, fractions.Fraction(1, 48000)
        return frame


@dataclass
class Heard:
    """What has come from the patient."""

    video: int = 0
    audio: int = 0
    sizes: set[tuple[int, int]] = field(default_factory=set)
    last_video: float = 0.0


class DoctorPeer:
    """One call from a doctor's desk.

    Args:
        relay_only: reach the patient through a relay or not at all.
        offers: whether an offer answers a ``join``; else only the patient's offers are answered.
    """

    def __init__(
        self,
        clinic: OnlineClinic,
        room: Room,
        *,
        ice: tuple[dict[str, Any], ...] = (),
        offers: bool = True,
        relay_only: bool = False,
    ) -> None:
        self._clinic = clinic
        self._room = room
        self._offers = offers
        self._policy = RTCIceTransportPolicy.RELAY if relay_only else RTCIceTransportPolicy.ALL
        self._servers = [RTCIceServer(one["urls"], one.get("username"), one.get("credential")) for one in ice]
        self._connections: dict[int, RTCPeerConnection] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.highest = 0
        self.heard = Heard()
        self.kinds: list[tuple[str, int]] = []
        self.connected: list[int] = []
        self.deaf = False

    async def __aenter__(self) -> Self:
        self._polling = asyncio.create_task(self._poll())
        return self

    async def __aexit__(self, *exception: object) -> None:
        fault = self._polling.exception() if self._polling.done() else None
        for task in {self._polling, *self._tasks}:
            task.cancel()
        await asyncio.gather(self._polling, *self._tasks, return_exceptions=True)
        await asyncio.gather(*(connection.close() for connection in self._connections.values()))
        if fault is not None:
            raise fault

    def _do(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def current(self) -> RTCPeerConnection:
        """The newest connection that stands."""
        return self._connections[max(self.connected)]

    async def _poll(self) -> None:
        while True:
            if not self.deaf:
                with contextlib.suppress(Unavailable):
                    for signal in await asyncio.to_thread(self._take):
                        self.kinds.append((signal.type.value, signal.generation))
                        self.highest = max(self.highest, signal.generation)
                        try:
                            await self._on_signal(signal)
                        except TranslatableError:
                            log.info("%s of %s came to nothing", signal.type, signal.generation)
            await asyncio.sleep(POLL)

    def _take(self) -> tuple[Signal, ...]:
        doctor = self._clinic.doctor
        return signals.take_signals(self._clinic.database, doctor, self._room.room_id, doctor.user_id)

    async def post(self, kind: SignalType, payload: dict[str, Any]) -> None:
        await asyncio.to_thread(
            signals.post_signal, self._clinic.database, self._clinic.doctor, self._room.room_id, kind, payload
        )

    async def _on_signal(self, signal: Signal) -> None:
        generation = signal.generation
        connection = self._connections.get(generation)
        match signal.type:
            case SignalType.JOIN if self._offers:
                await self.offer()
            case SignalType.OFFER:
                connection = self._make(generation)
                await connection.setRemoteDescription(RTCSessionDescription(signal.payload["sdp"], "offer"))
                await connection.setLocalDescription(await connection.createAnswer())
                await self._describe(SignalType.ANSWER, generation)
            case SignalType.ANSWER if connection and connection.signalingState == "have-local-offer":
                await connection.setRemoteDescription(RTCSessionDescription(signal.payload["sdp"], "answer"))
            case SignalType.CANDIDATE if connection and signal.payload["candidate"]:
                candidate = candidate_from_sdp(signal.payload["candidate"].partition(":")[2])
                candidate.sdpMid = signal.payload["sdp_mid"]
                candidate.sdpMLineIndex = signal.payload["sdp_mline_index"]
                await connection.addIceCandidate(candidate)

    async def offer(self) -> int:
        """Make one more attempt; returns its generation."""
        generation = self.highest = self.highest + (1 if self.highest % 2 else 2)
        connection = self._make(generation)
        await connection.setLocalDescription(await connection.createOffer())
        await self._describe(SignalType.OFFER, generation)
        return generation

    async def _describe(self, kind: SignalType, generation: int) -> None:
        sdp = self._connections[generation].localDescription.sdp
        await self.post(kind, {"sdp": sdp, "generation": generation})

    def _make(self, generation: int) -> RTCPeerConnection:
        connection = RTCPeerConnection(
            RTCConfiguration(iceServers=self._servers, iceTransportPolicy=self._policy)
        )
        self._connections[generation] = connection
        connection.addTrack(Picture())
        connection.addTrack(Tone())
        connection.on("track", lambda track: self._do(self._hear(track)))
        connection.on("connectionstatechange", lambda: self._on_state(generation))
        return connection

    def _on_state(self, generation: int) -> None:
        connection = self._connections.get(generation)
        if connection is None or connection.connectionState != "connected":
            return
        self.connected.append(generation)
        for older in [one for one in self._connections if one < generation]:
            self._do(self._connections.pop(older).close())

    async def _hear(self, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if track.kind == "video":
                    self.heard.video += 1
                    self.heard.last_video = time.monotonic()
                    self.heard.sizes.add((frame.width, frame.height))
                else:
                    self.heard.audio += 1
