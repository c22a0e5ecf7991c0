"""From a written name to the herb it names.

A name is taken apart by tables only: a whole name first, then brackets, handling notes, and words of processing before or
after a whole name. A herb is never found inside another word, so 白附子 is not 附子 and 土大黄 is not 大黄.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.features.prescriptions.safety.knowledge import Knowledge, NamedPart

_BRACKETED: Final = re.compile(r"\(([^()]*)\)")
_SEPARATORS: Final = re.compile(r"[、,;；+/|和与及&]")
_EACH: Final = "各"
_DEEPEST: Final = 5
_RAW: Final = "生"
_FRESH: Final = "鲜"
_CHARRED: Final = "炒炭"

_ALSO_BEHIND: Final = frozenset("炒炙制煅煨")
"""Words of one character that stand behind a name, too; others end names of their own (桑寄生)."""


class Kind(StrEnum):
    """What became of a written name."""

    HERBS = "herbs"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """One herb of a name: its canonical name, or several where the name leaves it open.

    `share` is its part of the written weight. `ways` are the words of processing, as the table of words groups them.
    """

    candidates: tuple[str, ...]
    share: float = 1.0
    ways: tuple[str, ...] = ()
    powder: bool = False
    granules: bool = False

    @property
    def fresh(self) -> bool:
        return _FRESH in self.ways


@dataclass(frozen=True, slots=True)
class Identity:
    """What one written name stands for. `methods` are the handling notes found in it.

    `each` says that the written weight is that of every part (``二冬各10``); `written` is a weight in the name, in grams.
    """

    kind: Kind
    parts: tuple[Part, ...] = ()
    methods: frozenset[str] = frozenset()
    each: bool = False
    written: float | None = None


_UNKNOWN: Final = Identity(Kind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Found:
    parts: tuple[Part, ...]
    methods: frozenset[str] = frozenset()
    each: bool = False
    written: float | None = None


def resolve(knowledge: Knowledge, name: str) -> Identity:
    """What `name` stands for, however it is written."""
    text = knowledge.text.normalise(name)
    if not text:
        return _UNKNOWN
    found = _bracketed(knowledge, text) or _listed(knowledge, text)
    if found is None:
        return _UNKNOWN
    open_parts = any(len(part.candidates) > 1 for part in found.parts)
    return Identity(
        Kind.AMBIGUOUS if open_parts else Kind.HERBS, found.parts, found.methods, found.each, found.written
    )


def _bracketed(knowledge: Knowledge, text: str) -> _Found | None:
    whole = _core(knowledge, text)
    if whole is not None or "(" not in text:
        return whole
    inside = [part for part in _BRACKETED.findall(text) if part]
    base = knowledge.text.normalise(_BRACKETED.sub("", text).replace("(", "").replace(")", ""))
    found = _core(knowledge, base) if base else None
    for word in inside:
        found = _with_bracket(knowledge, base, found, word)
    return found


def _with_bracket(knowledge: Knowledge, base: str, found: _Found | None, word: str) -> _Found | None:
    """What a base name means with the word in brackets behind it."""
    if found is not None and knowledge.text.counted.fullmatch(word):
        return found
    joined = _core(knowledge, word + base) or _core(knowledge, base + word)
    if joined is not None:
        return _merged(joined, found)
    if found is None:
        return None
    methods = knowledge.text.methods_in(word)
    if methods:
        return replace(found, methods=found.methods | methods)
    if knowledge.text.is_note(word):
        return found
    alone = _core(knowledge, word)
    if alone is None:
        return found
    # a second name in brackets: the same herb, or one of two
    if len(alone.parts) == len(found.parts) == 1:
        candidates = dict.fromkeys((*found.parts[0].candidates, *alone.parts[0].candidates))
        common = [name for name in candidates if _in_both(name, found, alone)]
        return replace(
            found,
            parts=(
                replace(alone.parts[0] if common else found.parts[0], candidates=tuple(common or candidates)),
            ),
        )
    return found


def _in_both(name: str, one: _Found, other: _Found) -> bool:
    return name in one.parts[0].candidates and name in other.parts[0].candidates


def _merged(joined: _Found, found: _Found | None) -> _Found:
    if found is None:
        return joined
    parts = joined.parts
    if [part.candidates for part in parts] == [part.candidates for part in found.parts]:
        parts = tuple(
            replace(
                part,
                ways=tuple(dict.fromkeys((*before.ways, *part.ways))),
                powder=part.powder or before.powder,
                granules=part.granules or before.granules,
            )
            for part, before in zip(parts, found.parts, strict=True)
        )
    return replace(
        joined,
        parts=parts,
        methods=joined.methods | found.methods,
        each=joined.each or found.each,
        written=joined.written if joined.written is not None else found.written,
    )


def _core(knowledge: Knowledge, text: str, depth: int = 0) -> _Found | None:
    """A name without brackets; None when nothing is known by it."""
    if not text or depth > _DEEPEST:
        return None
    return (
        _whole(knowledge, text, depth)
        or _without_weight(knowledge, text, depth)
        or _without_method(knowledge, text, depth)
        or _suffixed(knowledge, text, depth)
        or _processed(knowledge, text, depth)
    )


def _whole(knowledge: Knowledge, text: str, depth: int) -> _Found | None:
    named = knowledge.names.get(text)
    if named is not None:
        part = Part((named.herb,))
        return _Found((_processed_part(knowledge, part, named.how) if named.how else part,))
    candidates = knowledge.ambiguous.get(text)
    if candidates is not None:
        return _Found((Part(candidates),))
    combined = knowledge.combined.get(text)
    if combined is not None:
        return _Found(tuple(_part_of(knowledge, one, depth) for one in combined))
    return None


def _part_of(knowledge: Knowledge, part: NamedPart, depth: int) -> Part:
    meanings = [found for name in part.names if (found := _core(knowledge, name, depth + 1)) is not None]
    if len(meanings) == 1 and len(meanings[0].parts) == 1:
        return replace(meanings[0].parts[0], share=part.weight)
    candidates = dict.fromkeys(name for found in meanings for one in found.parts for name in one.candidates)
    return Part(tuple(candidates), part.weight)


def _without_weight(knowledge: Knowledge, text: str, depth: int) -> _Found | None:
    rules = knowledge.text
    if text.endswith(_EACH):
        found = _core(knowledge, text.removesuffix(_EACH), depth + 1)
        return found and replace(found, each=True)
    counted = rules.counted_at_end.search(text)
    if counted is not None:
        return _core(knowledge, text[: counted.start()], depth + 1)
    match = rules.written_dose.search(text)
    if match is None:
        return None
    found = _core(knowledge, text[: match.start()], depth + 1)
    if found is None:
        return None
    each, amount, unit = match.groups()
    return replace(
        found, each=found.each or each is not None, written=float(amount) * rules.units.get(unit or "g", 1.0)
    )


def _without_method(knowledge: Knowledge, text: str, depth: int) -> _Found | None:
    for word, method in knowledge.text.methods:
        for rest in _cut(text, word):
            found = _core(knowledge, rest, depth + 1)
            if found is not None:
                return replace(found, methods=found.methods | {method})
    return None


def _cut(text: str, word: str) -> Iterable[str]:
    if len(text) > len(word) + 1:
        if text.endswith(word):
            yield text.removesuffix(word)
        if text.startswith(word):
            yield text.removeprefix(word)


def _processed(knowledge: Knowledge, text: str, depth: int) -> _Found | None:
    cuts = [(rest, how) for word, how in knowledge.text.processing for rest in _around(text, word)]
    if any(len(rest) == 1 for rest, _ in cuts):
        # 炒黄姜 is 炒 and 黄姜, not 炒黄 and whatever 姜 may mean
        cuts = [(rest, how) for rest, how in cuts if len(rest) > 1 and rest in knowledge.names] or cuts
    for rest, how in cuts:
        found = _core(knowledge, rest, depth + 1)
        if found is not None:
            parts = tuple(_processed_part(knowledge, part, how) for part in found.parts)
            return replace(found, parts=parts)
    for word in knowledge.text.quality:
        if text.startswith(word):
            found = _core(knowledge, text.removeprefix(word), depth + 1)
            if found is not None:
                return found
    return None


def _around(text: str, word: str) -> Iterable[str]:
    """What is left of a name that has a word of processing before it or behind it."""
    if text.startswith(word):
        yield text.removeprefix(word)
    if text.endswith(word) and (len(word) > 1 or word in _ALSO_BEHIND):
        yield text.removesuffix(word)


def _processed_part(knowledge: Knowledge, part: Part, how: str) -> Part:
    """The part after one more processing, which can make it another herb: 蜜炙 of 甘草 is 炙甘草."""
    candidates = dict.fromkeys(knowledge.made_by.get((name, how), name) for name in part.candidates)
    made = candidates.keys() != set(part.candidates)
    return replace(
        part, candidates=tuple(candidates), ways=part.ways if made or how in part.ways else (*part.ways, how)
    )


def _suffixed(knowledge: Knowledge, text: str, depth: int) -> _Found | None:
    for word, group in knowledge.text.suffixes:
        if not text.endswith(word):
            continue
        found = _core(knowledge, text.removesuffix(word), depth + 1)
        if found is None:
            continue
        match group:
            case "charred":
                parts = tuple(_processed_part(knowledge, part, _CHARRED) for part in found.parts)
            case "powder":
                parts = tuple(replace(part, powder=True) for part in found.parts)
            case "granules":
                parts = tuple(replace(part, granules=True) for part in found.parts)
            case _:
                parts = found.parts
        return replace(found, parts=parts)
    return None


def _listed(knowledge: Knowledge, text: str) -> _Found | None:
    """Several names in one line with signs between them; names side by side are known only from the table."""
    words = [word for word in _SEPARATORS.split(text) if word]
    found = [_bracketed(knowledge, word) for word in words]
    if len(found) < 2 or any(one is None for one in found):
        return None
    known = [one for one in found if one is not None]
    share = 1.0 / len(known)
    return _Found(
        tuple(replace(part, share=part.share * share) for one in known for part in one.parts),
        frozenset().union(*(one.methods for one in known)),
        any(one.each for one in known),
    )
