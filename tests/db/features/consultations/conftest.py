"""What every test of video visits asks."""

import pytest

from tests.factories.video import online_clinic


@pytest.fixture
def online(database):
    return online_clinic(database)
