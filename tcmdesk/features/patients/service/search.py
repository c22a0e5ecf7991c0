"""Finding people: the booking dialog's search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.core.permissions import requires
from tcmdesk.features.patients.queries.search import search as search_people
from tcmdesk.features.patients.types import READ, PatientMatch

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor

LIMIT: Final = 12
"""Lines that a person takes in at a glance; whoever is not among them is found by typing on."""


@requires(READ)
def search(connection: Connection, actor: Actor, text: str, limit: int = LIMIT) -> tuple[PatientMatch, ...]:
    """People by any part of the name, by pinyin from any syllable, by initials, by a phone's first or last digits.

    The whole name comes before its beginning, initials and inner parts, and among equals the most recent
    visitor. Characters with several readings are found by each. One statement; nothing typed finds nothing.
    """
    return search_people(connection, text, limit)
