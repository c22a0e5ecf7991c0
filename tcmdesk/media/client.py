"""The program's side of the media process: starts it, talks to it, notices when it is gone and starts it again.

No call here waits: commands are put on the line by the client's own thread, and events come back on that thread. The
program that uses it decodes nothing; a screen wraps `on_event` and `on_frame` in queued signals.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tcmdesk.media.frames import FrameMailbox, SharedFrames
from tcmdesk.media.protocol import (
    AbandonAttempt,
    AudioOnly,
    CameraOff,
    ChooseDevices,
    ClosePreview,
    Command,
    DescriptionType,
    HangUp,
    IceServer,
    ListDevices,
    LowData,
    Mute,
    OpenPreview,
    PlayTestSound,
    RemoteCandidate,
    RemoteDescription,
    Role,
    ShowSize,
    StartCall,
    Stream,
    Volume,
)
from tcmdesk.media.supervisor import Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tcmdesk.media.protocol import Event


class MediaClient:
    """One media process and everything asked of it.

    Args:
        on_event: called with every event, on the client's thread; it must not block.
        on_frame: called with the stream when a newer picture lies in its mailbox and the last call was answered by
            `FrameMailbox.take`; the same thread, so a screen that is frozen is not called again and again.
    """

    def __init__(
        self, on_event: Callable[[Event], None], on_frame: Callable[[Stream], None] | None = None
    ) -> None:
        self._frames = {stream: SharedFrames.create() for stream in Stream}
        self._mailboxes = {stream: FrameMailbox(shared) for stream, shared in self._frames.items()}
        self._supervisor = Supervisor(self._frames, self._mailboxes, on_event, on_frame)
        self._closed = threading.Event()

    @property
    def pid(self) -> int | None:
        """Of the process that runs now; None when there is none."""
        return self._supervisor.pid

    def start(self) -> None:
        """Start the process ahead of its first use: it takes about two seconds. Its first event is Ready.

        Commands given before that are carried out when it is ready.
        """
        self._supervisor.start()

    def close(self, patience: float = 3.0) -> None:
        """End the process and the client's thread; waits up to `patience` seconds, then kills. Idempotent."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._supervisor.close(patience)
        for shared in self._frames.values():
            shared.close()

    def frames(self, stream: Stream) -> FrameMailbox:
        """Where the newest picture of a stream is; stays the same when the process is started again."""
        return self._mailboxes[stream]

    def show_size(self, stream: Stream, width: int, height: int) -> None:
        """Say how large a stream is shown, in the screen's own pixels (a widget's size times its pixel ratio)."""
        self._send(ShowSize(stream, width, height))

    # ---- devices ----

    def devices(self) -> None:
        """Ask for DevicesChanged."""
        self._send(ListDevices())

    def open_preview(self, camera: str = "", microphone: str = "", speaker: str = "") -> None:
        """Open camera and microphone before a call. "" is the system's default, `protocol.NO_DEVICE` none."""
        self._send(OpenPreview(camera, microphone, speaker))

    def close_preview(self) -> None:
        """Close them again, unless a call needs them."""
        self._send(ClosePreview())

    def choose_devices(
        self, camera: str | None = None, microphone: str | None = None, speaker: str | None = None
    ) -> None:
        """Change devices, in a call as well; None leaves one as it is."""
        self._send(ChooseDevices(camera, microphone, speaker))

    def play_test_sound(self) -> None:
        """Let the loudspeaker be heard for a second."""
        self._send(PlayTestSound())

    # ---- calls ----

    def start_call(
        self,
        call_id: str,
        generation: int,
        ice_servers: Sequence[IceServer],
        role: Role,
        *,
        polite: bool = True,
        relay_only: bool = False,
    ) -> None:
        """Begin an attempt; of a call under way as well, where attempts overlap. See `protocol.StartCall`."""
        self._send(StartCall(call_id, generation, role, tuple(ice_servers), polite, relay_only))

    def remote_description(self, call_id: str, generation: int, sdp: str, kind: DescriptionType) -> None:
        """Hand over the other side's offer or answer."""
        self._send(RemoteDescription(call_id, generation, kind, sdp))

    def remote_candidate(
        self,
        call_id: str,
        generation: int,
        candidate: str,
        sdp_mid: str | None = None,
        sdp_mline_index: int | None = None,
    ) -> None:
        """Hand over an ICE candidate; "" when there are no more."""
        self._send(RemoteCandidate(call_id, generation, candidate, sdp_mid, sdp_mline_index))

    def abandon_attempt(self, call_id: str, generation: int) -> None:
        """Close one attempt of a call."""
        self._send(AbandonAttempt(call_id, generation))

    def hang_up(self, call_id: str) -> None:
        """Close every attempt of a call."""
        self._send(HangUp(call_id))

    # ---- while calling; kept when the process is started again ----

    def mute(self, on: bool) -> None:
        self._send(Mute(on))

    def camera_off(self, on: bool) -> None:
        self._send(CameraOff(on))

    def low_data(self, on: bool) -> None:
        self._send(LowData(on))

    def audio_only(self, on: bool) -> None:
        self._send(AudioOnly(on))

    def volume(self, level: float) -> None:
        """0 to 1."""
        self._send(Volume(level))

    def _send(self, command: Command) -> None:
        self._supervisor.send(command)
