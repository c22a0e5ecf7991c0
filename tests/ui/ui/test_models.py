import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tcmdesk.ui.columns import CellRole
from tcmdesk.ui.components.table import Table
from tests.factories.ui_item_models import SampleRow, sample_model, sample_rows


@pytest.fixture
def checked():
    """Models under Qt's own checks for as long as the test runs."""
    testers = []

    def check(model):
        testers.append(QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal))
        return model

    return check


def text(model, row):
    return model.data(model.index(row, 0))


def test_data_never_waits_and_says_that_it_is_loading(qtbot):
    model = sample_model(sample_rows(10), answer=False)
    with qtbot.waitSignal(model.rows_wanted) as asked:
        assert text(model, 0) is None
        assert model.data(model.index(0, 0), CellRole.LOADING) is True
    generation, ids = asked.args
    model.deliver(generation, sample_rows(10))
    assert text(model, 0) == "row 0"
    assert model.data(model.index(0, 0), CellRole.LOADING) is False
    assert ids == tuple(range(10))


def test_only_pages_in_view_are_asked_for_and_once(qtbot, show):
    model = sample_model(sample_rows(1000), page=20, answer=False)
    asked = []
    model.rows_wanted.connect(lambda _generation, ids: asked.append(ids))
    show(Table(model, name="样例"), 400, 300)
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(50)
    assert asked == [tuple(range(20))]


def test_a_late_answer_is_dropped(qtbot):
    model = sample_model(sample_rows(3), answer=False)
    with qtbot.waitSignal(model.rows_wanted) as asked:
        text(model, 0)
    model.set_ids([0, 1])
    model.deliver(asked.args[0], [SampleRow(0, "late")])
    assert text(model, 0) is None


def test_what_could_not_be_read_is_asked_for_again(qtbot):
    model = sample_model(sample_rows(3), answer=False)
    with qtbot.waitSignal(model.rows_wanted) as asked:
        text(model, 0)
    with qtbot.assertNotEmitted(model.rows_wanted, wait=30):
        text(model, 0)
    model.forget(*asked.args)
    with qtbot.waitSignal(model.rows_wanted):
        text(model, 0)


def test_known_rows_stay_readable_while_they_are_read_again(qtbot):
    model = sample_model(sample_rows(3))
    with qtbot.waitSignal(model.dataChanged):
        text(model, 0)
    model.invalidate()
    with qtbot.waitSignal(model.rows_wanted):
        assert text(model, 0) == "row 0"


@pytest.mark.parametrize(
    "after",
    [[], [3], [4, 3, 2, 1, 0], [9, 0, 1, 2, 3, 4], [0, 2, 4], [7, 4, 8, 0], [0, 1, 2, 3, 4, 5, 6], [20, 21]],
)
def test_a_new_list_keeps_the_index_of_rows_that_stay(checked, after):
    model = checked(sample_model(sample_rows(5)))
    held = {key: QPersistentModelIndex(model.index(key, 0)) for key in range(5)}
    model.set_ids(after)
    assert [model.id_at(row) for row in range(model.rowCount())] == after
    for key, index in held.items():
        if key in after:
            assert index.row() == after.index(key) == model.row_of(key)
        else:
            assert not index.isValid()
            assert model.row_of(key) is None


def test_selection_and_scroll_survive_a_refresh(show, qtbot):
    model = sample_model(sample_rows(300))
    table = show(Table(model, name="样例"), 400, 300)
    table.selectionModel().setCurrentIndex(
        model.index(150, 0),
        QItemSelectionModel.SelectionFlag.SelectCurrent | QItemSelectionModel.SelectionFlag.Rows,
    )
    table.scrollTo(model.index(150, 0))
    place = table.rowViewportPosition(150)
    model.set_ids([key for key in range(300) if key not in {200, 250}])
    assert model.id_at(table.currentIndex().row()) == 150
    assert table.selectionModel().isRowSelected(150)
    assert table.rowViewportPosition(table.currentIndex().row()) == place


def test_thousands_of_scattered_changes_are_one_reset(checked, qtbot):
    model = checked(sample_model(sample_rows(4000)))
    with qtbot.waitSignal(model.modelReset):
        model.set_ids(list(range(0, 4000, 3)))
    assert model.rowCount() == 1334


def test_an_id_stands_once():
    model = sample_model(sample_rows(2))
    with pytest.raises(ValueError, match="twice"):
        model.set_ids([1, 1])


def test_numbers_align_right_and_cells_speak_with_their_title(qtbot):
    model = sample_model(sample_rows(1))
    with qtbot.waitSignal(model.dataChanged):
        text(model, 0)
    amount = model.index(0, 1)
    assert model.data(amount, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(amount, Qt.ItemDataRole.AccessibleTextRole) == "Amount 0.00"
