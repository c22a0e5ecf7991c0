"""A doctor's photos: shown small, chosen from files, made small enough to travel with the row.

A photo becomes a ``data:`` address of a JPEG: every desk and every browser of the platform's patients can show
it, without a folder that all of them would have to reach.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.ui.context import UiContext

EDGE: Final = 480
"""Longest edge of a photo, px."""

MOST: Final = 6
QUALITIES: Final = (85, 70, 50)
SIZE_MOST: Final = 120_000
"""Bytes of a JPEG; the first quality that stays below is taken."""

_WHITE: Final = 0xFFFFFF
_PREFIX: Final = "data:image/jpeg;base64,"
_THUMB: Final = 72


def photo_of(path: str) -> str:
    """A file as a ``data:`` address, turned upright and made small; blocks, for a worker.

    Raises:
        UserError: the file is no picture that can be read.
    """
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > EDGE:
        reader.setScaledSize(size.scaled(EDGE, EDGE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UserError("identity.no_photo", N_("This file is no picture that can be read. Choose another."))
    if max(image.width(), image.height()) > EDGE:
        image = image.scaled(
            EDGE, EDGE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return _PREFIX + base64.b64encode(_jpeg(_on_white(image))).decode("ascii")


def _on_white(image: QImage) -> QImage:
    """What shines through would be black in a JPEG."""
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(_WHITE)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    return flat


def _jpeg(image: QImage) -> bytes:
    for quality in QUALITIES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "JPEG", quality)
        if buffer.data().size() <= SIZE_MOST:
            break
    return bytes(buffer.data().data())


def image_in(address: str) -> QImage:
    """The picture that an address carries; a null image for one that lies elsewhere."""
    head, _, body = address.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64"):
        return QImage()
    try:
        return QImage.fromData(base64.b64decode(body, validate=True))
    except ValueError:
        return QImage()


class _Thumb(Button):
    """One photo; pressing it takes it away."""

    def __init__(self, address: str, name: str, parent: QWidget) -> None:
        self._picture = QPixmap.fromImage(image_in(address))
        self._host = urlsplit(address).hostname or "" if self._picture.isNull() else ""
        super().__init__(icon="x", kind="plain", name=name, parent=parent)
        self.address = address
        if self._host:
            self.setToolTip(f"{name}\n{self._host}")

    def sizeHint(self) -> QSize:
        return QSize(current().px(_THUMB), current().px(_THUMB))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter, box = current(), QPainter(self), QRectF(self.rect())
        radius = theme.radius("control")
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint.rounded(painter, box, radius, "tile")
        if self._picture.isNull():
            edge = theme.icon("nav")
            paint.icon(painter, "image", (box.width() - edge) / 2, box.center().y(), edge, "text3")
        else:
            frame = QPainterPath()
            frame.addRoundedRect(box, radius, radius)
            painter.setClipPath(frame)
            painter.drawPixmap(box, self._picture, self._middle(box))
            painter.setClipping(False)
        edge = theme.px(18)
        corner = QRectF(box.right() - edge - 4, box.top() + 4, edge, edge)
        paint.rounded(painter, corner, edge / 2, "surface")
        paint.icon(painter, "x", corner.left() + 3, corner.center().y(), edge - 6, "text2")
        if self.hasFocus():
            paint.focus_ring(painter, box, radius)

    def _middle(self, box: QRectF) -> QRectF:
        """The part of the picture that fills the box."""
        size = self._picture.size()
        fill = QSize(round(box.width()), round(box.height())).scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (size.width() - fill.width()) / 2, (size.height() - fill.height()) / 3
        return QRectF(left, top, fill.width(), fill.height())


class PhotosInput(Themed, QWidget):
    """Photos in order; `changed` when the person adds some or takes one away."""

    changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._ = context, context.tr.gettext
        self._thumbs: list[_Thumb] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.add = Button(icon="image-plus", text=self._("Add photos"), parent=self)
        self.add.clicked.connect(self._on_add_clicked)
        self._row.addWidget(self.add)
        self._row.addStretch(1)
        self.setFocusProxy(self.add)
        self.start_theming()

    def apply_theme(self) -> None:
        self._row.setSpacing(current().px(8))
        self.setMinimumHeight(current().px(_THUMB))

    @property
    def value(self) -> tuple[str, ...]:
        return tuple(thumb.address for thumb in self._thumbs)

    def set_value(self, photos: tuple[str, ...]) -> None:
        """Other photos in their place."""
        for thumb in list(self._thumbs):
            self._drop(thumb)
        for address in photos:
            self._show(address)

    def take(self, paths: list[str]) -> None:
        """Read files off the screen's thread and add them; one that is no picture is told."""
        for path in paths[: MOST - len(self._thumbs)]:
            operation = self._context.operation(self, lambda path=path: photo_of(path))
            operation.on_done(self._on_photo_read).start()

    def _on_photo_read(self, address: str) -> None:
        if len(self._thumbs) < MOST and address not in self.value:
            self._show(address)
            self.changed.emit()

    def _show(self, address: str) -> None:
        name = self._("Remove photo {number}").format(number=len(self._thumbs) + 1)
        thumb = _Thumb(address, name, self)
        thumb.clicked.connect(lambda: self._on_thumb_clicked(thumb))
        self._thumbs.append(thumb)
        self._row.insertWidget(len(self._thumbs) - 1, thumb)
        self.add.setVisible(len(self._thumbs) < MOST)

    def _drop(self, thumb: _Thumb) -> None:
        self._thumbs.remove(thumb)
        self._row.removeWidget(thumb)
        thumb.hide()
        thumb.deleteLater()
        self.add.setVisible(True)

    def _on_thumb_clicked(self, thumb: _Thumb) -> None:
        self._drop(thumb)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _on_add_clicked(self) -> None:
        kinds = " ".join(f"*.{bytes(kind.data()).decode()}" for kind in QImageReader.supportedImageFormats())
        dialog = QFileDialog(self, self._("Add photos"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        pictures = self._("Pictures")
        dialog.setNameFilters([f"{pictures} ({kinds})"])
        dialog.filesSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
