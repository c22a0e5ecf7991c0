"""The widgets of the call's panel, in order from the top, without what they do."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QSlider, QVBoxLayout, QWidget, QWidgetAction

from tcmdesk.features.consultations.ui.call_buttons import CallButtons
from tcmdesk.features.consultations.ui.checks import Checks
from tcmdesk.features.consultations.ui.device_check import DeviceCheck
from tcmdesk.features.consultations.ui.outcome_form import OutcomeForm
from tcmdesk.features.consultations.ui.picture import Picture
from tcmdesk.features.patients.types import sex_age
from tcmdesk.ui.components.box import Row
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.notice import Notice
from tcmdesk.ui.components.pane import Pane
from tcmdesk.ui.components.text import Text, heading
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.consultations.types import VideoVisit
    from tcmdesk.ui.context import UiContext


class Mode(Enum):
    """What the panel is about."""

    CHECK = auto()
    CALL = auto()
    ENDED = auto()


class PanelParts(Pane):
    """Head, picture, buttons, line, ticks, and below them the device check or the result."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines=("right",), parent=parent)
        _ = self._ = context.tr.gettext
        tr = self._tr = context.tr
        self._zone = context.zone
        self.person = heading("", self)
        self.details = Text("", "small", "text2", elide=True, parent=self)
        self.cross = Button(icon="x", kind="ghost", name=_("Close the video panel"), parent=self)
        self.picture = Picture(self)
        self.buttons = CallButtons(tr, self)
        self.pulse = IconView("activity", "inline", "accent", parent=self)
        self.figures = Text("", "small", "text2", elide=True, parent=self)
        self.headset = Text(_("Headset advised"), "small", "text3", parent=self)
        self.notice = Notice(self)
        self.checks = Checks(tr, context.zone, self)
        self.devices = DeviceCheck(tr, self)
        self.join = Button(
            _("Let in and call"), icon="video", kind="primary", size="sheet", key="⏎", parent=self
        )
        self.again = Button(_("Call again"), icon="video", parent=self)
        self.form = OutcomeForm(tr, self)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(100)
        self.slider.setAccessibleName(_("Volume"))
        self.volume_menu = QMenu(self)
        action = QWidgetAction(self.volume_menu)
        action.setDefaultWidget(self.slider)
        self.volume_menu.addAction(action)
        self.buttons.volume.clicked.connect(self._on_volume_clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        self.column = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._head.addWidget(self.person)
        self._head.addWidget(self.details, 1)
        self._head.addWidget(self.cross)
        self.column.addLayout(self._head)
        self.column.addWidget(self.picture)
        self.column.addWidget(self.buttons)
        self.line = Row(self.pulse, self.figures, self.headset, spacing=6, parent=self)
        self.line.box.setStretchFactor(self.figures, 1)
        self.column.addWidget(self.line)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.checks)
        self._low = QWidget(self)
        low = self._low_column = QVBoxLayout(self._low)
        low.addWidget(self.devices)
        low.addWidget(self.form)
        low.addStretch(1)
        self.scroller = QScrollArea(self)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(self._low)
        for ground in (self._low, self.scroller.viewport()):
            ground.setAutoFillBackground(False)
        self.column.addWidget(self.scroller, 1)
        self.column.addWidget(self.form.foot)
        self.column.addWidget(self.join)
        self.column.addWidget(self.again)

    def apply_theme(self) -> None:
        theme = current()
        narrow = self.window().width() < theme.px(theme.tokens.narrow_width)
        self.setFixedWidth(theme.width("call_narrow" if narrow else "call"))
        pad = theme.px(12)
        self.column.setContentsMargins(pad, theme.px(6), pad + 1, theme.px(12))
        self.column.setSpacing(theme.px(8))
        self._head.setSpacing(theme.px(8))
        self._low_column.setContentsMargins(0, 0, theme.px(2), 0)
        self.slider.setFixedWidth(theme.px(160))
        self._fit_picture()

    def _fit_picture(self) -> None:
        if not self.picture.isWindow():
            wide = self.width() - 2 * current().px(12) - 1
            self.picture.setFixedHeight(self.picture.heightForWidth(wide))

    def show_person(self, visit: VideoVisit, today: dt.date) -> None:
        """Whose visit it is, in the head."""
        self.person.setText(visit.patient_name)
        starts = self._tr.time(visit.starts_at.astimezone(self._zone))
        self.details.setText(f"{sex_age(self._tr, visit.gender, visit.birthday, today)} · {starts}")

    def say(self, text: str) -> None:
        """Show a translated sentence above the ticks; an empty one takes it away."""
        if text:
            self.notice.say(text, "warn")
        else:
            self.notice.clear()

    def toggle_full(self) -> None:
        """Show the picture of a call on the whole screen, or put it back."""
        if self.picture.isWindow():
            self.put_picture_back()
        elif not self.buttons.isHidden():
            self.take_picture_out()

    def _on_volume_clicked(self) -> None:
        button = self.buttons.volume
        self.volume_menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        self.slider.setFocus()

    def put_picture_back(self) -> None:
        """The picture was a window of its own."""
        self.picture.setWindowFlags(Qt.WindowType.Widget)
        self.column.insertWidget(1, self.picture)
        self.picture.setMaximumHeight(self.picture.maximumWidth())
        self._fit_picture()
        self.picture.show()

    def take_picture_out(self) -> None:
        """Show the picture alone on the whole screen."""
        self.picture.setMinimumHeight(0)
        self.picture.setMaximumHeight(self.picture.maximumWidth())
        self.picture.setWindowFlags(Qt.WindowType.Window)
        self.picture.showFullScreen()
