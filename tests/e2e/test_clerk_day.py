"""A clerk's whole day by keyboard: two desks at once on one MySQL server, the platform writing beside them.

The clinic lies in the zone in which it is nine o'clock now, so that the desks' clocks and the server's agree.
"""

from __future__ import annotations

import datetime as dt
import logging
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from tcmdesk.cli.demo import people
from tcmdesk.cli.demo.make import fill
from tcmdesk.core.actor import System
from tcmdesk.core.db.database import Database
from tcmdesk.features.appointments.service.board import day_board
from tests.e2e.clerk import Clerk
from tests.e2e.clinic import CELLS_LEFT_OVER, CELLS_MISSING, OPEN_TODAY, OVERLAPS, Clinic
from tests.e2e.desk import ROOT, Desk
from tests.support.sql import sql_allowed
from tools.servers.flavours import MYSQL
from tools.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

log = logging.getLogger(__name__)
OPENING_HOUR = 9
OFFER_SECONDS = 5.0
AILING, LISTED = "陈景和", "屠明远"
"""The doctor who falls ill, and who is on the demo's waitlist for another one's cancellation."""
WANTED = "苏婉清"
NEW = (("丁香叶", "44"), ("木蝴蝶", "29"), ("白前胡", "61"), ("石见穿", "8"), ("马齿苋", "35"))
NO_PHONE, CHILD = "路路通", "丁小禾"
pytestmark = [pytest.mark.server, pytest.mark.slow]


def _zone() -> ZoneInfo:
    behind = (dt.datetime.now(dt.UTC).hour - OPENING_HOUR + 12) % 24 - 12
    return ZoneInfo(f"Etc/GMT{behind:+d}" if behind else "Etc/GMT")


@pytest.fixture
def zone() -> ZoneInfo:
    return _zone()


@pytest.fixture
def clinic(zone: ZoneInfo) -> Iterator[Clinic]:
    """The demo clinic on a server of its own, opened this morning."""
    with Server(MYSQL) as server:
        with sql_allowed():
            engine = create_engine(server.url(), poolclass=NullPool)
            with engine.begin() as connection:
                connection.execute(text("CREATE DATABASE tcmdesk_day CHARACTER SET utf8mb4"))
            fill(server.url("tcmdesk_day"), dt.datetime.now(zone), zone)
        yield Clinic(server.url("tcmdesk_day"))


@pytest.fixture
def clerks(clinic: Clinic, tmp_path: Path) -> Iterator[tuple[Clerk, Clerk]]:
    """Two clerks, both signed in, both looking at today."""
    now = dt.datetime.now(dt.UTC)
    with ExitStack() as stack:
        desks = [stack.enter_context(Desk(clinic.url, tmp_path / name, now)) for name in ("one", "two")]
        for desk in desks:
            desk.sign_in("fangyun", people.PASSWORD)
        for desk in desks:
            desk.do("resize", width=1440, height=900)
            desk.wait(lambda desk: desk.lists(WANTED), "today's board")
        yield Clerk(desks[0], "one", tmp_path), Clerk(desks[1], "two", tmp_path)


@pytest.fixture
def step(clerks: tuple[Clerk, Clerk]) -> Callable[[str], None]:
    """Tell how long a step took, and keep pictures of both desks after it."""
    began = time.monotonic()

    def done(name: str) -> None:
        nonlocal began
        log.info("%s: %.1f s", name, time.monotonic() - began)
        for clerk in clerks:
            clerk.picture(name)
        began = time.monotonic()

    return done


def at_once(*works: Callable[[], object]) -> None:
    with ThreadPoolExecutor(len(works)) as pool:
        for work in [pool.submit(work) for work in works]:
            work.result()


def until(condition: Callable[[], bool], what: str, patience: float = 20.0) -> float:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < patience, f"not within {patience:.0f} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - started


def open_today(clinic: Clinic, zone: ZoneInfo, doctor: str | None = None) -> list:
    """Bookings of today that nobody has come for yet, from half an hour from now on."""
    now = dt.datetime.now(zone)
    midnight = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time(), zone)
    after, until_ = (
        moment.astimezone(dt.UTC).replace(tzinfo=None)
        for moment in (now + dt.timedelta(minutes=30), midnight)
    )
    rows = clinic.rows(OPEN_TODAY, after=after, until=until_)
    names = [row.patient for row in rows]
    return [row for row in rows if names.count(row.patient) == 1 and doctor in {None, row.doctor}]


def _walk_ins(one: Clerk, two: Clerk, clinic: Clinic, today: dt.date) -> None:
    known = clinic.strangers_of_today(today, 4)
    for number, (name, age) in enumerate(NEW):
        (one, two)[number % 2].walk_in_new(name, age, f"1991234{number:04d}")
    one.walk_in_new(NO_PHONE, "71")
    two.walk_in_child(NEW[0][0], CHILD, "6")
    one.walk_in(known[0])
    two.walk_in(known[1])
    one.wait("the other desk's walk-in", lambda: one.desk.lists(known[1]))
    one.book(known[2])
    one.book(known[3])


