"""One attempt at a call: one peer connection, from its first signal to its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Any, Final

from aiortc import RTCPeerConnection
from aiortc.exceptions import InvalidStateError, OperationError
from aiortc.mediastreams import MediaStreamError

from tcmdesk.media.process import descriptions, feeds
from tcmdesk.media.process.descriptions import UnusableError
from tcmdesk.media.protocol import (
    DescriptionType,
    IceServerUnreachable,
    LinkState,
    LocalDescription,
    Refusal,
    Role,
    SignalRefused,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from aiortc import MediaStreamTrack

    from tcmdesk.media.process.consent import WatchedConnection
    from tcmdesk.media.process.receiver import ResilientReceiver
    from tcmdesk.media.protocol import Event, RemoteCandidate, RemoteDescription, StartCall

OFFERS_ITSELF_AFTER: Final = 2.0
"""Seconds that Role.EITHER waits for the other side's offer."""

_log = logging.getLogger(__name__)


class Attempt:
    """A peer connection of its own, with its own tracks.

    Args:
        command: what was asked for.
        feeds_: camera and microphone.
        shape: of the pictures sent at first.
        tell: takes events.
        on_state: called after `state` changed.
        on_picture, on_sound: take what was decoded; the attempt itself so that the call can tell which is in use.
    """

    def __init__(
        self,
        command: StartCall,
        feeds_: tuple[feeds.VideoFeed, feeds.AudioFeed],
        shape: feeds.Shape,
        tell: Callable[[Event], None],
        on_state: Callable[[Attempt], None],
        on_picture: Callable[[Attempt, Any], None],
        on_sound: Callable[[Attempt, Any], None],
    ) -> None:
        self.command = command
        self.generation = command.generation
        self.state = LinkState.CONNECTING
        self.connected_at: float | None = None
        self.video = feeds.OutgoingVideo(feeds_[0], shape)
        self.audio = feeds.OutgoingAudio(feeds_[1])
        self.pictures = self.pieces = 0
        self.size = (0, 0)
        self._tell = tell
        self._on_state = on_state
        self._sinks = {"video": on_picture, "audio": on_sound}
        self._early: list[RemoteCandidate] = []
        self._described = False
        self._offered = False
        self._signals = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._connection = self._connect()

    def begin(self) -> None:
        """Offer, or wait for an offer, as the role says."""
        match self.command.role:
            case Role.OFFER:
                self._spawn(self._offer())
            case Role.EITHER:
                self._timer = asyncio.get_running_loop().call_later(
                    OFFERS_ITSELF_AFTER, lambda: self._spawn(self._offer())
                )
            case Role.ANSWER:
                pass

    def describe(self, command: RemoteDescription) -> None:
        """Take the other side's description; what comes of it is told by events."""
        self._spawn(self._describe(command))

    def add_candidate(self, command: RemoteCandidate) -> None:
        self._spawn(self._add_candidate(command))

    def watch(self) -> None:
        """Look whether the other side is still heard; to be called some times a second."""
        link = self.link
        if link is None:
            return
        if self.state is LinkState.CONNECTED and link.is_lost:
            self._set(LinkState.LOST)
        elif self.state is LinkState.LOST and not link.is_lost:
            self._set(LinkState.CONNECTED)

    async def close(self) -> None:
        """End the connection; the state is CLOSED, or stays FAILED. Idempotent."""
        if self._timer is not None:
            self._timer.cancel()
        if self.state is not LinkState.FAILED:
            self._set(LinkState.CLOSED)
        self.video.stop()
        self.audio.stop()
        # cancelled only now: a description that is half applied holds sockets that closing releases
        await self._close(self._connection)
        for task in self._tasks - {asyncio.current_task()}:
            task.cancel()

    # ---- what is measured ----

    @property
    def link(self) -> WatchedConnection | None:
        """The path to the other side, once there is one."""
        for transceiver in self._connection.getTransceivers():
            return transceiver.receiver.transport.transport._connection  # noqa: SLF001  (aiortc offers no other way)
        return None

    def receiver(self, kind: str) -> ResilientReceiver | None:
        for transceiver in self._connection.getTransceivers():
            if transceiver.kind == kind:
                return transceiver.receiver
        return None

    @property
    def encoder(self) -> Any:
        """The picture's encoder; None before the first picture."""
        for sender in self._connection.getSenders():
            if sender.kind == "video":
                return sender._RTCRtpSender__encoder  # noqa: SLF001
        return None

    async def report(self) -> dict[str, Any]:
        """Statistics as aiortc makes them, by type and kind: ``outbound-rtp/video``."""
        report = await self._connection.getStats()
        return {f"{one.type}/{getattr(one, 'kind', '')}": one for one in report.values()}

    # ---- signals ----

    async def _offer(self) -> None:
        async with self._signals:
            if self._offered or self._described:
                return
            self._offered = True
            await self._connection.setLocalDescription(await self._connection.createOffer())
            self._announce()

    async def _describe(self, command: RemoteDescription) -> None:
        if command.type is DescriptionType.OFFER and self._offered and not self._described:
            if not self.command.polite:
                # the other side takes ours
                return
            await self._start_over()
        async with self._signals:
            if self._described:
                self._refuse(Refusal.OUT_OF_TURN)
                return
            try:
                description = descriptions.incoming(command.sdp, command.type)
                await self._connection.setRemoteDescription(description)
            except InvalidStateError:
                self._refuse(Refusal.OUT_OF_TURN)
                return
            except OperationError:
                self._refuse(Refusal.NO_COMMON_CODEC)
                return
            except Exception as error:  # noqa: BLE001  (a parser of foreign text: whatever it trips over is the text's fault)
                _log.info("a description was refused: %s", type(error).__name__)
                self._refuse(Refusal.MALFORMED)
                return
            self._described = True
            if command.type is DescriptionType.OFFER:
                await self._connection.setLocalDescription(await self._connection.createAnswer())
                self._announce()
        for early in self._early:
            await self._add_candidate(early)
        self._early.clear()

    async def _add_candidate(self, command: RemoteCandidate) -> None:
        if not self._described:
            self._early.append(command)
            return
        try:
            await self._connection.addIceCandidate(descriptions.candidate_of(command))
        except (UnusableError, ValueError):
            self._refuse(Refusal.MALFORMED)

    async def _start_over(self) -> None:
        """Both sides offered, and ours is the one to go: aiortc knows no rollback, so begin with a fresh connection."""
        async with self._signals:
            given_up, self._connection = self._connection, None
            await self._close(given_up, keep_tracks=True)
            self._offered = False
            self._connection = self._connect()

    def _announce(self) -> None:
        local = self._connection.localDescription
        if descriptions.names_turn(self.command.ice_servers) and not descriptions.has_relay(local.sdp):
            self._tell(IceServerUnreachable(self.command.call_id, self.generation))
        self._tell(
            LocalDescription(
                self.command.call_id,
                self.generation,
                DescriptionType(local.type),
                descriptions.outgoing(local.sdp),
            )
        )

    def _refuse(self, code: Refusal) -> None:
        self._tell(SignalRefused(self.command.call_id, self.generation, code))

    # ---- connection ----

    def _connect(self) -> RTCPeerConnection:
        connection = RTCPeerConnection(
            descriptions.configuration(self.command.ice_servers, relay_only=self.command.relay_only)
        )
        connection.addTrack(self.audio)
        connection.addTrack(self.video)
        descriptions.prefer_vp8(connection)
        connection.on("track", lambda track: self._spawn(self._drain(track)))
        connection.on("connectionstatechange", lambda: self._on_connection_state_changed(connection))
        return connection

    async def _close(self, connection: RTCPeerConnection, *, keep_tracks: bool = False) -> None:
        connection.remove_all_listeners("connectionstatechange")
        if keep_tracks:
            for sender in connection.getSenders():
                sender.replaceTrack(None)
        with contextlib.suppress(Exception):
            await asyncio.wait_for(connection.close(), 5.0)

    def _on_connection_state_changed(self, connection: RTCPeerConnection) -> None:
        if connection is not self._connection:
            return
        match connection.connectionState:
            case "connected":
                if self.state is LinkState.CONNECTING:
                    self.connected_at = time.monotonic()
                    self._set(LinkState.CONNECTED)
            case "failed" | "closed":
                if self.state is LinkState.CONNECTING:
                    self._set(LinkState.FAILED)
                elif self.state in {LinkState.CONNECTED, LinkState.LOST}:
                    # told by the other side's goodbye, or consent has run out
                    self._set(LinkState.CLOSED)

    async def _drain(self, track: MediaStreamTrack) -> None:
        """Take everything that is decoded, wanted or not: aiortc's queue has no bound."""
        sink = self._sinks[track.kind]
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                if track.kind == "video":
                    self.pictures += 1
                    self.size = (frame.width, frame.height)
                else:
                    self.pieces += 1
                sink(self, frame)

    def _set(self, state: LinkState) -> None:
        if state is not self.state and self.state is not LinkState.CLOSED:
            self.state = state
            self._on_state(self)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.warning("an attempt's work failed", exc_info=error)
            if self.state is LinkState.CONNECTING:
                self._set(LinkState.FAILED)
