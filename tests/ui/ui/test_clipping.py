import pytest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tcmdesk.ui.clipping import find_clipped
from tcmdesk.ui.components.badge import Chip
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import ComboBox, SearchField, TextArea, TextInput
from tcmdesk.ui.components.rail import Rail, RailItem
from tcmdesk.ui.components.text import Text

LONG = "今天的日程可看，草稿照存，八秒后重试"


@pytest.fixture
def holding(show):
    """Shows a widget, `width` px wide, in a window that does not stretch it."""

    def shown(widget, width):
        outer = QWidget()
        QVBoxLayout(outer).addWidget(widget)
        widget.setFixedWidth(width)
        show(outer, 600, 200)
        QApplication.processEvents()
        return outer

    return shown


@pytest.mark.parametrize(
    "make",
    [
        lambda: QLabel(LONG),
        lambda: Text(LONG),
        lambda: QPushButton(LONG),
        lambda: Button(LONG),
        lambda: TextInput(placeholder=LONG),
        lambda: ComboBox([(1, LONG)]),
    ],
    ids=["QLabel", "Text", "QPushButton", "Button", "placeholder", "ComboBox"],
)
def test_text_that_does_not_fit_is_found(holding, make):
    (clip,) = find_clipped(holding(make(), 90))
    assert LONG in str(clip)
    assert clip.needed > clip.available
    assert not find_clipped(holding(make(), 400))


@pytest.mark.parametrize(("height", "faults"), [(20, 1), (80, 0)])
def test_wrapped_text_that_is_too_high_is_found(holding, height, faults):
    label = Text(LONG, wrap=True)
    label.setFixedHeight(height)
    assert len(find_clipped(holding(label, 120))) == faults


def test_what_is_cut_on_purpose_is_allowed_when_the_whole_can_be_had(holding):
    label = Text(LONG, elide=True)
    window = holding(label, 90)
    window.grab()
    assert label.toolTip() == LONG
    assert not find_clipped(window)
    label.setToolTip("")
    assert len(find_clipped(window)) == 1


def test_what_a_field_holds_may_scroll(holding):
    assert not find_clipped(holding(QLineEdit(LONG), 90))


def test_a_search_field_is_never_narrower_than_its_hint(show):
    outer = QWidget()
    row = QHBoxLayout(outer)
    row.addWidget(SearchField("姓名、拼音、电话", key="Ctrl K"))
    row.addStretch(1)
    assert not find_clipped(show(outer, 10, 60))


def test_a_widget_cut_by_its_parent_is_found(show):
    outer = QWidget()
    child = Text("预约", parent=outer)
    child.resize(60, 20)
    child.move(180, 0)
    show(outer, 200, 100)
    assert len(find_clipped(outer)) == 1
    child.move(100, 0)
    assert not find_clipped(outer)


def test_a_painted_mark_cut_by_its_parent_is_found(show):
    outer = QWidget()
    chip = Chip("候诊 34 分", parent=outer)
    show(outer, 200, 100)
    chip.move(170, 0)
    assert [clip.text for clip in find_clipped(outer)] == ["候诊 34 分"]
    chip.move(0, 0)
    assert not find_clipped(outer)


def test_a_destination_too_long_for_the_rail_is_found(show):
    rail = show(
        Rail([RailItem("a", "Appointments of all doctors", "users")], name="Go to", user="A"), 68, 400
    )
    assert [clip.text for clip in find_clipped(rail)] == ["Appointments of all doctors"]


def test_a_hint_too_high_for_its_text_area_is_found(holding):
    assert find_clipped(holding(TextArea(placeholder=LONG * 4, name="x", lines=1), 200))
    assert not find_clipped(holding(TextArea(placeholder=LONG, name="x", lines=3), 200))


def test_what_can_be_scrolled_into_view_is_not_cut(show):
    inner = QWidget()
    inner.setFixedSize(900, 900)
    Text("远处", parent=inner).move(800, 800)
    scroll = QScrollArea()
    scroll.setWidget(inner)
    assert not find_clipped(show(scroll, 200, 200))


def test_hidden_text_does_not_count(holding):
    label = Text(LONG)
    window = holding(label, 90)
    label.hide()
    assert not find_clipped(window)


def test_a_painted_widget_reports_on_itself(show):
    class Painted(QWidget):
        def clipped_texts(self):
            return ["沈若兰"]

    (clip,) = find_clipped(show(Painted(), 100, 100))
    assert clip.text == "沈若兰"
