"""What a process that is started again has to be told: devices, mute and the like; and which calls were under way."""

from __future__ import annotations

from dataclasses import replace

from tcmdesk.media.protocol import (
    AudioOnly,
    CameraOff,
    ChooseDevices,
    ClosePreview,
    Command,
    HangUp,
    LowData,
    Mute,
    OpenPreview,
    ShowSize,
    StartCall,
    Volume,
)

_LASTING = (Mute, CameraOff, LowData, AudioOnly, Volume)


class Remembered:
    """Learns from every command that is sent."""

    def __init__(self) -> None:
        self._devices = OpenPreview()
        self._chosen = False
        self._preview = False
        self._lasting: dict[object, Command] = {}
        self._calls: dict[str, None] = {}

    def note(self, command: Command) -> None:
        match command:
            case OpenPreview():
                self._devices, self._chosen, self._preview = command, True, True
            case ClosePreview():
                self._preview = False
            case ChooseDevices():
                given = {
                    kind: device
                    for kind in ("camera", "microphone", "speaker")
                    if (device := getattr(command, kind)) is not None
                }
                self._devices, self._chosen = replace(self._devices, **given), True
            case StartCall():
                self._calls[command.call_id] = None
            case HangUp():
                self._calls.pop(command.call_id, None)
            case ShowSize():
                self._lasting[command.stream] = command
            case _ if isinstance(command, _LASTING):
                self._lasting[type(command)] = command

    def settings(self) -> list[Command]:
        """The commands that bring a new process to where the last one was, calls apart."""
        devices = self._devices
        told: list[Command] = []
        if self._preview:
            told.append(devices)
        elif self._chosen:
            told.append(ChooseDevices(devices.camera, devices.microphone, devices.speaker))
        return [*told, *self._lasting.values()]

    def forget_calls(self) -> tuple[str, ...]:
        """The calls that were under way; they are the caller's to begin again."""
        calls = tuple(self._calls)
        self._calls.clear()
        return calls
