"""A visit that is open now, a gateway in the test's loop, and clients that are no browsers."""

import aiohttp
import pytest
import pytest_asyncio

from tests.support import gateways
from tests.support.video_visits import open_visit


class Client:
    """One person's cookies, and the origin a browser would state."""

    def __init__(self, address):
        self.address = address
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.headers = {"Origin": address, "X-Language": "en"}

    async def post(self, path, content=None, **options):
        async with self.http.post(
            self.address + path, json=content or {}, headers=self.headers, **options
        ) as answer:
            return answer.status, await answer.json(content_type=None)

    async def get(self, path):
        async with self.http.get(self.address + path, headers={"X-Language": "en"}) as answer:
            return answer.status, await answer.json()

    def socket(self, **headers):
        return self.http.ws_connect(f"{self.address}/ws?window=w1", headers=self.headers | headers)

    async def attend(self, visit):
        """Everything up to the waiting room's door."""
        assert (await self.post("/api/begin", {"link": visit.link}))[0] == 200
        assert (await self.post("/api/identity", {"name": "沈若兰", "birthday": "1984-03-01"}))[0] == 200
        status, found = await self.get("/api/visit")
        assert (status, found["step"]) == (200, "consent")
        assert (await self.post("/api/consent", {"version": found["consent"]["version"]}))[0] == 200


async def told(socket, kind, seconds=10):
    """The next message of a kind."""
    while True:
        message = await socket.receive_json(timeout=seconds)
        if message["t"] == kind:
            return message


@pytest.fixture
def visit(sqlite_url):
    made = open_visit(sqlite_url)
    yield made
    made.clinic.database.close()


@pytest_asyncio.fixture
async def running(visit):
    async with gateways.in_process(visit.url) as made:
        yield made


@pytest.fixture
def gateway(running):
    return running[0]


@pytest.fixture
def address(running):
    return running[1]


@pytest_asyncio.fixture
async def client(address):
    made = Client(address)
    yield made
    await made.http.close()


@pytest_asyncio.fixture
async def stranger(address):
    made = Client(address)
    yield made
    await made.http.close()
