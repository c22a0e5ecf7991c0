"""The server as a whole: TLS, health, its end."""

import asyncio
import ssl

import aiohttp
import pytest

from tcmdesk.core.errors import Unavailable
from tcmdesk.gateway import listen
from tcmdesk.gateway.server import Gateway
from tests.support.self_signed import write_certificate


@pytest.fixture
def certificate(tmp_path):
    return write_certificate(tmp_path, "127.0.0.1", "visit.example")


async def test_over_tls_with_the_certificates_names(visit, certificate):
    gateway = Gateway(visit.url, listen.parse("127.0.0.1:0", certificate=certificate[0], key=certificate[1]))
    stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(gateway.serve(port.set_result, stop=stop))
    address = f"https://127.0.0.1:{await asyncio.wait_for(port, 20)}"
    trust = ssl.create_default_context(cafile=certificate[0])
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{address}/", ssl=trust) as answer:
            assert answer.status == 200
            assert "Strict-Transport-Security" in answer.headers
        async with http.post(
            f"{address}/api/begin", json={"link": visit.link}, headers={"Origin": address}, ssl=trust
        ) as answer:
            assert answer.status == 200
            assert answer.headers["Set-Cookie"].startswith("__Host-visit=")
        async with http.get(f"{address}/", headers={"Host": "other.example"}, ssl=trust) as answer:
            assert answer.status == 421
        with pytest.raises(aiohttp.ClientError):
            await http.get(address.replace("https", "http"))
    stop.set()
    await serving


async def test_health_follows_the_database(client, gateway, monkeypatch):
    async with client.http.get(f"{client.address}/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok\n")

    def away(_query):
        raise Unavailable("db.away", "away")

    monkeypatch.setattr(gateway.desk.database, "read", away)
    async with client.http.get(f"{client.address}/healthz") as answer:
        assert answer.status == 503


async def test_an_address_in_use_ends_in_an_error_and_closes_everything(visit, address):
    second = Gateway(visit.url, listen.parse(address.removeprefix("http://")))
    with pytest.raises(OSError, match="address already in use"):
        await second.serve(lambda _port: None, stop=asyncio.Event())
