"""Camera, microphone and loudspeaker before a call: which, whether they work, and how loud one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.core.i18n import N_
from tcmdesk.media.protocol import (
    Device,
    DeviceFailed,
    DeviceKind,
    DeviceLost,
    DeviceOpened,
    DeviceProblem,
    DevicesChanged,
    LocalLevel,
)
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.inputs import ComboBox
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator

BARS: Final = 20

_PROBLEMS: Final = {
    (DeviceKind.CAMERA, DeviceProblem.NONE_FOUND): N_("No camera. The patient hears you and does not see you."),
    (DeviceKind.CAMERA, DeviceProblem.BUSY): N_("Another program uses the camera. Close it there, then choose it again."),
    (DeviceKind.CAMERA, DeviceProblem.REFUSED): N_("The computer refuses the camera. Allow it in the system's settings."),
    (DeviceKind.CAMERA, DeviceProblem.FAILED): N_("The camera does not start. Plug it in again or choose another."),
    (DeviceKind.MICROPHONE, DeviceProblem.NONE_FOUND): N_("No microphone. The patient cannot hear you."),
    (DeviceKind.MICROPHONE, DeviceProblem.BUSY): N_("Another program uses the microphone. Close it there, then choose it again."),
    (DeviceKind.MICROPHONE, DeviceProblem.REFUSED): N_("The computer refuses the microphone. Allow it in the system's settings."),
    (DeviceKind.MICROPHONE, DeviceProblem.FAILED): N_("The microphone does not start. Plug it in again or choose another."),
    (DeviceKind.SPEAKER, DeviceProblem.NONE_FOUND): N_("No loudspeaker. You cannot hear the patient."),
    (DeviceKind.SPEAKER, DeviceProblem.BUSY): N_("Another program uses the loudspeaker. Choose another one."),
    (DeviceKind.SPEAKER, DeviceProblem.REFUSED): N_("The computer refuses the loudspeaker. Choose another one."),
    (DeviceKind.SPEAKER, DeviceProblem.FAILED): N_("The loudspeaker does not start. Choose another one."),
}  # fmt: skip

_LOST: Final = {
    DeviceKind.CAMERA: N_("The camera was unplugged. The call goes on without it."),
    DeviceKind.MICROPHONE: N_("The microphone was unplugged. The patient cannot hear you."),
    DeviceKind.SPEAKER: N_("The loudspeaker was unplugged. You cannot hear the patient."),
}


def problem_text(event: object) -> str | None:
    """What to tell of a device event, as a msgid; None when there is nothing wrong."""
    match event:
        case DeviceFailed(kind=kind, code=code):
            return _PROBLEMS[kind, code]
        case DeviceLost(kind=kind, fallback="" | "none:"):
            return _LOST[kind]
    return None


class LevelMeter(Themed, QWidget):
    """How loud the microphone is."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = 0.0
        self.setAccessibleName(name)
        self.start_theming()

    def set_level(self, level: float) -> None:
        """0 to 1."""
        if round(level * BARS) != round(self._level * BARS):
            self._level = level
            self.update()

    @property
    def level(self) -> float:
        return self._level

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(12))

    def sizeHint(self) -> QSize:
        return QSize(current().px(120), current().px(12))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        step = self.width() / BARS
        lit = round(self._level * BARS)
        for at in range(BARS):
            box = QRectF(at * step, theme.px(2), step - theme.px(2), theme.px(8))
            ink = "tile" if at >= lit else "warn" if at >= BARS - 2 else "accent"
            paint.rounded(painter, box, theme.px(2), ink)


class _DeviceRow(Themed, QWidget):
    chosen = Signal(str)

    def __init__(self, icon: str, name: str, default: str, none: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._default, self._none = default, none
        self.preferred = ""
        """What stands there as soon as there is such a device."""
        self.box = ComboBox([("", default)], name=name, parent=self)
        self.box.activated.connect(self._on_box_activated)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconView(icon, "control", parent=self))
        self._row.addWidget(self.box, 1)
        self.start_theming()

    def offer(self, devices: Sequence[Device]) -> None:
        """List what there is; the choice stays while its device does."""
        before = self.box.value or self.preferred
        self.preferred = ""
        options = [("", self._default if devices else self._none)]
        options += [(device.id, device.name) for device in devices]
        self.box.set_options(options)
        self.box.set_value(before if before in [value for value, _ in options] else "")
        self.box.setEnabled(bool(devices))

    def apply_theme(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current().px(8))

    def _on_box_activated(self, _at: int) -> None:
        self.chosen.emit(self.box.value)


class DeviceCheck(Themed, QWidget):
    """The signals carry a device's id, "" for the system's choice; `sound_wished` asks for the test sound."""

    camera_chosen = Signal(str)
    microphone_chosen = Signal(str)
    speaker_chosen = Signal(str)
    sound_wished = Signal()

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = self._ = tr.gettext
        self.camera = _DeviceRow("video", _("Camera"), _("Camera: as the system says"), _("No camera"), self)
        self.microphone = _DeviceRow(
            "mic", _("Microphone"), _("Microphone: as the system says"), _("No microphone"), self
        )
        self.speaker = _DeviceRow(
            "volume-2", _("Loudspeaker"), _("Loudspeaker: as the system says"), _("No loudspeaker"), self
        )
        self.camera.chosen.connect(self.camera_chosen)
        self.microphone.chosen.connect(self.microphone_chosen)
        self.speaker.chosen.connect(self.speaker_chosen)
        self.meter = LevelMeter(_("How loud the microphone is"), self)
        self.sound = Button(_("Test sound"), size="row", parent=self)
        self.sound.clicked.connect(self.sound_wished)
        self._advice = Text(
            _("Wear a headset: without one the patient hears an echo."),
            "small",
            "text2",
            wrap=True,
            parent=self,
        )
        self._problem = Text("", "small", "warn", wrap=True, parent=self)
        self._problem.hide()
        self._failed: dict[DeviceKind, str] = {}
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.camera)
        self._column.addWidget(self.microphone)
        self._level_row = QHBoxLayout()
        self._level_row.addWidget(self.meter, 1)
        self._level_row.addWidget(self.sound)
        self._column.addLayout(self._level_row)
        self._column.addWidget(self.speaker)
        self._column.addWidget(self._problem)
        self._column.addWidget(self._advice)
        self.start_theming()

    def prefer(self, *, camera: str, microphone: str, speaker: str) -> None:
        """What was chosen last time."""
        for row, device in ((self.camera, camera), (self.microphone, microphone), (self.speaker, speaker)):
            row.preferred = device

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return "" if self._problem.isHidden() else self._problem.text()

    def take(self, event: object) -> None:
        """An event of the media process."""
        match event:
            case DevicesChanged(cameras=cameras, microphones=microphones, speakers=speakers):
                self.camera.offer(cameras)
                self.microphone.offer(microphones)
                self.speaker.offer(speakers)
            case LocalLevel(level=level):
                self.meter.set_level(level)
            case DeviceOpened(kind=kind):
                self._failed.pop(kind, None)
                self._show_problem()
            case DeviceFailed() | DeviceLost():
                text = problem_text(event)
                if text is not None:
                    self._failed[event.kind] = self._(text)
                self._show_problem()

    def _show_problem(self) -> None:
        self._problem.setText("\n".join(self._failed.values()))
        self._problem.setVisible(bool(self._failed))

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._level_row.setContentsMargins(theme.icon("control") + theme.px(8), 0, 0, 0)
        self._level_row.setSpacing(theme.px(8))
