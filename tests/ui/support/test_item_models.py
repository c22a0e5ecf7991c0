import pytest
from PySide6.QtCore import QStringListModel

from tests.support.item_models import item_model_classes, makers_of, makes


@pytest.mark.parametrize("path", item_model_classes())
def test_every_item_model_behaves_as_qt_expects(path, qapp, qtmodeltester):
    makers = makers_of(path)
    assert makers, f"no module tests/factories/*_item_models.py makes a {path}"
    for maker in makers:
        model = maker()
        assert any(f"{kind.__module__}:{kind.__name__}" == path for kind in type(model).__mro__)
        assert model.rowCount() > 0, "an empty model has nothing to check"
        qtmodeltester.check(model)


def test_models_are_found_and_makers_kept():
    assert "tcmdesk.ui.models:PagedTableModel" in item_model_classes()
    assert makers_of("planted:Model") == []
    makes("planted:Model")(QStringListModel)
    assert makers_of("planted:Model") == [QStringListModel]
