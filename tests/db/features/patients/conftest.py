"""What every test of patients asks."""

import pytest

from tcmdesk.features.patients.service.search import search


@pytest.fixture
def find(database, clerk):
    """The names that a typed text finds, in their order."""

    def ask(text, limit=12):
        return [
            match.name for match in database.read(lambda connection: search(connection, clerk, text, limit))
        ]

    return ask
