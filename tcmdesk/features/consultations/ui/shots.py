"""The states of video visits that pictures are taken of."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.errors import Conflict
from tcmdesk.features.consultations.jobs.call import CallState
from tcmdesk.features.consultations.jobs.steps import Phase
from tcmdesk.features.consultations.ui.panel_parts import Mode
from tcmdesk.media.protocol import (
    DataMode,
    DataModeChanged,
    Device,
    DevicesChanged,
    LineQuality,
    LocalLevel,
    QualityChanged,
    Stats,
    Stream,
)
from tcmdesk.ui.scenes import Scene
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.features.consultations.ui.call_panel import CallPanel
    from tcmdesk.ui.scenes import Stage

LONG_NAME: Final = "阿依古丽·买买提江·努尔艾合买提"
_CALL: Final = "room"
TURNS: Final = 20


class _NoMedia:
    """Stands where the media process would: a picture is taken of what the panel shows, not of a camera."""

    def __getattr__(self, _name: str) -> Any:
        return lambda *_arguments, **_options: None


def _person(size: QSize, *, own: bool = False) -> QImage:
    """Somebody sitting in front of a wall."""
    dark, light = current().with_(mode="dark"), current().with_(mode="light")
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(dark.colour("accent_soft" if not own else "raised"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    wide, high = size.width(), size.height()
    painter.fillRect(QRectF(wide * 0.72, 0, wide * 0.28, high), dark.colour("tile"))
    painter.setBrush(light.colour("accent_line" if not own else "surface"))
    painter.drawEllipse(QRectF(wide * 0.16, high * 0.72, wide * 0.68, high * 0.9))
    painter.setBrush(dark.colour("sunken"))
    painter.drawRoundedRect(
        QRectF(wide * 0.33, high * 0.14, wide * 0.34, high * 0.55), wide * 0.14, wide * 0.14
    )
    painter.setBrush(light.colour("warn_line"))
    painter.drawRect(QRectF(wide * 0.45, high * 0.55, wide * 0.1, high * 0.24))
    painter.drawEllipse(QRectF(wide * 0.37, high * 0.2, wide * 0.26, high * 0.46))
    painter.end()
    return image


def _stats(rtt: float, loss: float, height: int) -> Stats:
    return Stats(
        _CALL, 0, rtt, loss, loss, 1.0, 31.0, 29.0, 30.0, height * 4 // 3, height, 900.0, 900.0, 1200.0, 1, 1
    )  # fmt: skip


def _screen(stage: Stage) -> Any:
    return stage.open("video")


def _panel(stage: Stage) -> CallPanel:
    """The doctor's panel with the visit that waits."""
    screen = _screen(stage)
    visit = next(one for one in screen.today.rows if one.waits)
    context = stage.context
    context.actor = Staff(visit.doctor_user_id, visit.doctor_name, Role.DOCTOR, visit.doctor_id)
    panel = context.dock.panel(context, "call_panel")
    panel.session.make_client = lambda *_arguments: _NoMedia()
    context.dock.open(context, "call_panel")
    panel.begin(visit.appointment_id)
    for _turn in range(TURNS):
        # the room is opened by a write, which a busy computer may begin late
        stage.settle()
        if panel.visit is not None:
            break
    panel.devices.take(
        DevicesChanged(
            (Device("c", "Integrated Camera", default=True),), (Device("m", "USB Headset", default=True),),
            (Device("s", "USB Headset", default=True),),
        )
    )  # fmt: skip
    return panel


def _in_call(stage: Stage, *, screen: str = "day_board") -> CallPanel:
    panel = _panel(stage)
    stage.open(screen)
    panel.session.joined.emit()
    panel.picture.show_image(Stream.REMOTE, _person(QSize(640, 480)))
    panel.picture.show_image(Stream.LOCAL, _person(QSize(320, 240), own=True))
    panel.session.state_changed.emit(CallState(Phase.CONNECTED, 0.0, time.monotonic() - 1300.5))
    panel.session.event.emit(QualityChanged(_CALL, LineQuality.GOOD, 3))
    panel.session.event.emit(_stats(42, 0.003, 480))
    stage.settle()
    return panel


def _video(stage: Stage) -> None:
    screen = _screen(stage)
    waits = next(one for one in screen.today.rows if one.waits)
    screen.open(appointment=waits.appointment_id)
    stage.settle()


def _link(stage: Stage) -> None:
    screen = _screen(stage)
    screen.open(
        appointment=next(one for one in screen.today.rows if one.status and not one.waits).appointment_id
    )
    stage.settle()
    stage.keys("L")


def _past(stage: Stage) -> None:
    screen = _screen(stage)
    screen.show_part("past")
    stage.settle()


def _off(stage: Stage) -> None:
    screen = _screen(stage)
    screen.work.setup_read.emit(
        replace(screen.setup, licence=replace(screen.setup.licence, switched_on=False))
    )


def _setup(stage: Stage) -> None:
    _screen(stage).open_setup()


def _empty(stage: Stage) -> None:
    _screen(stage).work.day_read.emit(())


def _check(stage: Stage) -> None:
    panel = _panel(stage)
    panel.picture.show_image(Stream.LOCAL, _person(QSize(640, 480), own=True))
    panel.session.event.emit(LocalLevel(0.55))


def _first_visit(stage: Stage) -> None:
    panel = _panel(stage)
    panel.show_visit(replace(panel.visit, prior=None, consented_at=None, patient_name=LONG_NAME))
    panel.work.refused.emit(
        Conflict(
            "video.first_visit",
            "No earlier diagnosis in person is on record. File it with day and place, or book a visit at the clinic.",
        )
    )


def _call(stage: Stage) -> None:
    _in_call(stage)


def _poor(stage: Stage) -> None:
    panel = _in_call(stage)
    panel.session.event.emit(QualityChanged(_CALL, LineQuality.POOR, 1))
    panel.session.event.emit(_stats(312, 0.118, 240))
    panel.session.event.emit(DataModeChanged(_CALL, DataMode.LOW, True))


def _reconnecting(stage: Stage) -> None:
    panel = _in_call(stage)
    panel.form.diagnosis.setPlainText("自汗，营卫不和")
    panel.session.state_changed.emit(CallState(Phase.RECONNECTING, time.monotonic() - 3.2, panel.state.began))


def _complete(stage: Stage) -> None:
    panel = _in_call(stage)
    panel.enter(Mode.ENDED)
    panel.form.diagnosis.setPlainText("自汗，营卫不和，肺脾气虚")
    panel.form.plan.setPlainText("调和营卫，益气固表；一周后复诊")
    panel.form.diagnosis.setFocus()


def _muted(stage: Stage) -> None:
    panel = _in_call(stage, screen="video")
    panel.buttons.mute.setChecked(True)
    panel.buttons.low_data.setChecked(True)


SCENES: Final = (
    Scene("video", _video, Role.DOCTOR),
    Scene("video-link", _link, Role.DOCTOR),
    Scene("video-past", _past, Role.DOCTOR),
    Scene("video-off", _off, Role.ADMIN),
    Scene("video-setup", _setup, Role.ADMIN),
    Scene("video-empty", _empty, Role.DOCTOR),
    Scene("video-check", _check, Role.DOCTOR),
    Scene("video-first-visit", _first_visit, Role.DOCTOR),
    Scene("video-call", _call, Role.DOCTOR),
    Scene("video-call-muted", _muted, Role.DOCTOR),
    Scene("video-call-poor", _poor, Role.DOCTOR),
    Scene("video-call-reconnecting", _reconnecting, Role.DOCTOR),
    Scene("video-complete", _complete, Role.DOCTOR),
)
