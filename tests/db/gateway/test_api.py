"""The steps as requests, on each of the three databases, and what they refuse."""

import logging

import pytest

from tcmdesk.core import log
from tests.db.gateway.conftest import Client
from tests.support import gateways
from tests.support.video_visits import open_visit


async def test_from_the_link_to_the_door_on_every_database(database_url):
    visit = open_visit(database_url)
    async with gateways.in_process(visit.url) as (_, address):
        client = Client(address)
        status, found = await client.post("/api/look", {"link": visit.link})
        assert (status, found["step"], found["doctor"]) == (200, "link", "陈景和")
        assert found["planned"] == "Tue 24 Nov 14:00"
        await client.attend(visit)
        assert (await client.get("/api/visit"))[1]["step"] == "devices"
        await visit.complete()
        assert (await client.get("/api/visit"))[1]["step"] == "rate"
        assert (await client.post("/api/rate", {"stars": 5, "comment": " 很好 "}))[1]["step"] == "thanks"
        row = await visit.row()
        assert (row.patient_rating, row.patient_feedback) == (5, "很好")
        await client.http.close()
    visit.clinic.database.close()


async def test_what_a_stranger_sees_names_nobody(visit, client):
    _, found = await client.post("/api/look", {"link": visit.link})
    assert "沈若兰" not in str(found)
    assert set(found) == {"step", "clinic", "doctor", "planned"}


async def test_a_link_opens_once_and_again_for_its_own_browser(visit, client, stranger):
    await client.attend(visit)
    assert (await stranger.post("/api/look", {"link": visit.link}))[0] == 410
    status, refusal = await stranger.post("/api/begin", {"link": visit.link})
    assert (status, refusal["code"]) == (410, "link.used")
    assert (await client.post("/api/look", {"link": visit.link}))[1]["step"] == "devices"
    assert (await client.get("/api/visit"))[0] == 200, "the first is not disturbed"


async def test_a_forged_link_and_a_forged_cookie(visit, client):
    status, refusal = await client.post("/api/begin", {"link": "x" * 43})
    assert (status, refusal["code"]) == (410, "link.unknown")
    assert not client.http.cookie_jar
    client.http.cookie_jar.update_cookies({"visit": "y" * 43})
    status, refusal = await client.get("/api/visit")
    assert (status, refusal["code"]) == (401, "session.ended")


async def test_birthdays_cannot_be_guessed(visit, client):
    await client.post("/api/begin", {"link": visit.link})
    codes = [
        (await client.post("/api/identity", {"name": "沈若兰", "birthday": f"1984-03-{day:02d}"}))[0]
        for day in range(2, 10)
    ]
    assert codes == [422] * 6 + [429] * 2


async def test_links_cannot_be_tried_in_bulk(visit, client):
    codes = [(await client.post("/api/look", {"link": "x" * 43}))[0] for _ in range(22)]
    assert codes == [410] * 20 + [429] * 2


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/api/begin", {}, 400),
        ("/api/begin", {"link": 7}, 400),
        ("/api/begin", {"link": "x" * 300}, 400),
        ("/api/begin", [1], 400),
        ("/api/identity", {"name": "x" * 200, "birthday": "1984-03-01"}, 400),
        ("/api/identity", {"name": "沈若兰", "birthday": "1984"}, 422),
        ("/api/consent", {"version": 3}, 400),
        ("/api/consent", {"version": "old"}, 422),
        ("/api/rate", {"stars": 6, "comment": ""}, 422),
        ("/api/rate", {"stars": True, "comment": ""}, 422),
        ("/api/rate", {"stars": 3, "comment": "x" * 1001}, 400),
        ("/api/rate", {"stars": 3, "comment": ""}, 422),
    ],
)
async def test_what_no_page_asks_is_refused(visit, client, path, content, status):
    await client.post("/api/begin", {"link": visit.link})
    async with client.http.post(client.address + path, json=content, headers=client.headers) as answer:
        assert answer.status == status


async def test_a_body_that_is_too_large_or_of_another_kind(visit, client):
    headers = client.headers | {"Content-Type": "application/json"}
    for data, expected in ((b'{"link":"' + b"x" * 20_000 + b'"}', 413), (b"{", 400)):
        async with client.http.post(client.address + "/api/look", data=data, headers=headers) as answer:
            assert answer.status == expected
    async with client.http.post(
        client.address + "/api/look", data="link=x", headers=client.headers | {"Content-Type": "text/plain"}
    ) as answer:
        assert answer.status == 415


async def test_refusals_are_in_the_pages_language(visit, client):
    texts = set()
    for language in ("zh_CN", "en", "xx"):
        client.headers["X-Language"] = language
        texts.add((await client.post("/api/look", {"link": "x" * 43}))[1]["text"])
    assert any("This link is not complete" in text for text in texts)


async def test_the_log_names_nobody(visit, client, tmp_path):
    path = log.start(tmp_path)
    try:
        await client.attend(visit)
        await client.post("/api/identity", {"name": "许见山", "birthday": "1970-01-01"})
        async with client.socket() as socket:
            await socket.send_str('{"t":"signal","kind":"offer","payload":{"sdp":"沈若兰"}}')
            await socket.receive(timeout=10)
        logging.getLogger("aiohttp.access").warning("GET /#%s", visit.link)
    finally:
        log.stop()
    written = path.read_text("utf-8")
    for private in ("沈若兰", "许见山", "1984", visit.link, visit.room.room_id):
        assert private not in written