def _platform(two: Clerk, clinic: Clinic, zone: ZoneInfo) -> None:
    """Two bookings of a family's account come in; for one it is said whom it is for."""
    account, holder = clinic.rows(
        "SELECT u.id, u.name FROM users u JOIN patient_profiles p ON p.user_id = u.id WHERE u.status = 'active'"
        " GROUP BY u.id, u.name HAVING count(*) > 1 ORDER BY u.name LIMIT 1"
    )[0]
    before = two.desk.do("described", name="New bookings from the platform")
    today = dt.datetime.now(zone).date()
    free = [part.split(" ", 1) for part in two.free_times()]
    slots = [
        each for each in free if each[0] >= "14:00" and each[0][-2:] in {"00", "30"} and each[1] != AILING
    ]
    booked = []
    for slot, doctor in slots[:2]:
        moment = dt.datetime.combine(today, dt.time.fromisoformat(slot), zone)
        booked.append(clinic.platform_books(account, doctor, moment))
    two.wait(
        "the count of the inbox",
        lambda: two.desk.do("described", name="New bookings from the platform") != before,
    )
    two.press("I")
    two.wait("the list", lambda: holder in two.desk.do("chosen") or two.desk.lists(holder))
    two.press("Home")
    two.see("For whom?")
    two.press("2")
    two.see("The booking is for")
    two.press("C")
    until(
        lambda: clinic.count("SELECT count(*) FROM appointments WHERE status = 'confirmed' AND id IN (:a, :b)",
                             a=booked[0], b=booked[1]) == 1,
        "one of the platform's bookings is confirmed",
    )  # fmt: skip
    two.go("Ctrl+1", "BoardGrid")


def _queue(one: Clerk, two: Clerk, clinic: Clinic, zone: ZoneInfo) -> None:
    """Arrive, both desks call the same one, consult, finish; another does not come."""
    came, stayed_away = [row for row in open_today(clinic, zone) if row.doctor not in {AILING, WANTED}][:2]
    one.find(came.patient)
    one.press("A")
    one.see("has arrived")
    two.find(came.patient)
    two.wait("the arrival at the other desk", lambda: "No. " in two.desk.do("chosen"))
    one.find(came.patient)
    at_once(lambda: one.press("C"), lambda: two.press("C"))
    until(lambda: one.desk.says("is called") or two.desk.says("is called"), "the call")
    winner, other = (one, two) if one.desk.says("is called") else (two, one)
    other.see("has just been called")
    assert clinic.count("SELECT call_count FROM desk_visits WHERE appointment_id = :id", id=came.id) == 1
    winner.wait("it on the card", lambda: "called" in winner.desk.do("chosen").lower())
    winner.press("Shift+C")
    winner.see("is in consultation")
    winner.wait("it on the card", lambda: "consultation" in winner.desk.do("chosen").lower())
    winner.press("Shift+C")
    winner.see("is finished")
    assert clinic.rows("SELECT status FROM appointments WHERE id = :id", id=came.id) == [("completed",)]
    two.find(stayed_away.patient)
    two.press("A")
    two.see(f"{stayed_away.patient} has arrived")
    two.wait("it on the card", lambda: "No. " in two.desk.do("chosen"))
    two.press("Shift+N")
    two.see("did not come")
    stage = clinic.rows("SELECT stage FROM desk_visits WHERE appointment_id = :id", id=stayed_away.id)
    assert stage == [("no_show",)]


def _leave(one: Clerk, clinic: Clinic, zone: ZoneInfo) -> None:
    hit = open_today(clinic, zone, AILING)
    assert len(hit) >= 3
    one.find(hit[-1].patient)
    one.press("L")
    one.see("Each patient is notified")
    one.press("Ctrl+Return")
    one.see("Leave entered")
    assert open_today(clinic, zone, AILING) == []
    moved = clinic.count(
        "SELECT count(*) FROM appointments WHERE status = 'confirmed' AND id IN :ids".replace(
            ":ids", "(" + ", ".join(f"'{row.id}'" for row in hit) + ")"
        )
    )
    assert moved == len(hit)


