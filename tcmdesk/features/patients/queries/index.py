"""Rows of the index that finds people, and the statements that write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, update

from tcmdesk.features.patients.models import DeskPatientGram, DeskPatientReading, DeskPatientSearch
from tcmdesk.features.patients.queries.phones import digits
from tcmdesk.features.patients.queries.readings import grams, readings, usual

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from tcmdesk.core.db.unit_of_work import UnitOfWork

_NEVER: Final = 1_000_000
_TABLES: Final = (DeskPatientSearch, DeskPatientReading, DeskPatientGram)


def staleness(last_visit: dt.date | None) -> int:
    """A number that is the smaller, the more recent the last visit was."""
    return _NEVER if last_visit is None else _NEVER - last_visit.toordinal()


@dataclass(frozen=True, slots=True)
class Person:
    """What is indexed of one person.

    `also_named` is the account holder's name in the own profile, `family` how many persons the account has.
    """

    user_id: str
    profile_id: str | None
    name: str
    also_named: str | None
    phone: str
    gender: str | None
    birthday: dt.date | None
    relationship: str | None
    last_visit: dt.date | None
    updated_at: dt.datetime | None
    family: int = 1

    @property
    def key(self) -> str:
        return self.profile_id or self.user_id


def search_row(person: Person) -> dict[str, Any]:
    """The row that a hit is shown from."""
    phone = digits(person.phone)
    return {
        "person_key": person.key,
        "user_id": person.user_id,
        "profile_id": person.profile_id,
        "name": person.name,
        "also_named": person.also_named,
        "phone": phone,
        "phone_rev": phone[::-1],
        "gender": person.gender,
        "birthday": person.birthday,
        "relationship": person.relationship,
        "family": person.family,
        "reading": usual(person.name),
        "last_visit": person.last_visit,
        "staleness": staleness(person.last_visit),
        "source_updated_at": person.updated_at,
    }


def reading_rows(person: Person) -> list[dict[str, Any]]:
    """One row for each way to type the person's names."""
    found = {(reading.word, reading.py): reading for name in _names(person) for reading in readings(name)}
    return [
        {
            "person_key": person.key,
            "word": reading.word,
            "py": reading.py,
            "pyi": reading.pyi,
            "syllables": reading.syllables,
            "staleness": staleness(person.last_visit),
        }
        for reading in found.values()
    ]


def gram_rows(person: Person) -> list[dict[str, Any]]:
    """One row for each short text by which the person is found."""
    best: dict[str, int] = {}
    for name in _names(person):
        for gram in grams(name):
            best[gram.text] = min(gram.place, best.get(gram.text, gram.place))
    return [
        {
            "gram": text,
            "place": place,
            "staleness": staleness(person.last_visit),
            "person_key": person.key,
        }
        for text, place in best.items()
    ]


def _names(person: Person) -> tuple[str, ...]:
    return (person.name,) if person.also_named is None else (person.name, person.also_named)


def write_people(uow: UnitOfWork, people: Sequence[Person]) -> None:
    """Index people who are not in the index."""
    if not people:
        return
    uow.execute(insert(DeskPatientSearch), [search_row(person) for person in people])
    if reading := [row for person in people for row in reading_rows(person)]:
        uow.execute(insert(DeskPatientReading), reading)
    # in the order of the key, which the server stores fastest
    gram = [row for person in people for row in gram_rows(person)]
    gram.sort(key=lambda row: (row["gram"], row["place"], row["staleness"], row["person_key"]))
    if gram:
        uow.execute(insert(DeskPatientGram), gram)


def remove_people(uow: UnitOfWork, keys: Iterable[str]) -> None:
    """Take people out of the index."""
    wanted = list(keys)
    for table in _TABLES:
        uow.execute(delete(table).where(table.person_key.in_(wanted)))


def write_last_visit(uow: UnitOfWork, visits: Sequence[tuple[str, dt.date]]) -> None:
    """Note the last visit of people who are indexed, by their keys."""
    rows = [{"key": key, "day": day, "stale": staleness(day)} for key, day in visits]
    for table in _TABLES:
        values: dict[str, Any] = {"staleness": bindparam("stale")}
        if table is DeskPatientSearch:
            values["last_visit"] = bindparam("day")
        uow.execute(update(table).where(table.person_key == bindparam("key")).values(**values), rows)
