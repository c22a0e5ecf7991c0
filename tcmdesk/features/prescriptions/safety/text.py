"""How a name is written: widths, traditional characters, affixes, handling notes.

The tables come from the resources; nothing here knows a herb.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcmdesk.features.prescriptions.types import Form

_INVISIBLE: Final = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff·•・]+")
_BRACKETS: Final = str.maketrans("[{<【〔〈《「『〖]}>】〕〉》」』〗", "(" * 10 + ")" * 10)
_STRAY: Final = "、，,。.;；:：!！?？*※#△▲★☆_-—~～'\"“”‘’/\\|+=@"


@dataclass(frozen=True, slots=True)
class TextRules:
    """The tables of words.json and characters.json, prepared for matching; longest words come first.

    `no_methods` are notes in which a word of handling means something else: 另包 is a packet of its own, not 包煎.
    """

    simplified: Mapping[int, str]
    processing: tuple[tuple[str, str], ...]
    quality: tuple[str, ...]
    suffixes: tuple[tuple[str, str], ...]
    methods: tuple[tuple[str, str], ...]
    notes: frozenset[str]
    no_methods: tuple[str, ...]
    counted: re.Pattern[str]
    counted_at_end: re.Pattern[str]
    forms: Mapping[str, Form]
    form_signs: tuple[tuple[str, Form], ...]
    units: Mapping[str, float]
    written_dose: re.Pattern[str]

    def normalise(self, text: str) -> str:
        """Half-width, simplified, without blanks or stray marks; brackets are all ``()``."""
        if text.isalnum() and unicodedata.is_normalized("NFKC", text):
            # nearly every name: nothing to fold but characters and case
            return text.lower().translate(self.simplified)
        folded = unicodedata.normalize("NFKC", text).lower()
        folded = _INVISIBLE.sub("", folded).translate(_BRACKETS).translate(self.simplified)
        return folded.strip(_STRAY)

    def methods_in(self, text: str) -> frozenset[str]:
        """The ways of handling that a free text asks for: ``先煎30分钟`` asks for 先煎."""
        found: set[str] = set()
        rest = self.normalise(text)
        for note in self.no_methods:
            rest = rest.replace(note, "|")
        for word, method in self.methods:
            if word in rest:
                found.add(method)
                rest = rest.replace(word, "|")
        return frozenset(found)

    def form(self, text: str) -> Form | None:
        """The dosage form a text names, as a whole word or by a sign in it (``免煎中药颗粒``); None where it names none."""
        word = self.normalise(text)
        return self.forms.get(word) or next((form for sign, form in self.form_signs if sign in word), None)

    def is_note(self, text: str) -> bool:
        """Whether a bracket holds only what a dispenser needs: 去皮, 12枚, 自备."""
        return text in self.notes or text in self.quality or self.counted.fullmatch(text) is not None


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Sorted so that a search meets 酒炒 before 酒."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
