"""Checking what is stored: every prescription of a period, the platform's included."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from tcmdesk.core.permissions import requires
from tcmdesk.features.prescriptions import queries
from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.check import check
from tcmdesk.features.prescriptions.safety.stored import read_stored
from tcmdesk.features.prescriptions.types import AUDIT, Severity
from tcmdesk.features.settings import service as settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.prescriptions.safety.stored import StoredPrescription
    from tcmdesk.features.prescriptions.types import Check

PAGE: Final = 500
"""Prescriptions in one read: a few megabytes at most, and a second's work between two looks at a cancel."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What the check says about a stored prescription; `check` is None when its medicines cannot be read."""

    id: str
    code: str
    doctor_id: str
    at: dt.datetime
    check: Check | None


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """How many prescriptions were looked at, how many had alerts worse than information, how many could not be read."""

    checked: int
    alerted: int
    unreadable: int
    cancelled: bool


@requires(AUDIT)
def audit(
    database: Database,
    actor: Actor,
    first: dt.date,
    last: dt.date,
    *,
    take: Callable[[Audited], None],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> AuditSummary:
    """Check every prescription written from `first` to `last`, both included, by the clinic's days.

    Args:
        take: gets every prescription with its check, in the order of their ids.
        progress: called with how many are done and how many there are.
        cancelled: asked before every page and every prescription.
    """
    zone = database.read(lambda connection: settings.clinic(connection, actor).zone)
    start = dt.datetime.combine(first, dt.time(), zone).astimezone(dt.UTC)
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), zone).astimezone(dt.UTC)
    # reading a period's prescriptions is itself something the record of who did what has to know
    database.write(actor, AUDIT.value, _nothing, detail={"from": first.isoformat(), "to": last.isoformat()})
    total = database.read(lambda connection: queries.count(connection, start, end))
    checked = alerted = unreadable = 0
    after = ""
    progress(0, total)
    while not cancelled():
        rows = database.read(partial(queries.page, start=start, end=end, after=after, limit=PAGE))
        for row in rows:
            if cancelled():
                break
            audited = _audited(row, zone)
            take(audited)
            checked += 1
            unreadable += audited.check is None
            alerted += audited.check is not None and any(
                alert.severity is not Severity.INFO for alert in audited.check.alerts
            )
        if not rows:
            return AuditSummary(checked, alerted, unreadable, cancelled=False)
        progress(checked, max(total, checked))
        after = rows[-1].id
    return AuditSummary(checked, alerted, unreadable, cancelled=True)


def _nothing(_: UnitOfWork) -> None:
    """Only the ledger's row is written."""


def _audited(row: StoredPrescription, zone: dt.tzinfo) -> Audited:
    knowledge = reference()
    draft = read_stored(knowledge, row, row.at.astimezone(zone).date())
    result = None if draft is None else check(knowledge, draft)
    return Audited(row.id, row.code, row.doctor_id, row.at, result)
