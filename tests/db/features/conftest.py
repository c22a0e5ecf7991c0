"""A small clinic on each of the three databases, at 10:22 on a Tuesday."""

import pytest

from tcmdesk.core.clock import FixedClock
from tcmdesk.core.db.database import Database
from tests.factories.clinic import NOW, SmallClinic


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def database(database_url, clock):
    database = Database(database_url, workstation="desk-1", clock=clock)
    yield database
    database.close()


@pytest.fixture
def clinic(database):
    return SmallClinic(database)


@pytest.fixture
def clerk(clinic):
    return clinic.clerk()


@pytest.fixture
def doctor(clinic):
    return clinic.doctor("陈景和")


@pytest.fixture
def patient(clinic):
    return clinic.account("沈若兰", phone="19900001111")
