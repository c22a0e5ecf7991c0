"""Pages on the look of the program."""

import pytest

from tcmdesk.core.i18n import Translator
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme


@pytest.fixture(autouse=True)
def _look(qapp):
    apply(qapp, Theme(motion=False, language="zh_CN"))


@pytest.fixture
def tr():
    return Translator("en")
