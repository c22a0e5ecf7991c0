import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.table import Table
from tcmdesk.ui.theme.current import current
from tests.factories.ui_item_models import SampleRow, sample_model, sample_rows


@pytest.fixture
def table(show, qtbot):
    model = sample_model(sample_rows(30))
    made = show(Table(model, name="样例"), 400, 300)
    model.setParent(made)
    qtbot.waitUntil(lambda: model.data(model.index(0, 0)) == "row 0")
    return made


def colour_at(table, x, row):
    y = table.rowViewportPosition(row) + table.rowHeight(row) // 2
    return table.viewport().grab().toImage().pixelColor(x, y).name()


def test_rows_are_34_high_and_follow_the_scale(table, look):
    assert table.rowHeight(0) == 34
    look(scale=1.3)
    assert table.rowHeight(0) == 44


def test_the_selected_row_is_tinted_with_a_bar_at_its_left(table):
    table.selectRow(2)
    table.clearFocus()
    theme = current()
    assert colour_at(table, 1, 2) == theme.colour("accent").name()
    assert colour_at(table, 6, 2) == theme.colour("sel").name()
    assert colour_at(table, 6, 3) == theme.colour("surface").name()


def test_the_focused_row_has_a_ring(table):
    table.selectRow(2)
    table.setFocus()
    top = table.rowViewportPosition(2)
    image = table.viewport().grab().toImage()
    assert image.pixelColor(200, top + 1).name() == current().colour("focus").name()


def test_hover_only_tints(table, qtbot):
    place = table.visualRect(table.model().index(4, 0)).center()
    qtbot.mouseMove(table.viewport(), place)
    qtbot.waitUntil(lambda: table.hovered_row == 4)
    assert colour_at(table, 6, 4) == current().colour("hover").name()


def test_enter_activates_the_row(table, qtbot):
    table.selectRow(1)
    table.setFocus()
    with qtbot.waitSignal(table.activated) as signal:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert signal.args[0].row() == 1


def test_tab_leaves_the_table(show, qtbot):
    outer = QWidget()
    column = QVBoxLayout(outer)
    table, after = Table(sample_model(sample_rows(3)), name="样例"), TextInput(name="后")
    table.model().setParent(table)
    column.addWidget(table)
    column.addWidget(after)
    show(outer, 400)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_columns_share_the_width(table):
    table.resize(600, 300)
    assert table.columnWidth(1) == 90
    assert table.columnWidth(0) == table.viewport().width() - 90


def test_words_that_do_not_fit_are_told(show, qtbot):
    rows = [SampleRow(1, "short", "1.00"), SampleRow(2, "short", "1,000,000,000.00")]
    model = sample_model(rows)
    table = show(Table(model, name="样例"), 400, 300)
    model.setParent(table)
    qtbot.waitUntil(lambda: model.data(model.index(1, 1)) == "1,000,000,000.00")
    assert list(table.clipped_texts()) == ["1,000,000,000.00"]
