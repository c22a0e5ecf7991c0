"""Headers, hosts, origins, rates."""

import pytest

from tests.db.gateway.conftest import Client
from tests.support import gateways


async def test_every_answer_carries_the_headers(client):
    for path, status in (("/", 200), ("/static/main.js", 200), ("/texts/en.json", 200), ("/nowhere", 404)):
        async with client.http.get(client.address + path) as answer:
            assert answer.status == status
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "camera=(self)" in answer.headers["Permissions-Policy"]
            assert answer.headers["Cache-Control"] in {"no-cache", "no-store"}


async def test_a_file_that_is_known_is_not_sent_again(client):
    async with client.http.get(f"{client.address}/static/main.js") as answer:
        etag = answer.headers["ETag"]
    async with client.http.get(f"{client.address}/static/main.js", headers={"If-None-Match": etag}) as answer:
        assert (answer.status, await answer.read()) == (304, b"")


@pytest.mark.parametrize("host", ["clinic.example", "127.0.0.1.evil.example", "<b>x</b>"])
async def test_another_host_is_refused_without_being_repeated(client, host):
    async with client.http.get(f"{client.address}/", headers={"Host": host}) as answer:
        assert answer.status == 421
        assert await answer.read() == b""


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost:1"])
async def test_requests_of_other_sites_are_refused(visit, client, origin):
    headers = {"Origin": origin} if origin else {}
    for method, path in (("POST", "/api/look"), ("GET", "/ws")):
        async with client.http.request(
            method, client.address + path, headers=headers, json={"link": visit.link}
        ) as answer:
            assert answer.status == 403


async def test_there_is_no_list_of_rooms_and_no_other_method(client):
    for path in (
        "/rooms",
        "/api/rooms",
        "/api/visit/1",
        "/static/",
        "/static/../listen.py",
        "/texts/xx.json",
    ):
        async with client.http.get(client.address + path) as answer:
            assert answer.status == 404
            assert await answer.read() == b""
    async with client.http.put(client.address + "/api/visit", headers=client.headers) as answer:
        assert answer.status == 405


async def test_one_address_cannot_take_the_gateway_from_the_others(client):
    statuses = []
    for _ in range(260):
        async with client.http.get(f"{client.address}/static/text.js") as answer:
            statuses.append(answer.status)
    assert statuses[0] == 200
    assert statuses[-1] == 429
    async with client.http.get(f"{client.address}/healthz") as answer:
        assert answer.status == 200


async def test_behind_a_proxy_cookies_are_secure_and_addresses_are_the_browsers(visit):
    async with gateways.in_process(visit.url, "visit.example") as (_, address):
        client = Client(address)
        client.headers |= {"Host": "visit.example", "Origin": "https://visit.example"}
        async with client.http.post(
            f"{address}/api/begin", json={"link": visit.link}, headers=client.headers
        ) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
            assert "wss://visit.example" in answer.headers["Content-Security-Policy"]
        assert cookie.startswith("__Host-visit=")
        for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="):
            assert word in cookie
        # each browser has a bucket of its own, though all come from the proxy
        for number in range(30):
            headers = client.headers | {"X-Forwarded-For": f"203.0.113.9, 198.51.100.{number}"}
            async with client.http.post(
                f"{address}/api/look", json={"link": "x" * 43}, headers=headers
            ) as answer:
                assert answer.status == 410
        await client.http.close()


async def test_without_a_proxy_a_forwarded_address_counts_nothing(client):
    statuses = []
    for number in range(21):
        headers = client.headers | {"X-Forwarded-For": f"198.51.100.{number}"}
        async with client.http.post(
            f"{client.address}/api/look", json={"link": "x" * 43}, headers=headers
        ) as answer:
            statuses.append(answer.status)
    assert statuses[-1] == 429
