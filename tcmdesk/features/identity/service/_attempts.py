"""Counts tries to sign in before they are verified, in the database, so that all workstations count together."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from tcmdesk.core.db.unit_of_work import PrepareFirst
from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_
from tcmdesk.core.spelling import folded, without_marks
from tcmdesk.features.identity.models import DeskSignIn
from tcmdesk.features.identity.queries.sign_in import lay_tries, read_tries
from tcmdesk.features.identity.types import LOCK_MINUTES, TRIES

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.db.unit_of_work import UnitOfWork
    from tcmdesk.features.identity.queries.sign_in import Tries


def subject_of(user_id: str | None, name: str) -> str:
    """Whose tries are counted: the account's id, or a digest of a name that no account has.

    Case and accents are left out, as they are where MySQL looks an account up.
    """
    if user_id is not None:
        return user_id
    return hashlib.sha256(without_marks(folded(name)).encode()).hexdigest()


def count(uow: UnitOfWork, subject: str) -> int:
    """Take one of the tries, before the password is looked at; returns how many are left after it.

    The row is locked from the look to the commit, so tries at the same moment take different ones. The last
    one locks at once, and what proves right afterwards lifts it: no moment is left in which a sixth fits.

    Raises:
        UserError: ``identity.locked``; nothing was counted.
    """
    tries = read_tries(uow.connection, subject, for_update=True)
    if tries is None:
        raise PrepareFirst(partial(lay_tries, subject=subject))
    refuse_locked(tries)
    before = 0 if tries.locked_until is not None else tries.failures
    failures = before + 1
    until = tries.now + dt.timedelta(minutes=LOCK_MINUTES) if failures >= TRIES else None
    uow.execute(
        update(DeskSignIn)
        .where(DeskSignIn.subject == subject)
        .values(failures=failures, tried_at=tries.now, locked_until=until)
    )
    return TRIES - failures


def refuse_if_locked(connection: Connection, subject: str) -> None:
    """As `count`, for a database that takes no writes."""
    tries = read_tries(connection, subject)
    if tries is not None:
        refuse_locked(tries)


def refuse_locked(tries: Tries) -> None:
    """Raise while the server's clock has not come to the end of the lock."""
    if tries.locked_until is not None and tries.locked_until > tries.now:
        raise locked(math.ceil((tries.locked_until - tries.now).total_seconds() / 60))


def locked(minutes: int = LOCK_MINUTES) -> UserError:
    """What is said while nobody may try; the same for an account that does not exist."""
    return UserError(
        "identity.locked",
        N_(
            "Locked after {tries} wrong tries. Try again in {minutes} min, or ask an administrator to lift it."
        ),
        tries=TRIES,
        minutes=minutes,
    )


def clear(uow: UnitOfWork, subject: str) -> None:
    """The password was right, or an administrator lifts the lock."""
    uow.execute(delete(DeskSignIn).where(DeskSignIn.subject == subject))
