"""The tables of words and characters, prepared for `TextRules`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tcmdesk.features.prescriptions.safety.text import TextRules, longest_first
from tcmdesk.features.prescriptions.types import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcmdesk.features.prescriptions.safety.tables import Record


def read_text_rules(words: Record, characters: Record) -> TextRules:
    """`words` is words.json, `characters` characters.json."""
    units: dict[str, float] = dict(words["units"])
    named_units = "|".join(re.escape(unit) for unit in longest_first(units))
    methods = _flat(words["methods"])
    counters = "".join(words["counters"])
    return TextRules(
        simplified={ord(old): new for old, new in _characters(characters)},
        processing=_flat(words["processing"]),
        quality=longest_first(words["quality"]),
        suffixes=_flat(words["suffixes"]),
        methods=methods,
        notes=frozenset(words["notes"]),
        no_methods=longest_first(
            note
            for note in words["notes"]
            if any(word in note for word, _ in methods) and note not in words["methods"]
        ),
        counted=re.compile(rf"[\d一二三四五六七八九十半.]+[{counters}]"),
        counted_at_end=re.compile(rf"[\d一二三四五六七八九十半.]+[{counters}]$"),
        forms={word: form for form in Form for word in words["forms"].get(form.value, ())},
        form_signs=tuple((sign, Form(form)) for sign, form in words["form_signs"]),
        units=units,
        written_dose=re.compile(rf"(各)?(\d+(?:\.\d+)?)({named_units})?$"),
    )


def _characters(document: Record) -> Iterable[tuple[str, str]]:
    return zip(document["traditional"], document["simplified"], strict=True)


def _flat(groups: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """(word, group), longest word first."""
    group_of = {word: group for group, words in groups.items() for word in words}
    return tuple((word, group_of[word]) for word in longest_first(group_of))
