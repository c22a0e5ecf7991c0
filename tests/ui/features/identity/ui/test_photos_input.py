"""Photos are made small enough to travel with the row."""

import base64

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from tcmdesk.core.errors import UserError
from tcmdesk.features.identity.service.doctors import PHOTO_CHARACTERS, PHOTOS_MOST
from tcmdesk.features.identity.ui.photos_input import EDGE, MOST, PhotosInput, image_in, photo_of
from tests.support.accessibility import unnamed_widgets


@pytest.fixture
def picture(tmp_path):
    """``picture(width, height, kind)``: a file with a picture."""

    def make(width=1600, height=1200, kind="png", colour=Qt.GlobalColor.darkGreen):
        image = QImage(width, height, QImage.Format.Format_ARGB32)
        image.fill(colour)
        path = tmp_path / f"{width}x{height}-{QColor(colour).name()[1:]}.{kind}"
        assert image.save(str(path))
        return str(path)

    return make


@pytest.fixture
def photos(desk, qtbot):
    photos = PhotosInput(desk.context)
    qtbot.addWidget(photos)
    photos.show()
    return photos


@pytest.mark.parametrize(
    ("size", "shown"), [((1600, 1200), (480, 360)), ((900, 1800), (240, 480)), ((100, 80), (100, 80))]
)
@pytest.mark.parametrize("kind", ["png", "jpg", "bmp"])
def test_a_file_becomes_a_small_jpeg_that_browsers_show(picture, size, shown, kind):
    address = photo_of(picture(*size, kind))

    head, _, body = address.partition(",")
    assert head == "data:image/jpeg;base64"
    assert base64.b64decode(body)[:2] == b"\xff\xd8"
    image = image_in(address)
    assert (image.width(), image.height()) == shown


def test_what_shines_through_is_white(picture):
    image = image_in(photo_of(picture(50, 50, colour=Qt.GlobalColor.transparent)))
    assert QColor(image.pixel(20, 20)).lightness() > 250


def test_the_busiest_picture_fits_its_column(tmp_path):
    import random

    dice = random.Random(7)
    image = QImage(EDGE, EDGE, QImage.Format.Format_RGB32)
    for x in range(EDGE):
        for y in range(EDGE):
            image.setPixel(x, y, dice.randrange(1 << 24))
    path = tmp_path / "noise.png"
    image.save(str(path))
    assert len(photo_of(str(path))) < PHOTO_CHARACTERS


def test_a_file_that_is_no_picture_is_refused(tmp_path):
    path = tmp_path / "notes.jpg"
    path.write_text("no picture")
    with pytest.raises(UserError):
        photo_of(str(path))


@pytest.mark.parametrize(
    "address", ["", "https://clinic.example/a.jpg", "data:image/png;base64,%%", "data:text/plain,hi"]
)
def test_an_address_without_a_picture_is_a_placeholder(address):
    assert image_in(address).isNull()


def test_chosen_files_are_added_up_to_the_most(photos, picture, qtbot):
    colours = (Qt.GlobalColor.red, Qt.GlobalColor.green, Qt.GlobalColor.blue, Qt.GlobalColor.cyan,
               Qt.GlobalColor.magenta, Qt.GlobalColor.yellow, Qt.GlobalColor.gray)  # fmt: skip
    photos.take([picture(60, 60, colour=colour) for colour in colours])
    qtbot.waitUntil(lambda: len(photos.value) == MOST)
    assert not photos.add.isVisible()
    assert MOST == PHOTOS_MOST


def test_one_is_taken_away_and_one_of_the_web_is_kept(photos):
    photos.set_value(("https://clinic.example/a.jpg", "https://clinic.example/b.jpg"))
    photos._thumbs[0].click()
    assert photos.value == ("https://clinic.example/b.jpg",)


def test_a_file_that_is_no_picture_is_told_and_the_others_come(photos, picture, tmp_path, desk):
    path = tmp_path / "notes.jpg"
    path.write_text("no picture")
    photos.take([str(path), picture(60, 60)])
    desk.until(lambda: len(photos.value) == 1)
    desk.until(lambda: any("no picture" in text for text in desk.bar.texts))


def test_every_control_has_a_name(photos):
    photos.set_value(("https://clinic.example/a.jpg",))
    assert unnamed_widgets(photos) == []
