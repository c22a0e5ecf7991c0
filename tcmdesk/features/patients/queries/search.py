"""Finding people as one types: one statement, made of the branches that fit what was typed.

Each branch walks an index in the order in which hits are wanted and stops after a few, so a search costs the
same among a hundred patients and among a million.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from tcmdesk.core.spelling import folded, without_marks
from tcmdesk.features.identity.types import is_placeholder
from tcmdesk.features.patients.models import DeskPatientGram, DeskPatientReading, DeskPatientSearch
from tcmdesk.features.patients.queries.phones import digits
from tcmdesk.features.patients.queries.readings import GRAM_MAX, LATER, TYPED
from tcmdesk.features.patients.types import Gender, PatientMatch, PatientRef

BRANCH_LIMIT: Final = 24
"""Hits that one branch contributes at most."""

LONGEST_TEXT: Final = 100
"""Characters that are looked at; no name is longer."""

_LAST: Final = chr(0x10FFFF)
_PHONE: Final = re.compile(r"[\d\s\-–—()+.]*\d[\d\s\-–—()+.]*")
_LETTERS: Final = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
_APART: Final = re.compile(r"[\s'’\-·.]+")
_GENDERS: Final = {member.value: member for member in Gender}

# ranks, the best first
_WHOLE: Final = literal_column("0", Integer)
_BEGINS: Final = literal_column("1", Integer)
_INITIALS: Final = literal_column("2", Integer)
_INITIALS_BEGIN: Final = literal_column("3", Integer)
_PART: Final = literal_column("4", Integer)
_INITIALS_PART: Final = literal_column("5", Integer)
_NO_SYLLABLES: Final = literal_column("''", String)

_Branch = Select[*tuple[Any, ...]]


class _Kind(Flag):
    """What a text may be; decides the branches."""

    SHORT_TEXT = auto()
    LONG_TEXT = auto()
    SHORT_LETTERS = auto()
    LONG_LETTERS = auto()
    PHONE = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed text, taken apart."""

    kind: _Kind
    parameters: dict[str, str]


def understood(text: str) -> Wanted | None:
    """What a typed text may mean; None for nothing."""
    # half a surrogate pair, as a keyboard may hand over, cannot be sent to a server
    plain = folded(text[:LONGEST_TEXT].encode(errors="ignore").decode())
    if not plain:
        return None
    parameters = {"gram": plain[:GRAM_MAX], "text": plain}
    if _PHONE.fullmatch(plain):
        number = digits(plain)
        kind = _Kind.PHONE if len(number) > GRAM_MAX else _Kind.PHONE | _Kind.SHORT_TEXT
        backwards = number[::-1]
        return Wanted(
            kind,
            parameters
            | {"phone": number, "phone_end": number + _LAST, "rev": backwards, "rev_end": backwards + _LAST},
        )
    kind = _Kind.SHORT_TEXT if len(plain) <= GRAM_MAX else _Kind.LONG_TEXT
    letters = without_marks(_APART.sub("", plain.replace("ü", "v")))
    if _LETTERS.fullmatch(letters):
        kind |= _Kind.SHORT_LETTERS if len(letters) <= GRAM_MAX else _Kind.LONG_LETTERS
        parameters |= {"typed": TYPED + letters, "py": letters, "py_end": letters + _LAST}
    return Wanted(kind, parameters)


def search(connection: Connection, text: str, limit: int) -> tuple[PatientMatch, ...]:
    """People whose name, pinyin, initials or phone has the text, the likeliest first. One statement."""
    wanted = understood(text)
    if wanted is None:
        return ()
    rows = connection.execute(_statement(wanted.kind), {**wanted.parameters, "limit": limit}).all()
    letters = wanted.parameters.get("py", "")
    return tuple(_match(row, letters) for row in rows)


def _match(row: Any, letters: str) -> PatientMatch:
    return PatientMatch(
        ref=PatientRef(row.user_id, row.profile_id),
        name=row.name,
        gender=_GENDERS.get(row.gender, Gender.OTHER),
        birthday=row.birthday,
        phone=row.phone or None,
        reading=row.reading if _reads(row.reading, letters) else row.syllables or row.reading,
        relationship=row.relationship,
        family=row.family,
        last_visit=row.last_visit,
        placeholder_phone=is_placeholder(row.phone),
    )


def _reads(reading: str, letters: str) -> bool:
    """Whether the usual reading explains the hit; if not, a rarer one does."""
    syllables = reading.split()
    return letters in "".join(syllables) or letters in "".join(syllable[0] for syllable in syllables)


