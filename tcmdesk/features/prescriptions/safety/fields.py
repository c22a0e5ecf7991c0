"""Reading the fields of a record: each fault becomes a sentence that names file and record.

A reader collects every fault instead of stopping at the first, because a clinic's own additions are put right in one go.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tcmdesk.features.prescriptions.safety.knowledge import Level, Range, Verification

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from tcmdesk.features.prescriptions.safety.tables import Record


class FieldReader:
    """Reads values out of one record.

    Args:
        problems: where faults go; shared by all readers.
        sources: keys that may be given as a source.
        people: keys that a caution may be for.
    """

    def __init__(
        self, record: Record, problems: list[str], sources: AbstractSet[str], people: AbstractSet[str]
    ) -> None:
        self.record = record
        self._problems = problems
        self._sources = sources
        self.people = people
        name = record.get("name")
        self._where = f"{record.get('_file', '?')}: {name if isinstance(name, str) else '?'}"

    def fault(self, text: str) -> None:
        self._problems.append(f"{self._where}: {text}")

    def name(self) -> str | None:
        name = self.record.get("name")
        if isinstance(name, str) and name.strip():
            return name
        self.fault("has no name")
        return None

    def only(self, record: Record, known: AbstractSet[str]) -> None:
        for key in sorted(record.keys() - known):
            self.fault(f"unknown key {key!r}")

    def text(self, record: Record, key: str, *, needed: bool = False) -> str:
        value = record.get(key) or ""
        if not isinstance(value, str):
            self.fault(f"{key} is not a text")
            return ""
        if needed and not value:
            self.fault(f"{key} is missing")
        return value

    def flag(self, record: Record, key: str, *, default: bool) -> bool:
        value = record.get(key, default)
        if not isinstance(value, bool):
            self.fault(f"{key} is neither true nor false")
            return default
        return value

    def words(
        self, record: Record, key: str, allowed: AbstractSet[str] | None = None, *, needed: bool = False
    ) -> tuple[str, ...]:
        value = record.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.fault(f"{key} is not a list of words")
            return ()
        if needed and not value:
            self.fault(f"{key} is missing")
        for one in value:
            if allowed is not None and one not in allowed:
                self.fault(f"{key} does not know {one!r}")
        return tuple(value)

    def source_keys(self, record: Record, key: str, *, needed: bool = False) -> tuple[str, ...]:
        return self.words(record, key, self._sources, needed=needed)

    def one_of(self, record: Record, key: str, allowed: AbstractSet[str]) -> str | None:
        value = record.get(key)
        if value is not None and value not in allowed:
            self.fault(f"{key} does not know {value!r}")
            return None
        return value

    def each(self, record: Record, key: str, read: Callable[[Record], Any]) -> Iterable[Any]:
        value = record.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(f"{key} is not a list of records")
            return
        for one in value:
            yield read(one)

    def range(self, record: Record, key: str) -> Range | None:
        value = record.get(key)
        if value is None:
            return None
        if not (isinstance(value, list) and len(value) == 2 and all(is_amount(one) for one in value)):
            self.fault(f"{key} is not a range of grams")
            return None
        low, high = value
        if not 0 < low <= high:
            self.fault(f"{key} is upside down or not above zero: {low}–{high}")
            return None
        return Range(float(low), float(high))

    def level(self, record: Record) -> Level:
        try:
            return Level(record.get("level", ""))
        except ValueError:
            self.fault(f"no level {record.get('level')!r}")
            return Level.FORBIDDEN

    def source(self, record: Record) -> str:
        source = record.get("source")
        if source not in self._sources:
            self.fault(f"no source {source!r}")
        return str(source)

    def verified(self) -> Verification | None:
        state = self.record.get("state", "unverified")
        verified = self.record.get("verified")
        if state == "unverified":
            if verified is not None:
                self.fault("says who verified it but is unverified")
            return None
        if state != "verified":
            self.fault(f"no state {state!r}")
            return None
        if not isinstance(verified, dict) or not all(
            isinstance(verified.get(key), str) and verified[key].strip() for key in ("by", "against", "on")
        ):
            self.fault("is verified, but not by whom, against what and on which day")
            return None
        self.only(verified, {"by", "against", "on"})
        return Verification(verified["by"], verified["against"], verified["on"])


def is_amount(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
