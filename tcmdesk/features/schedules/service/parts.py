"""Hours for the statements of features above, so that they cost no round trip of their own.

Nothing here reads: the selects are parts of others' statements, whose services say who may ask.
"""

from __future__ import annotations

from tcmdesk.features.schedules.queries.parts import (
    COLUMNS,
    Reading,
    Types,
    days_of,
    hours_parts,
    part,
    widened,
)
from tcmdesk.features.schedules.queries.timetable import Timetable

__all__ = ["COLUMNS", "Reading", "Timetable", "Types", "days_of", "hours_parts", "part", "widened"]
