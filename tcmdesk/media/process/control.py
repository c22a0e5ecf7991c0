"""Carries out what the program asks for."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.incidents import describe
from tcmdesk.media.echo import EchoDetector
from tcmdesk.media.process import sound
from tcmdesk.media.process.call import Call
from tcmdesk.media.process.playout import Playout
from tcmdesk.media.process.screen import Screen
from tcmdesk.media.process.studio import Studio
from tcmdesk.media.process.wishes import Wishes
from tcmdesk.media.protocol import (
    AbandonAttempt,
    AudioOnly,
    CameraOff,
    ChooseDevices,
    ClosePreview,
    Command,
    DeviceKind,
    EchoSuspected,
    Failed,
    HangUp,
    ListDevices,
    LowData,
    Mute,
    OpenPreview,
    Ping,
    PlayTestSound,
    Pong,
    Refusal,
    RemoteCandidate,
    RemoteDescription,
    ShowSize,
    SignalRefused,
    StartCall,
    Stream,
    Volume,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tcmdesk.media.frames import SharedFrames
    from tcmdesk.media.process.hardware import Hardware
    from tcmdesk.media.protocol import Event

PREVIEW_FPS: Final = 20.0
_ECHO_SECONDS: Final = 1.0
_QUIET_SECONDS: Final = 60.0
_TEST_SOUND_PIECES: Final = 50

_log = logging.getLogger(__name__)


class Control:
    """The commands of one program, one at a time, on the media loop."""

    def __init__(
        self, hardware: Hardware, frames: Mapping[Stream, SharedFrames], tell: Callable[[Event], None]
    ) -> None:
        self._tell, self._hardware = tell, hardware
        self._wishes = Wishes()
        self._calls: dict[str, Call] = {}
        self._preview = False
        self._screens = {
            Stream.REMOTE: Screen(Stream.REMOTE, frames[Stream.REMOTE], tell),
            Stream.LOCAL: Screen(Stream.LOCAL, frames[Stream.LOCAL], tell, PREVIEW_FPS),
        }
        self._studio = Studio(hardware, self._screens[Stream.LOCAL], tell)
        self._playout = Playout(hardware.play)
        self._echo = EchoDetector()
        self._studio.on_heard = self._on_heard
        self._tasks: set[asyncio.Task[None]] = set()
        self._spawn(self._watch_echo())

    def carry_out(self, command: Command) -> None:
        """Do what is asked. A fault of ours is told and survived."""
        try:
            self._carry_out(command)
        except Exception as error:  # noqa: BLE001  (one command that fails must not end a conversation)
            self._report("command", error)

    async def close(self) -> None:
        """Hang up and let go of the devices."""
        calls = list(self._calls.values())
        self._calls.clear()
        await asyncio.gather(*(call.hang_up() for call in calls), return_exceptions=True)
        self._studio.close()
        for task in self._tasks:
            task.cancel()

    def _carry_out(self, command: Command) -> None:
        match command:
            case Ping():
                self._tell(Pong(command.number))
            case StartCall():
                self._start_call(command)
            case RemoteDescription() | RemoteCandidate():
                self._signal(command)
            case AbandonAttempt():
                if call := self._calls.get(command.call_id):
                    call.abandon(command.generation)
            case HangUp():
                if call := self._calls.pop(command.call_id, None):
                    self._spawn(call.hang_up())
                self._follow_wishes()
            case Mute() | CameraOff() | LowData() | AudioOnly() | Volume():
                self._note_wish(command)
            case _:
                self._carry_out_for_devices(command)

    def _carry_out_for_devices(self, command: Command) -> None:
        match command:
            case ListDevices():
                self._studio.list()
            case OpenPreview() | ChooseDevices():
                self._preview = self._preview or isinstance(command, OpenPreview)
                given = ((kind, getattr(command, kind)) for kind in DeviceKind)
                self._studio.choose({kind: device_id for kind, device_id in given if device_id is not None})
                self._follow_wishes()
            case ClosePreview():
                self._preview = False
                self._follow_wishes()
            case ShowSize():
                self._screens[command.stream].resize(command.width, command.height)
            case PlayTestSound():
                self._spawn(self._play_test_sound())

    def _start_call(self, command: StartCall) -> None:
        call = self._calls.get(command.call_id)
        if call is None:
            feeds = (self._studio.video, self._studio.audio)
            call = Call(
                command.call_id,
                feeds,
                self._playout,
                self._wishes,
                self._tell,
                self._screens[Stream.REMOTE].show,
            )
            self._calls[command.call_id] = call
            self._follow_wishes()
        call.start(command)

    def _signal(self, command: RemoteDescription | RemoteCandidate) -> None:
        call = self._calls.get(command.call_id)
        if call is None:
            self._tell(SignalRefused(command.call_id, command.generation, Refusal.UNKNOWN_CALL))
            return
        call.signal(command)

    def _note_wish(self, command: Command) -> None:
        match command:
            case Mute():
                self._wishes.muted = command.on
            case CameraOff():
                self._wishes.camera_off = command.on
            case LowData():
                self._wishes.low_data = command.on
            case AudioOnly():
                self._wishes.audio_only = command.on
            case Volume():
                self._wishes.volume = min(max(command.level, 0.0), 1.0)
                self._hardware.volume(self._wishes.volume)
        for call in self._calls.values():
            call.apply_wishes()
        self._follow_wishes()

    def _follow_wishes(self) -> None:
        """Have open what preview and calls need: a camera that is off is really off."""
        wanted: set[DeviceKind] = set()
        if self._preview or self._calls:
            wanted = set(DeviceKind)
            if self._wishes.camera_off:
                wanted.discard(DeviceKind.CAMERA)
        self._studio.want(wanted)

    # ---- echo ----

    def _on_heard(self) -> None:
        active = next((call for call in self._calls.values() if call.active is not None), None)
        if active is not None and not self._wishes.muted:
            self._echo.add(self._playout.level, self._studio.level)

    async def _watch_echo(self) -> None:
        while True:
            await asyncio.sleep(_ECHO_SECONDS)
            similarity = self._echo.judge()
            if similarity is not None and self._calls:
                self._tell(EchoSuspected(next(iter(self._calls)), round(similarity, 3)))
                self._echo = EchoDetector()
                await asyncio.sleep(_QUIET_SECONDS)

    async def _play_test_sound(self) -> None:
        pieces = sound.tone(660.0, 5000)
        for number in range(_TEST_SOUND_PIECES):
            gain = min(1.0, number / 5, (_TEST_SOUND_PIECES - 1 - number) / 10)
            self._hardware.play(sound.to_stereo(sound.fade(next(pieces), gain)))
            await asyncio.sleep(sound.PIECE_SECONDS)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._report("task", error)

    def _report(self, where: str, error: BaseException) -> None:
        _log.error("the media process made a mistake", exc_info=error)
        self._tell(Failed(where, describe(error)))
