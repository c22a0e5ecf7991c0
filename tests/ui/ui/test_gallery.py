import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tcmdesk.core.i18n import Translator
from tcmdesk.ui.clipping import find_clipped
from tcmdesk.ui.components.dialog import Dialog
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.gallery import Gallery
from tcmdesk.ui.gallery_parts.frame import sample_dialog
from tests.support.accessibility import unnamed_widgets


@pytest.fixture
def gallery(show):
    return lambda width=1440, height=900: show(Gallery(Translator("en")), width, height)


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800)])
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_text_is_cut(gallery, look, size, scale, mode, qtbot):
    look(mode=mode, language="en", scale=scale)
    shown = gallery(*size)
    shown.grab()
    assert [str(clip) for clip in find_clipped(shown)] == []


def test_a_look_changed_at_run_time_equals_one_from_the_start(gallery, look):
    changed = gallery()
    look(mode="dark", scale=1.15)
    fresh = gallery()
    for shown in (changed, fresh):
        shown.focused.clearFocus()
        shown.setFocus()
    QApplication.processEvents()
    assert changed.grab().toImage() == fresh.grab().toImage()


def test_everything_the_keyboard_reaches_has_a_name(gallery):
    assert unnamed_widgets(gallery()) == []


def test_a_feature_adds_its_section(gallery):
    shown = gallery()
    sample = Text("card")
    shown.add_section("Appointment cards", sample, at=2)
    QApplication.processEvents()
    assert sample.isVisible()


def test_the_sample_dialog_opens_and_closes(gallery, qtbot):
    shown = gallery()
    dialog = sample_dialog(Translator("en").gettext, shown)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert find_clipped(dialog) == []
    assert unnamed_widgets(dialog) == []
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert shown.findChildren(Dialog) == []
