"""Pictures of every layout that cameras give come out as the same picture."""

import av
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from tcmdesk.media.process.qt_pictures import PictureConverter, best_format

Pixel = QVideoFrameFormat.PixelFormat
WIDTH, HEIGHT = 322, 180
LEFT, RIGHT = QColor(200, 40, 40), QColor(40, 60, 220)


def two_halves():
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(RIGHT)
    painter = QPainter(image)
    painter.fillRect(0, 0, WIDTH // 2, HEIGHT, LEFT)
    painter.end()
    return image


def frame_of(layout, name):
    """A Qt frame as a camera would give it, made by FFmpeg."""
    image = two_halves()
    source = av.VideoFrame(WIDTH, HEIGHT, "bgr0")
    stride = source.planes[0].line_size
    rows = (
        bytes(image.constBits()[y * image.bytesPerLine() : y * image.bytesPerLine() + WIDTH * 4])
        + bytes(stride - WIDTH * 4)
        for y in range(HEIGHT)
    )
    source.planes[0].update(b"".join(rows))
    made = source.reformat(format=name)
    frame = QVideoFrame(QVideoFrameFormat(QSize(WIDTH, HEIGHT), layout))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for number, plane in enumerate(made.planes):
        target, pitch = frame.bits(number), frame.bytesPerLine(number)
        data, width = bytes(plane), min(pitch, plane.line_size)
        for y in range(plane.height):
            row = data[y * plane.line_size : y * plane.line_size + width]
            target[y * pitch : y * pitch + width] = row
    frame.unmap()
    return frame


def colours(picture):
    """Of the middle of both halves."""
    converted = picture.reformat(format="rgb24")
    plane, data = converted.planes[0], bytes(converted.planes[0])

    def at(x, y):
        start = y * plane.line_size + x * 3
        return QColor(*data[start : start + 3])

    return at(picture.width // 4, picture.height // 2), at(picture.width * 3 // 4, picture.height // 2)


def near(one, other):
    return all(abs(getattr(one, part)() - getattr(other, part)()) <= 12 for part in ("red", "green", "blue"))


@pytest.mark.parametrize(
    ("layout", "name"),
    [
        (Pixel.Format_YUV420P, "yuv420p"),
        (Pixel.Format_YUV422P, "yuv422p"),
        (Pixel.Format_NV12, "nv12"),
        (Pixel.Format_YUYV, "yuyv422"),
        (Pixel.Format_UYVY, "uyvy422"),
        (Pixel.Format_BGRA8888, "bgra"),
        (Pixel.Format_BGRX8888, "bgr0"),
        (Pixel.Format_RGBA8888, "rgba"),
    ],
)
def test_every_layout_shows_the_same(qapp, layout, name):
    picture = PictureConverter().convert(frame_of(layout, name))
    assert (picture.format.name, picture.width, picture.height) == ("yuv420p", WIDTH, HEIGHT)
    left, right = colours(picture)
    assert near(left, LEFT)
    assert near(right, RIGHT)


def test_a_layout_that_only_qt_knows_goes_through_its_image(qapp):
    picture = PictureConverter().convert(QVideoFrame(two_halves()))
    left, right = colours(picture)
    assert near(left, LEFT)
    assert near(right, RIGHT)


def test_a_compressing_camera(qapp):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    two_halves().save(buffer, "JPEG", 95)
    converter = PictureConverter()
    picture = converter._decompress(buffer.data().data())
    assert (picture.format.name, picture.width) == ("yuv420p", WIDTH)
    left, right = colours(picture)
    assert near(left, LEFT)
    assert near(right, RIGHT)
    assert converter._decompress(b"no picture") is None


def test_what_cannot_be_read_is_no_picture(qapp):
    assert PictureConverter().convert(QVideoFrame()) is None


class Offer:
    """What is asked of a QCameraFormat; Qt lets nobody make one."""

    def __init__(self, width, height, fps, layout=Pixel.Format_YUYV):
        self.about = (width, height, fps, layout)

    def resolution(self):
        return QSize(*self.about[:2])

    def maxFrameRate(self):
        return self.about[2]

    def pixelFormat(self):
        return self.about[3]


@pytest.mark.parametrize(
    ("offers", "best"),
    [
        ([(640, 480, 30), (1280, 720, 30), (1920, 1080, 30)], (1280, 720, 30)),
        ([(640, 480, 30), (1280, 720, 10)], (640, 480, 30)),
        ([(1280, 720, 10), (640, 480, 15)], (1280, 720, 10)),
        (
            [(1280, 720, 30, Pixel.Format_Jpeg), (1280, 720, 30, Pixel.Format_NV12)],
            (1280, 720, 30, Pixel.Format_NV12),
        ),
        ([(1280, 720, 10), (1280, 720, 30, Pixel.Format_Jpeg)], (1280, 720, 30, Pixel.Format_Jpeg)),
    ],
)
def test_the_format_that_is_asked_for(offers, best):
    assert best_format([Offer(*offer) for offer in offers]).about[: len(best)] == best


def test_a_camera_that_says_nothing_chooses_itself():
    assert best_format([]) is None
