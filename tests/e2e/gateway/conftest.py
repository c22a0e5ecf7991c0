"""A visit that is open, a gateway and a browser."""

import pytest
import pytest_asyncio

from tests.support import chromium, gateways
from tests.support.doctor_peer import loopback
from tests.support.video_visits import open_visit


@pytest.fixture
def visit(sqlite_url):
    made = open_visit(sqlite_url)
    yield made
    made.clinic.database.close()


@pytest.fixture(autouse=True)
def _loopback():
    with loopback():
        yield


@pytest_asyncio.fixture
async def gateway(visit):
    async with gateways.in_process(visit.url) as (_, address):
        yield address


@pytest_asyncio.fixture
async def browser():
    async with chromium.browser() as made:
        yield made


@pytest_asyncio.fixture
async def page(browser):
    made = await browser.page()
    await made.language("en-US")
    yield made
    assert made.faults == []
