"""The machine's cameras, microphones and loudspeakers through QtMultimedia, plugged in and out as people do."""

from __future__ import annotations

import logging
import signal
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QMicrophonePermission,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

from tcmdesk.media.process.qt_pictures import PictureConverter, best_format
from tcmdesk.media.process.qt_sound import Microphone, Speaker
from tcmdesk.media.protocol import Device, DeviceKind, DeviceProblem, DevicesChanged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtMultimedia import QAudioDevice, QCameraDevice

    from tcmdesk.media.process.hardware import Listener

_log = logging.getLogger(__name__)

FIRST_PICTURE_SECONDS: Final = 6.0
"""A camera that is open and gives no picture for so long belongs to another program."""


def start() -> tuple[QtDevices, Callable[[], Any], Callable[[], None]]:
    """Begin with Qt on this thread: the devices, what this thread then runs, and how any thread ends that."""
    # whoever stops the program in its terminal stops it; we end when it does
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    qInstallMessageHandler(_on_qt_message)
    application = QCoreApplication.instance() or QCoreApplication([])
    devices = QtDevices()
    devices.ended.connect(application.quit, Qt.ConnectionType.QueuedConnection)
    return devices, application.exec, devices.ended.emit


def _on_qt_message(kind: QtMsgType, context: Any, text: str) -> None:
    """What Qt says of libraries that are missing and servers that are away belongs into the log, not onto the terminal."""
    del text  # it may name devices, and with them people
    level = logging.WARNING if kind in {QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg} else logging.INFO
    _log.log(level, "Qt says something about %s", context.category)


class QtDevices(QObject):
    """Implements `hardware.Hardware`. Lives on Qt's thread; its public methods are called on any."""

    ended = Signal()
    _asked = Signal(object)
    _piece_waits = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._listener: Listener | None = None
        self._post: Callable[..., None] = lambda *_call: None
        self._volume = 1.0
        self._camera: _Camera | None = None
        self._microphone: Microphone | None = None
        self._speaker: Speaker | None = None
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)
        self._piece_waits.connect(self._on_piece_waits, Qt.ConnectionType.QueuedConnection)
        self._system = QMediaDevices(self)
        for changed in (
            self._system.videoInputsChanged,
            self._system.audioInputsChanged,
            self._system.audioOutputsChanged,
        ):
            changed.connect(self._announce)

    def listen(self, listener: Listener, post: Callable[..., None]) -> None:
        self._listener, self._post = listener, post

    def list(self) -> None:
        self._asked.emit(self._announce)

    def open(self, kind: DeviceKind, device_id: str) -> None:
        self._asked.emit(partial(self._open, kind, device_id))

    def close(self, kind: DeviceKind) -> None:
        self._asked.emit(partial(self._close, kind))

    def play(self, piece: bytes) -> None:
        speaker = self._speaker
        if speaker is not None:
            speaker.play(piece)
            self._piece_waits.emit()

    def volume(self, level: float) -> None:
        self._asked.emit(partial(self._set_volume, level))

    # ---- on Qt's thread ----

    def _on_asked(self, work: Callable[[], None]) -> None:
        work()

    def _on_piece_waits(self) -> None:
        if self._speaker is not None:
            self._speaker.feed()

    def _announce(self) -> None:
        self._tell(
            "on_devices",
            DevicesChanged(
                _described(QMediaDevices.videoInputs(), QMediaDevices.defaultVideoInput()),
                _described(QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput()),
                _described(QMediaDevices.audioOutputs(), QMediaDevices.defaultAudioOutput()),
            ),
        )

    def _open(self, kind: DeviceKind, device_id: str) -> None:
        self._close(kind)
        permission = _PERMISSIONS.get(kind)
        if permission is None:
            self._open_allowed(kind, device_id)
            return
        application = QCoreApplication.instance()
        match application.checkPermission(permission()):
            case Qt.PermissionStatus.Granted:
                self._open_allowed(kind, device_id)
            case Qt.PermissionStatus.Undetermined:
                application.requestPermission(
                    permission(), self, partial(self._on_permission_answered, kind, device_id)
                )
            case Qt.PermissionStatus.Denied:
                self._tell("on_problem", kind, device_id, DeviceProblem.REFUSED)

    def _on_permission_answered(self, kind: DeviceKind, device_id: str, permission: Any) -> None:
        if permission.status() is Qt.PermissionStatus.Granted:
            self._open_allowed(kind, device_id)
        else:
            self._tell("on_problem", kind, device_id, DeviceProblem.REFUSED)

    def _open_allowed(self, kind: DeviceKind, device_id: str) -> None:
        device = _find(kind, device_id)
        if device is None:
            self._tell("on_problem", kind, device_id, DeviceProblem.NONE_FOUND)
            return
        found = _id(device)
        problem = partial(self._on_problem, kind, found)
        # said first, so that the device's own words come after
        self._tell("on_opened", kind, found)
        match kind:
            case DeviceKind.CAMERA:
                self._camera = _Camera(device, partial(self._tell, "on_picture"), problem, self)
            case DeviceKind.MICROPHONE:
                self._microphone = Microphone(device, partial(self._tell, "on_piece"), problem, self)
            case DeviceKind.SPEAKER:
                self._speaker = Speaker(device, self._volume, problem, self)

    def _close(self, kind: DeviceKind) -> None:
        name = f"_{kind}"
        device = getattr(self, name)
        if device is not None:
            setattr(self, name, None)
            device.close()

    def _on_problem(self, kind: DeviceKind, device_id: str, problem: DeviceProblem) -> None:
        # not from inside the device's own signal
        QTimer.singleShot(0, self, partial(self._close, kind))
        if any(device.id == device_id for device in _described(_all(kind), None)):
            self._tell("on_problem", kind, device_id, problem)
        else:
            # it was pulled out: the change of the list says so
            self._announce()

    def _set_volume(self, level: float) -> None:
        self._volume = level
        if self._speaker is not None:
            self._speaker.set_volume(level)

    def _tell(self, what: str, *arguments: object) -> None:
        if self._listener is not None:
            try:
                self._post(getattr(self._listener, what), *arguments)
            except RuntimeError:
                # the media loop has ended first
                self._listener = None