@cache
def _statement(kind: _Kind) -> _Branch:
    """The statement of the branches that apply; of the kinds that could be combined about six occur."""
    person = aliased(DeskPatientSearch)
    branches = _branches(kind)
    if len(branches) == 1:
        # within one branch nobody is found twice
        best = branches[0].subquery("best")
    else:
        # SQLite takes a limited select only inside the FROM of a union's part
        hits = union_all(*(select(branch.subquery()) for branch in branches)).subquery("hits")
        best = (
            select(
                hits.c.person_key,
                func.min(hits.c.rank).label("rank"),
                func.max(hits.c.syllables).label("syllables"),
            )
            .group_by(hits.c.person_key)
            .subquery("best")
        )
    return (
        select(
            person.user_id,
            person.profile_id,
            person.name,
            person.gender,
            person.birthday,
            person.phone,
            person.reading,
            person.relationship,
            person.family,
            person.last_visit,
            best.c.syllables,
        )
        .join(best, best.c.person_key == person.person_key)
        .order_by(best.c.rank, person.staleness, person.person_key)
        .limit(bindparam("limit"))
    )


def _branches(kind: _Kind) -> list[_Branch]:
    reading = DeskPatientReading
    branches: list[_Branch] = []
    if _Kind.SHORT_TEXT in kind:
        branches.append(_gram("gram"))
    if _Kind.SHORT_LETTERS in kind:
        branches.append(_gram("typed"))
    if _Kind.LONG_TEXT in kind:
        branches.append(_long_text())
    if _Kind.LONG_LETTERS in kind:
        branches.append(_typed(reading.py, 0, case((reading.py == bindparam("py"), _WHOLE), else_=_BEGINS)))
        branches.append(
            _typed(reading.pyi, 0, case((reading.pyi == bindparam("py"), _INITIALS), else_=_INITIALS_BEGIN))
        )
    if _Kind.SHORT_LETTERS in kind or _Kind.LONG_LETTERS in kind:
        branches += [_typed(reading.py, 1, _PART), _typed(reading.pyi, 1, _INITIALS_PART)]
    if _Kind.PHONE in kind:
        person = DeskPatientSearch
        branches.append(
            _numbered(
                person.phone, "phone", case((person.phone == bindparam("phone"), _WHOLE), else_=_BEGINS)
            )
        )
        branches.append(_numbered(person.phone_rev, "rev", _INITIALS))
    return branches


def _gram(parameter: str) -> _Branch:
    gram = DeskPatientGram
    rank = case((gram.place == LATER, _PART), else_=gram.place)
    return (
        select(gram.person_key, rank.label("rank"), _NO_SYLLABLES.label("syllables"))
        .where(gram.gram == bindparam(parameter))
        .order_by(gram.place, gram.staleness)
        .limit(BRANCH_LIMIT)
    )


def _long_text() -> _Branch:
    """A text longer than a gram: its first characters by the index, the rest by looking at those names."""
    gram, person = DeskPatientGram, aliased(DeskPatientSearch)
    name, other = func.lower(person.name), func.lower(func.coalesce(person.also_named, ""))
    text = bindparam("text", type_=String)
    rank = case((or_(name == text, other == text), _WHOLE), (gram.place == LATER, _PART), else_=_BEGINS)
    return (
        select(gram.person_key, rank.label("rank"), _NO_SYLLABLES.label("syllables"))
        .join(person, person.person_key == gram.person_key)
        .where(gram.gram == bindparam("gram"), or_(func.instr(name, text) > 0, func.instr(other, text) > 0))
        .order_by(gram.place, gram.staleness)
        .limit(BRANCH_LIMIT)
    )


def _typed(column: Any, word: int, rank: Any) -> _Branch:
    reading = DeskPatientReading
    return (
        select(reading.person_key, rank.label("rank"), reading.syllables.label("syllables"))
        .where(
            and_(
                reading.word == literal_column(str(word)),
                column >= bindparam("py"),
                column < bindparam("py_end"),
            )
        )
        .order_by(column, reading.staleness)
        .limit(BRANCH_LIMIT)
    )


def _numbered(column: Any, start: str, rank: Any) -> _Branch:
    return (
        select(DeskPatientSearch.person_key, rank.label("rank"), _NO_SYLLABLES.label("syllables"))
        .where(column >= bindparam(start), column < bindparam(f"{start}_end"))
        .order_by(column)
        .limit(BRANCH_LIMIT)
    )
