from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current


class Counting(Themed, QWidget):
    def __init__(self):
        super().__init__()
        self.scales = []
        self.start_theming()

    def apply_theme(self):
        self.scales.append(current().scale)


def test_a_widget_hears_of_a_new_look_once(show, look):
    widget = show(Counting())
    look(scale=1.3)
    assert widget.scales == [1.0, 1.3]


def test_the_same_look_again_changes_nothing(show, look):
    widget = show(Counting())
    first = current()
    look()
    assert current() == first
    assert widget.scales == [1.0, 1.0]


def test_a_hidden_widget_follows_too(qtbot, look):
    widget = Text("沈若兰", "title")
    qtbot.addWidget(widget)
    assert widget.font().pixelSize() == 20
    look(scale=1.15)
    assert widget.font().pixelSize() == 23


def test_all_lengths_scale(show, look):
    button = show(Button("预约", key="N"))
    small = button.sizeHint()
    look(scale=1.3)
    large = button.sizeHint()
    assert (small.height(), large.height()) == (32, 42)
    assert 1.25 < large.width() / small.width() < 1.35


def test_dark_reaches_palette_style_sheet_and_painted_text(show, look):
    look(mode="dark")
    dark = current().colour("surface")
    field = show(QLineEdit())
    assert QApplication.palette().color(QPalette.ColorRole.Base) == dark
    assert field.grab().toImage().pixelColor(field.rect().center()) == dark


def test_a_label_takes_the_new_ink(show, look):
    label = show(Text("█", "display", "danger"))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def inks():
        image = label.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    assert current().colour("danger").name() in inks()
    look(mode="dark")
    assert current().colour("danger").name() in inks()


def test_a_latin_font_leads_in_english_only(look):
    assert look(language="zh_CN").font().families()[0] == "Noto Sans CJK SC"
    english = look(language="en").font().families()
    assert english.index("Segoe UI") < english.index("Noto Sans CJK SC")


def test_only_two_weights_exist(look):
    theme = look()
    weights = {int(theme.font(role).weight()) for role in theme.tokens.type}
    assert weights == {400, 700}


def test_what_a_caller_does_to_a_colour_or_a_font_stays_with_the_caller(look):
    theme = look()
    theme.colour("accent").setAlpha(0)
    theme.font("body").setPixelSize(99)
    assert theme.colour("accent").alpha() == 255
    assert theme.font("body").pixelSize() == 13
