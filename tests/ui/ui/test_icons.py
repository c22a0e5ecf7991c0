import pytest
from PySide6.QtGui import QIcon

from tcmdesk.core import paths
from tcmdesk.ui import icons
from tcmdesk.ui.theme.current import current

NAMES = sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg"))


def inks(pixmap):
    image = pixmap.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_tint(qapp, name):
    painted = inks(icons.pixmap(name, 32, "danger", ratio=2.0))
    assert current().colour("danger").name() in painted


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_has_the_device_s_pixels(qapp, ratio):
    pixmap = icons.pixmap("plus", 16, ratio=ratio)
    assert pixmap.width() == 16 * ratio
    assert pixmap.deviceIndependentSize().width() == 16


def test_a_new_look_has_its_own_tint(look):
    light = inks(icons.pixmap("plus", 32, "accent", ratio=2.0))
    look(mode="dark")
    dark = inks(icons.pixmap("plus", 32, "accent", ratio=2.0))
    assert light.isdisjoint(dark)


def test_small_icons_have_heavier_strokes(qapp):
    assert icons.stroke_for(14) > icons.stroke_for(16) > icons.stroke_for(20)


def test_an_unknown_icon_is_named(qapp):
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.pixmap("no-such-icon", 16)


def test_a_disabled_icon_is_grey(qapp):
    made = icons.icon("plus", 32, "accent")
    assert current().colour("text3").name() in inks(made.pixmap(32, QIcon.Mode.Disabled))


def test_the_licence_lies_with_the_icons():
    text = (paths.resources() / "icons" / "LICENSE").read_text("utf-8")
    assert text.startswith("ISC License")
