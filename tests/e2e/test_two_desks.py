"""Two real processes of the application on one MySQL server."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tcmdesk.cli.demo import people
from tcmdesk.cli.demo.make import fill
from tests.e2e.desk import Desk
from tests.support.sql import sql_allowed
from tools.servers.flavours import MYSQL
from tools.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger(__name__)
ZONE = ZoneInfo("Asia/Shanghai")
PROMISED_SECONDS = 3.0
SOMEONE = "Alexandra"
pytestmark = [pytest.mark.server, pytest.mark.slow]


def _morning() -> dt.datetime:
    today = dt.datetime.now(ZONE).date()
    return dt.datetime.combine(today, dt.time(9, 2), ZONE)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of its own, because one test ends it."""
    with Server(MYSQL) as server:
        yield server


@pytest.fixture
def url(server: Server) -> str:
    """The demo clinic on MySQL."""
    with sql_allowed():
        engine = create_engine(server.url(), poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text("CREATE DATABASE tcmdesk_desks CHARACTER SET utf8mb4"))
        fill(server.url("tcmdesk_desks"), _morning(), ZONE)
    return server.url("tcmdesk_desks")


@pytest.fixture
def desks(url: str, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two clerks, both signed in, both looking at today."""
    with ExitStack() as stack:
        pair = tuple(stack.enter_context(Desk(url, tmp_path / name, _morning())) for name in ("one", "two"))
        for desk in pair:
            desk.sign_in("fangyun", people.PASSWORD)
            desk.wait(lambda desk: desk.lists("沈若兰"), "today's cards")
        yield pair


def _book(desk: Desk) -> None:
    desk.do("keys", keys=["N"])
    desk.do("write", text=SOMEONE)
    desk.wait(lambda desk: desk.says("Alexandra") or desk.lists("Alexandra"), "the patient in the list")
    desk.do("keys", keys=["Return"])
    desk.do("keys", keys=["Ctrl+Return"])


def test_a_booking_at_one_desk_appears_at_the_other(desks, tmp_path):
    one, two = desks
    assert not two.lists(SOMEONE)
    for name, desk in (("one", one), ("two", two)):
        desk.do("grab", path=str(tmp_path / f"before-{name}.png"))

    _book(one)
    one.wait(lambda desk: desk.lists(SOMEONE), "the booking at the desk that made it")
    seconds = two.wait(lambda desk: desk.lists(SOMEONE), "the booking at the other desk")

    for name, desk in (("one", one), ("two", two)):
        desk.do("grab", path=str(tmp_path / f"after-{name}.png"))
    log.info("the other desk saw it after %.2f s", seconds)
    assert seconds <= PROMISED_SECONDS


def test_a_server_that_is_killed_and_comes_back(desks, server):
    one, two = desks
    server.kill()
    for desk in desks:
        desk.wait(lambda desk: desk.says("cannot be reached"), "the banner")
        assert desk.lists("沈若兰")

    server.start()
    for desk in desks:
        desk.wait(lambda desk: desk.says("is back"), "the news that it is back")
    _book(one)
    two.wait(lambda desk: desk.lists(SOMEONE), "a booking after the return")