class _Camera(QObject):
    def __init__(
        self,
        device: QCameraDevice,
        push: Callable[[Any], None],
        on_problem: Callable[[DeviceProblem], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._push, self._on_problem = push, on_problem
        self._converter = PictureConverter()
        self._began = time.monotonic()
        self._camera = QCamera(device, self)
        chosen = best_format(device.videoFormats())
        if chosen is not None:
            self._camera.setCameraFormat(chosen)
        self._session = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_sink_video_frame_changed)
        self._camera.errorOccurred.connect(self._on_camera_error_occurred)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(lambda: self._on_problem(DeviceProblem.BUSY))
        self._silence.start(int(FIRST_PICTURE_SECONDS * 1000))
        self._camera.start()

    def close(self) -> None:
        self._silence.stop()
        self._sink.videoFrameChanged.disconnect(self._on_sink_video_frame_changed)
        self._camera.errorOccurred.disconnect(self._on_camera_error_occurred)
        self._camera.stop()
        self.deleteLater()

    def _on_sink_video_frame_changed(self, frame: QVideoFrame) -> None:
        picture = self._converter.convert(frame)
        if picture is not None:
            self._silence.stop()
            self._push(picture)

    def _on_camera_error_occurred(self, error: QCamera.Error, text: str) -> None:
        del error  # there is only one
        taken = any(word in text.lower() for word in ("busy", "in use", "access"))
        self._on_problem(DeviceProblem.BUSY if taken else DeviceProblem.FAILED)


_PERMISSIONS: Final = {
    DeviceKind.CAMERA: QCameraPermission,
    DeviceKind.MICROPHONE: QMicrophonePermission,
}


def _all(kind: DeviceKind) -> Sequence[QCameraDevice | QAudioDevice]:
    match kind:
        case DeviceKind.CAMERA:
            return QMediaDevices.videoInputs()
        case DeviceKind.MICROPHONE:
            return QMediaDevices.audioInputs()
        case _:
            return QMediaDevices.audioOutputs()


def _find(kind: DeviceKind, device_id: str) -> QCameraDevice | QAudioDevice | None:
    """The device of an id, or the default one for ""."""
    devices = _all(kind)
    if device_id:
        return next((device for device in devices if _id(device) == device_id), None)
    return next((device for device in devices if device.isDefault()), devices[0] if devices else None)


def _id(device: QCameraDevice | QAudioDevice) -> str:
    return device.id().data().decode("utf-8", "replace")


def _described(devices: Sequence[Any], default: Any) -> tuple[Device, ...]:
    standard = _id(default) if default is not None else ""
    return tuple(Device(_id(one), one.description(), _id(one) == standard) for one in devices)
