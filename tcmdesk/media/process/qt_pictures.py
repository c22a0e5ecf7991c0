"""Pictures as Qt's camera gives them, turned into what aiortc encodes; which of a camera's formats to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import av
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtMultimedia import QCameraFormat

WIDTH: Final = 1280
HEIGHT: Final = 720
FPS: Final = 25

_Format = QVideoFrameFormat.PixelFormat
#: Qt's names and FFmpeg's for the same layouts
_LAYOUTS: Final = {
    _Format.Format_YUV420P: "yuv420p",
    _Format.Format_YUV422P: "yuv422p",
    _Format.Format_NV12: "nv12",
    _Format.Format_NV21: "nv21",
    _Format.Format_YUYV: "yuyv422",
    _Format.Format_UYVY: "uyvy422",
    _Format.Format_BGRA8888: "bgra",
    _Format.Format_BGRX8888: "bgr0",
    _Format.Format_RGBA8888: "rgba",
    _Format.Format_RGBX8888: "rgb0",
    _Format.Format_ARGB8888: "argb",
    _Format.Format_Y8: "gray",
}


class PictureConverter:
    """Makes planar YUV 4:2:0 of whatever a camera gives; keeps a JPEG decoder for those that compress."""

    def __init__(self) -> None:
        self._jpeg: av.CodecContext | None = None

    def convert(self, frame: QVideoFrame) -> av.VideoFrame | None:
        """The picture; None when it cannot be read. Takes 0.2 to 1 ms at 1280 x 720, without the interpreter's lock."""
        if not frame.map(QVideoFrame.MapMode.ReadOnly):
            return None
        try:
            if frame.pixelFormat() is _Format.Format_Jpeg:
                return self._decompress(bytes(frame.bits(0)))
            layout = _LAYOUTS.get(frame.pixelFormat())
            picture = _copy(frame, layout) if layout else None
        finally:
            frame.unmap()
        if picture is None:
            picture = _from_image(frame.toImage())
        return None if picture is None else _even(picture)

    def _decompress(self, data: bytes) -> av.VideoFrame | None:
        if self._jpeg is None:
            self._jpeg = av.CodecContext.create("mjpeg", "r")
        try:
            pictures = self._jpeg.decode(av.Packet(data))
        except av.FFmpegError:
            return None
        return _even(pictures[-1]) if pictures else None


def best_format(formats: Iterable[QCameraFormat]) -> QCameraFormat | None:
    """The format nearest to 1280 x 720 that gives 25 pictures a second, uncompressed where there is a choice."""

    def unfitness(one: QCameraFormat) -> tuple[bool, int, bool, float]:
        size = one.resolution()
        away = abs(size.width() - WIDTH) + abs(size.height() - HEIGHT)
        return one.maxFrameRate() < FPS, away, one.pixelFormat() is _Format.Format_Jpeg, -one.maxFrameRate()

    return min(formats, key=unfitness, default=None)


def _copy(frame: QVideoFrame, layout: str) -> av.VideoFrame:
    picture = av.VideoFrame(frame.width(), frame.height(), layout)
    for number, plane in enumerate(picture.planes):
        source, stride = frame.bits(number), frame.bytesPerLine(number)
        if stride == plane.line_size and len(source) >= plane.buffer_size:
            plane.update(source[: plane.buffer_size])
            continue
        row, padding = min(stride, plane.line_size), bytes(max(0, plane.line_size - stride))
        rows = (bytes(source[y * stride : y * stride + row]) + padding for y in range(plane.height))
        plane.update(b"".join(rows))
    return picture


def _from_image(image: QImage) -> av.VideoFrame | None:
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    picture = av.VideoFrame(image.width(), image.height(), "bgr0")
    plane, stride = picture.planes[0], image.bytesPerLine()
    source, padding = image.constBits(), bytes(max(0, picture.planes[0].line_size - stride))
    plane.update(
        b"".join(bytes(source[y * stride : (y + 1) * stride]) + padding for y in range(image.height()))
    )
    return picture


def _even(picture: av.VideoFrame) -> av.VideoFrame:
    """Chroma has half the size, so both sides must be even."""
    return picture.reformat(width=picture.width & ~1, height=picture.height & ~1, format="yuv420p")
