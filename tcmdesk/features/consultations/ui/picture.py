"""The picture of a call: the other side, one's own small at the lower right, and what is said about the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcmdesk.media.protocol import Stream
from tcmdesk.ui import icons, paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from tcmdesk.media.frames import Frame, FrameMailbox
    from tcmdesk.ui.theme.theme import Theme
    from tcmdesk.ui.theme.tokens import Colour

OWN_SHARE: Final = 0.25
"""Width of one's own picture, of the whole."""

PAD: Final = 10
SETTLED_MS: Final = 100
"""How long a size has to stand before it is asked for."""

BARS: Final = 4


class Picture(Themed, QWidget):
    """Paints the newest picture of each stream straight from shared memory; nothing is queued and nothing copied.

    A picture in the mailbox stays whole until the next is taken, so a repaint may use it at any time. `left` is sent
    by Esc in full screen, `full_wished` by a double click; `size_changed` carries a stream and how large it is shown.
    """

    left = Signal()
    full_wished = Signal()
    size_changed = Signal(object, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: dict[Stream, Frame] = {}
        self._images: dict[Stream, QImage] = {}
        self._line = ("", 0)
        self._name = ""
        self._message = ("", "", "")
        self._own_wanted = True
        self._main = Stream.REMOTE
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(SETTLED_MS)
        self._resized.timeout.connect(self.announce_size)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.start_theming()

    def apply_theme(self) -> None:
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width * 3 // 4

    def sizeHint(self) -> QSize:
        wide = current().px(352)
        return QSize(wide, wide * 3 // 4)

    @property
    def main(self) -> Stream:
        """The stream that fills the widget."""
        return self._main

    @main.setter
    def main(self, stream: Stream) -> None:
        if stream is not self._main:
            self._main = stream
            self.announce_size()
            self.update()

    def announce_size(self) -> None:
        """Say by `size_changed` how large each stream is shown, in the screen's own pixels."""
        ratio = self.devicePixelRatioF()
        wide, high = round(self.width() * ratio), round(self.height() * ratio)
        share = 1.0 if self._main is Stream.LOCAL else OWN_SHARE
        self.size_changed.emit(Stream.REMOTE, wide, high)
        self.size_changed.emit(Stream.LOCAL, round(wide * share), round(high * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()

    def take(self, stream: Stream, mailbox: FrameMailbox) -> None:
        """Show the newest picture of a stream."""
        frame = mailbox.take()
        if frame is None:
            return
        self._frames[stream] = frame
        self._images[stream] = QImage(
            frame.pixels, frame.width, frame.height, frame.stride, QImage.Format.Format_RGB32
        )
        self.update()

    def show_image(self, stream: Stream, image: QImage) -> None:
        """Show a still picture."""
        self._images[stream] = image
        self.update()

    def forget(self, stream: Stream) -> None:
        """Nothing comes from there any more."""
        self._images.pop(stream, None)
        self._frames.pop(stream, None)
        self.update()

    def has(self, stream: Stream) -> bool:
        return stream in self._images

    def set_line(self, text: str, bars: int) -> None:
        """What the plate at the upper left says; `bars` 0 to 4. Empty takes it away."""
        if (text, bars) != self._line:
            self._line = text, bars
            self._describe()

    def set_name(self, text: str) -> None:
        """The plate at the lower left: who it is."""
        self._name = text
        self._describe()

    def set_message(self, icon: str = "", title: str = "", detail: str = "") -> None:
        """Words in the middle, over the picture: calling, line gone, call over."""
        if (icon, title, detail) != self._message:
            self._message = icon, title, detail
            self._describe()

    def set_own(self, wanted: bool) -> None:
        """Whether one's own picture is shown."""
        self._own_wanted = wanted
        self.update()

    def _describe(self) -> None:
        parts = [self._name, self._line[0], self._message[1], self._message[2]]
        self.setAccessibleName(". ".join(part for part in parts if part))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.full_wished.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isWindow() and event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_F11}:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # a picture is shown on dark ground by day as well
        dark = current().with_(mode="dark")
        box = QRectF(self.rect())
        image = self._images.get(self.main)
        place = QRect() if image is None else _fitted(image, box).toAlignedRect()
        if not place.contains(self.rect()):
            painter.fillRect(self.rect(), dark.colour("sunken"))
        if image is not None:
            painter.drawImage(place, image)
        if not self.isWindow():
            # a round clip would cost four times as much as the picture itself
            radius = current().radius("card")
            corners = QPainterPath()
            corners.addRect(box)
            corners.addRoundedRect(box, radius, radius)
            painter.fillPath(corners, current().colour("surface"))
        if self._message[1]:
            self._paint_message(painter, box, dark)
        self._paint_own(painter, box, dark)
        self._paint_line(painter, dark)
        if self._name:
            self._paint_name(painter, dark)

    def _paint_own(self, painter: QPainter, box: QRectF, dark: Theme) -> None:
        image = self._images.get(Stream.LOCAL)
        if image is None or not self._own_wanted or self.main is Stream.LOCAL:
            return
        pad, wide = current().px(PAD), box.width() * OWN_SHARE
        high = wide * image.height() / max(1, image.width())
        own = QRectF(box.right() - pad - wide, box.bottom() - pad - high, wide, high)
        painter.save()
        edge = QPainterPath()
        edge.addRoundedRect(own, current().radius("chip"), current().radius("chip"))
        painter.setClipPath(edge, Qt.ClipOperation.IntersectClip)
        painter.drawImage(own, image)
        painter.restore()
        painter.setPen(dark.colour("text"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(edge)

    def _paint_line(self, painter: QPainter, dark: Theme) -> None:
        text, bars = self._line
        if not text:
            return
        theme = current()
        pad, high = theme.px(PAD), theme.px(26)
        room = theme.px(BARS * 5)
        wide = paint.text_width(text, "small", bold=True) + room + theme.px(30)
        plate = QRectF(pad, pad, wide, high)
        _plate(painter, plate, dark)
        for at in range(BARS):
            tall = theme.px(4 + 3 * at)
            ink: Colour = "accent" if at < bars else "text3"
            if bars <= 1 and at < bars:
                ink = "warn"
            colour = dark.colour(ink)
            if at >= bars:
                colour.setAlphaF(0.4)
            x = plate.left() + theme.px(10) + at * theme.px(5)
            painter.fillRect(QRectF(x, plate.center().y() + theme.px(7) - tall, theme.px(3), tall), colour)
        self._write(painter, dark, plate.left() + theme.px(16) + room, plate, text, bold=True)

    def _paint_name(self, painter: QPainter, dark: Theme) -> None:
        theme = current()
        pad, high = theme.px(PAD), theme.px(26)
        most = self.width() * (1 - OWN_SHARE) - 4 * pad
        text = paint.elided(self._name, most, "small", bold=True)
        wide = paint.text_width(text, "small", bold=True) + theme.px(24)
        plate = QRectF(pad, self.height() - pad - high, wide, high)
        _plate(painter, plate, dark)
        self._write(painter, dark, plate.left() + theme.px(12), plate, text, bold=True)

    def _paint_message(self, painter: QPainter, box: QRectF, dark: Theme) -> None:
        theme = current()
        icon, title, detail = self._message
        veil = dark.colour("sunken")
        veil.setAlphaF(0.72)
        painter.fillRect(box, veil)
        middle = box.center().y() - theme.px(14)
        size = theme.icon("empty")
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(
            round(box.center().x() - size / 2),
            round(middle - theme.px(34)),
            icons.pixmap(icon, size, "brand_fg", ratio=ratio),
        )
        for at, (words, role, bold) in enumerate(((title, "subheading", True), (detail, "small", False))):
            if not words:
                continue
            font = dark.font(role, bold=bold)  # type: ignore[arg-type]
            painter.setFont(font)
            painter.setPen(dark.colour("text"))
            line = QRectF(
                box.left() + theme.px(16), middle + theme.px(10) + at * theme.px(26),
                box.width() - theme.px(32), theme.px(40),
            )  # fmt: skip
            painter.drawText(line, int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap), words)

    def _write(
        self, painter: QPainter, dark: Theme, x: float, plate: QRectF, text: str, *, bold: bool
    ) -> None:
        font = dark.font("small", bold=bold)
        painter.setFont(font)
        painter.setPen(dark.colour("text"))
        painter.drawText(round(x), round(paint.baseline(font, plate.center().y())), text)


def _plate(painter: QPainter, box: QRectF, dark: Theme) -> None:
    ground = dark.colour("sunken")
    ground.setAlphaF(0.78)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)


def _fitted(image: QImage, box: QRectF) -> QRectF:
    """The largest place of the image's proportions: nothing of a tongue is cut off."""
    if not image.width() or not image.height():
        return box
    scale = min(box.width() / image.width(), box.height() / image.height())
    wide, high = image.width() * scale, image.height() * scale
    return QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high)
