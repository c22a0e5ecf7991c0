import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import current


@pytest.fixture
def canvas(qapp):
    """An image and a painter on it; `ink` tells which pixels were painted."""

    class Canvas:
        def __init__(self):
            self.image = QImage(200, 60, QImage.Format.Format_ARGB32_Premultiplied)
            self.image.fill(0)
            self.painter = QPainter(self.image)

        def box(self):
            points = [
                (x, y) for x in range(200) for y in range(60) if self.image.pixelColor(x, y).alpha() > 40
            ]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            return min(xs), min(ys), max(xs), max(ys)

    made = Canvas()
    yield made
    made.painter.end()


@pytest.mark.parametrize(
    ("align", "left", "right"), [("left", 100, 160), ("right", 40, 100), ("center", 70, 130)]
)
def test_text_stands_where_it_is_told(canvas, align, left, right):
    width = paint.text(canvas.painter, 100, 30, "沈若兰", align=align)
    x0, y0, x1, y1 = canvas.box()
    assert left - 1 <= x0 < x1 <= right
    assert width == pytest.approx(39, abs=1)
    assert abs((y0 + y1) / 2 - 30) <= 1.5


def test_long_text_is_cut_at_its_room(canvas):
    width = paint.text(canvas.painter, 0, 30, "沈若兰沈若兰沈若兰沈若兰", max_width=60)
    assert width <= 60
    assert canvas.box()[2] <= 60


def test_an_edge_lies_inside_its_rectangle(canvas):
    paint.rounded(canvas.painter, QRectF(10, 10, 100, 30), 6, "surface", "field_line", width=2)
    assert canvas.box() == (10, 10, 109, 39)


def test_a_key_cap_is_16_high_and_as_wide_as_it_says(canvas):
    width = paint.key_cap(canvas.painter, 10, 30, "Ctrl K")
    x0, y0, x1, y1 = canvas.box()
    assert (x1 - x0 + 1, y1 - y0 + 1) == (width, 16)
    assert width == paint.key_cap_width("Ctrl K")


@pytest.mark.parametrize("key", ["N", "1", "?"])
def test_a_single_key_is_square(qapp, key):
    assert paint.key_cap_width(key) == 16


def test_hatching_stays_in_its_rectangle(canvas):
    paint.hatch(canvas.painter, QRectF(20, 10, 50, 30))
    x0, y0, x1, y1 = canvas.box()
    assert x0 >= 20
    assert y0 >= 10
    assert x1 <= 70
    assert y1 <= 40


def test_nothing_is_left_behind_on_the_painter(canvas):
    canvas.painter.setOpacity(0.5)
    paint.rounded(canvas.painter, QRectF(0, 0, 20, 20), 4, "accent", opacity=0.3)
    paint.shadow(canvas.painter, QRectF(40, 20, 20, 20), 4, blur=12, dy=2)
    paint.hatch(canvas.painter, QRectF(0, 0, 20, 20))
    assert canvas.painter.opacity() == 0.5
    assert not canvas.painter.hasClipping()


def test_widths_follow_the_scale(look):
    small = paint.text_width("沈若兰"), paint.key_cap_width("Ctrl K")
    look(scale=1.3)
    assert paint.text_width("沈若兰") / small[0] == pytest.approx(1.3, abs=0.05)
    assert paint.key_cap_width("Ctrl K") > small[1]


def test_an_icon_lands_on_whole_device_pixels(qapp):
    image = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(1.5)
    pictures = []
    for x in (8.0, 8.2):
        image.fill(0)
        painter = QPainter(image)
        paint.icon(painter, "plus", x, 20, 16)
        painter.end()
        pictures.append(image.copy())
    assert pictures[0] == pictures[1]
    assert current().icon("inline") == 14
