"""A small clinic for screens of features."""

import pytest

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tcmdesk.ui.theme.current import apply
from tcmdesk.ui.theme.theme import Theme
from tests.factories.clinic import NOW, SmallClinic
from tests.support.sql import sql_allowed
from tests.support.workplace import Workplace


@pytest.fixture
def small_clinic(sqlite_url):
    with sql_allowed():
        database = Database(sqlite_url, workstation="test", clock=FixedClock(NOW), give_up_seconds=0.3)
        yield SmallClinic(database)
        database.close()


@pytest.fixture
def workplace(small_clinic, qtbot, qapp):
    apply(qapp, Theme(motion=False, language="en"))
    with sql_allowed():
        clerk = small_clinic.clerk()
    made = Workplace.open(small_clinic, clerk, qtbot)
    yield made
    made.close()
    apply(qapp, Theme())