def _waitlist(one: Clerk, two: Clerk, clinic: Clinic, zone: ZoneInfo) -> None:
    """A cancellation is offered to who waits; both desks accept, one books."""
    cancelled = next(row for row in open_today(clinic, zone, WANTED) if row.minutes == 15)
    one.find(cancelled.patient)
    one.press("X")
    one.wait("the reasons", lambda: one.desk.do("window") == "CancelDialog")
    one.press("Return")
    one.see("is cancelled")
    offers = "SELECT count(*) FROM desk_waitlist_offers WHERE status = 'held' AND starts_at = :at"
    seconds = until(lambda: clinic.count(offers, at=cancelled.starts_at) == 1, "the offer", OFFER_SECONDS)
    log.info("offered after %.2f s", seconds)
    for clerk in (one, two):
        clerk.go("Ctrl+2", "Table Waitlist")
        clerk.wait("the rows", lambda clerk=clerk: clerk.desk.do("chosen"))
        clerk.press("Home")
        for _ in range(5):
            if LISTED in clerk.desk.do("chosen"):
                break
            clerk.press("Down")
        assert LISTED in clerk.desk.do("chosen")
        clerk.wait(
            "the offer", lambda clerk=clerk: any("min left" in item for item in clerk.desk.do("items"))
        )
    at_once(lambda: one.press("A"), lambda: two.press("A"))
    until(lambda: one.desk.says("is booked at") or two.desk.says("is booked at"), "the booking")
    winner, other = (one, two) if one.desk.says(f"{LISTED} is booked at") else (two, one)
    winner.see(f"{LISTED} is booked at")
    other.see("Another desk has just accepted this offer")
    assert clinic.count(
        "SELECT count(*) FROM appointments a JOIN desk_appointments d ON d.appointment_id = a.id"
        " WHERE a.doctor_id = :doctor AND d.starts_at = :at AND a.status = 'confirmed'",
        doctor=cancelled.doctor_id, at=cancelled.starts_at,
    ) == 1  # fmt: skip
    for clerk in (one, two):
        clerk.go("Ctrl+1", "BoardGrid")


def _closing(one: Clerk, clinic: Clinic, tmp_path: Path) -> None:
    """The lists at the end of the day, and a doctor's day on paper."""
    one.go("Ctrl+3", "From the platform")
    one.go("Alt+2", "Unconfirmed")
    one.wait("somebody unconfirmed", lambda: one.desk.do("chosen").startswith("Patient"))
    one.go("Alt+4", "Did not come")
    # whoever is marked before the time of the visit is listed when that is over: nobody of today is yet
    one.wait("who did not come", lambda: one.desk.do("chosen").startswith("Patient"))
    one.go("Ctrl+1", "BoardGrid")
    one.find(LISTED)
    one.press("Ctrl+P")
    one.wait("the day list", lambda: one.desk.do("window") == "PreviewDialog")
    paper = tmp_path / "day.pdf"
    one.desk.do("keys_into_dialog", keys=["Ctrl+S"])
    one.wait("where to save it", lambda: one.desk.do("window") == "QFileDialog")
    one.write(str(paper))
    one.press("Return")
    one.see("Saved as day.pdf")
    printed = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True, timeout=20
    ).stdout
    assert WANTED in printed
    expected = clinic.rows(
        "SELECT coalesce(p.name, w.name) FROM appointments a JOIN desk_appointments d ON d.appointment_id = a.id"
        " JOIN users w ON w.id = a.patient_id LEFT JOIN patient_profiles p ON p.id = d.profile_id"
        " JOIN doctors o ON o.id = a.doctor_id JOIN users u ON u.id = o.user_id"
        " WHERE u.name = :doctor AND a.status <> 'cancelled' AND d.starts_at BETWEEN :now AND :now + INTERVAL 8 HOUR",
        doctor=WANTED, now=dt.datetime.now(dt.UTC).replace(tzinfo=None),
    )  # fmt: skip
    assert expected
    assert [name for (name,) in expected if name not in printed] == []


def _unflagged(clinic: Clinic, zone: ZoneInfo) -> list[set[str]]:
    """Overlaps that no board shows as a clash; the platform books without asking, which the boards flag."""
    database, unflagged = Database(clinic.url, workstation="test"), []
    for one, other, starts_at in clinic.rows(OVERLAPS):
        day = starts_at.replace(tzinfo=dt.UTC).astimezone(zone).date()
        with sql_allowed():
            board = database.read(
                lambda connection, day=day: day_board(connection, System("test"), day, zone)
            )
        if not any({one, other} <= set(clash.appointment_ids) for clash in board.clashes):
            unflagged.append({one, other})
    database.close()
    return unflagged


def _consistent(clinic: Clinic, zone: ZoneInfo) -> None:
    assert _unflagged(clinic, zone) == []
    assert clinic.rows(CELLS_MISSING, after=dt.datetime.now(dt.UTC).replace(tzinfo=None)) == []
    assert clinic.rows(CELLS_LEFT_OVER) == []
    audit = subprocess.run(
        [sys.executable, "-m", "tcmdesk", "audit", "verify", "--url", clinic.url],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert audit.returncode == 0, audit.stdout + audit.stderr


def test_a_day_at_two_desks(clerks, clinic, zone, step, tmp_path):
    one, two = clerks
    step("1-opening")
    _walk_ins(one, two, clinic, dt.datetime.now(zone).date())
    assert clinic.count("SELECT count(*) FROM desk_visits WHERE walk_in = 1 AND stage = 'arrived'") >= 9
    step("2-walk-ins")
    _platform(two, clinic, zone)
    step("3-platform")
    _queue(one, two, clinic, zone)
    step("4-queue")
    _leave(one, clinic, zone)
    step("5-leave")
    _waitlist(one, two, clinic, zone)
    step("6-waitlist")
    _closing(one, clinic, tmp_path)
    step("7-closing")
    _consistent(clinic, zone)
    step("8-consistent")
