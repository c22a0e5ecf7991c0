"""Several desks race for the same times: nobody wins twice, nobody deadlocks."""

import datetime as dt
import itertools
import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace

import pytest
from sqlalchemy import text

from tcmdesk.core.actor import Role
from tcmdesk.core.ids import uuid7
from tcmdesk.features.appointments.queries.intervals import most_at_once
from tcmdesk.features.schedules.service import resources
from tcmdesk.features.schedules.service.hours import save_week
from tcmdesk.features.schedules.types import Resource, ResourceKind, VisitKind
from tests.factories.bookings import at
from tests.factories.clinic import DAY
from tests.factories.hours import week

DESKS = 6
ATTEMPTS = 12
CELLS = 24
DEADLOCKS = {
    "mysql": "SELECT count FROM information_schema.innodb_metrics WHERE name = 'lock_deadlocks'",
    "mariadb": "SELECT variable_value FROM information_schema.global_status"
    " WHERE variable_name = 'innodb_deadlocks'",
}


def deadlocks(database):
    """How many deadlocks the server has counted; SQLite has none to count."""
    with database.reads.connect() as connection:
        kind = "mariadb" if getattr(connection.dialect, "is_mariadb", False) else connection.dialect.name
        return int(connection.scalar(text(DEADLOCKS[kind]))) if kind in DEADLOCKS else 0


def say(rival, line):
    rival.stdin.write(f"{line}\n")
    rival.stdin.flush()


@pytest.fixture
def race(database, doctor, patient):
    def run():
        task = {
            "url": database.url.render_as_string(hide_password=False), "doctor": doctor, "patient": patient,
            "first": at("13:00").isoformat(), "cells": CELLS, "attempts": ATTEMPTS,
        }  # fmt: skip
        rivals = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.support.rivals"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for _ in range(DESKS)
        ]  # fmt: skip
        answers = []
        for number, rival in enumerate(rivals):
            say(rival, json.dumps(task | {"number": number}))
        for rival in rivals:
            assert rival.stdout.readline() == "ready\n", rival.communicate()[1]
        for rival in rivals:
            say(rival, "go")
        for rival in rivals:
            out, errors = rival.communicate(timeout=120)
            assert rival.returncode == 0, errors
            answers.append(json.loads(out))
        return answers

    return run


@pytest.mark.slow
def test_nobody_is_booked_twice_and_nothing_deadlocks(race, schedule, database):
    before = deadlocks(database)
    answers = race()
    day = schedule.day(DAY)
    taken = sorted(
        (card.starts_at, card.starts_at + dt.timedelta(minutes=card.minutes)) for card in day.cards
    )
    for (_, end), (start, _) in itertools.pairwise(taken):
        assert end <= start
    assert day.clashes == ()
    won = sum(answer["won"] for answer in answers)
    assert won == len(day.cards) >= 1
    assert sum(answer["lost"] for answer in answers) == DESKS * ATTEMPTS - won
    assert deadlocks(database) == before
    if not database.embedded:
        assert [answer["repeated"] for answer in answers] == [0] * DESKS
    for card in day.cards:
        held = schedule.held(card.appointment_id)
        assert held == [card.starts_at + dt.timedelta(minutes=5 * n) for n in range(card.minutes // 5)]


@pytest.mark.slow
def test_seats_and_beds_are_never_given_twice_either(race, schedule, database, clerk, doctor):
    """Two at once with the doctor, each with a bed, of which there are three: claims of several rows in one order."""
    chief = replace(clerk, role=Role.ADMIN)
    beds = [Resource(uuid7(), f"针床 {number}", ResourceKind.BED, place=number) for number in (1, 2, 3)]
    kind = VisitKind(uuid7(), "针灸", 5, ResourceKind.BED, 5, 30, doctor_id=doctor, usual=True)

    def furnish(uow):
        save_week(uow, chief, doctor, week(doctor, (0, 1440), seats=2))
        for bed in beds:
            resources.save_resource(uow, chief, bed)
        resources.save_visit_kind(uow, chief, kind)

    database.write(chief, "test", furnish)
    before = deadlocks(database)
    answers = race()
    assert sum(answer["won"] + answer["lost"] for answer in answers) == DESKS * ATTEMPTS
    cards = schedule.day(DAY).cards
    spans = [(card.starts_at, card.starts_at + dt.timedelta(minutes=card.minutes)) for card in cards]
    assert max(most_at_once(spans, *span) for span in spans) <= 2
    by_bed = defaultdict(list)
    for card in cards:
        row = schedule.desk_row(card.appointment_id)
        held = (row.resource_from, row.resource_from + dt.timedelta(minutes=row.resource_minutes))
        by_bed[card.room].append(held)
        cells = (card.minutes + row.resource_minutes) // 5
        assert len(schedule.held(card.appointment_id)) == cells
    assert set(by_bed) <= {bed.name for bed in beds}
    for held in by_bed.values():
        for (_, end), (start, _) in itertools.pairwise(sorted(held)):
            assert end <= start
    assert schedule.day(DAY).clashes == ()
    assert deadlocks(database) == before
