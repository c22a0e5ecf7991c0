"""Many desks at once, each with connections of its own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from tcmdesk.core.db.database import Database
from tests.support.sql import sql_allowed

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def crowd(database: Database, size: int, work: Callable[[Database, int], T]) -> list[T]:
    """Run `work` for `size` desks that start together; what they return, in no order.

    Each has a ledger of its own, as workstations do; more than fifty take turns, since a server admits only so many.
    """
    desks = [
        Database(database.url, workstation=f"crowd-{number}", clock=database.clock, give_up_seconds=60)
        for number in range(min(size, 50))
    ]
    barrier = threading.Barrier(len(desks))

    def one(number: int) -> list[T]:
        barrier.wait()
        return [work(desks[number], each) for each in range(number, size, len(desks))]

    try:
        with sql_allowed(), ThreadPoolExecutor(len(desks)) as pool:
            return [result for results in pool.map(one, range(len(desks))) for result in results]
    finally:
        for desk in desks:
            desk.close()
