"""Ids are UUIDs of version 7, in order of time."""

import time
import uuid

from tcmdesk.core.ids import uuid7


def test_the_form_is_the_contracts():
    made = uuid7()
    assert len(made) == 36
    assert made == made.lower()
    parsed = uuid.UUID(made)
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122


def test_they_carry_the_time_and_sort_by_it():
    before = time.time_ns() // 1_000_000
    first = uuid7()
    time.sleep(0.002)
    second = uuid7()
    assert before <= uuid.UUID(first).int >> 80 <= time.time_ns() // 1_000_000
    assert first < second


def test_many_at_once_differ():
    assert len({uuid7() for _ in range(20_000)}) == 20_000
