"""The names: which written name stands for which herb, without contradiction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.prescriptions.safety.knowledge import Named, NamedPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tcmdesk.features.prescriptions.safety.knowledge import Herb
    from tcmdesk.features.prescriptions.safety.tables import Record
    from tcmdesk.features.prescriptions.safety.text import TextRules


class NameTable:
    """Collects names from records and from the tables of ambiguous and combined names.

    A name has one meaning: two herbs that claim it, or an ambiguous or combined name that is also a herb's, is a fault.
    """

    def __init__(self, text: TextRules, herbs: Mapping[str, Herb], problems: list[str]) -> None:
        self._text = text
        self._herbs = herbs
        self._problems = problems
        self.names: dict[str, Named] = {}
        self.ambiguous: dict[str, tuple[str, ...]] = {}
        self.combined: dict[str, tuple[NamedPart, ...]] = {}
        for herb in herbs.values():
            self._claim(herb.name, Named(herb.name))
        for herb in herbs.values():
            for way in herb.processing:
                for name in way.names:
                    self._claim(name, Named(herb.name, way.how))
            for alias in herb.aliases:
                self._claim(alias, Named(herb.name))

    def take(self, document: Record) -> None:
        """Add one document of ambiguous and combined names."""
        file = document["_file"]
        for name, candidates in document.get("ambiguous", {}).items():
            for candidate in candidates:
                if candidate not in self._herbs:
                    self._problems.append(f"{file}: {name}: no herb is called {candidate}")
            if len(set(candidates)) < 2:
                self._problems.append(f"{file}: {name}: not ambiguous, it has one meaning")
            key = self._free(name, file)
            self.ambiguous[key] = tuple(dict.fromkeys(candidates))
        for name, parts in document.get("combined", {}).items():
            self._combine(name, ((part, 1.0) for part in parts), file)
        for name, ratio in document.get("ratios", {}).items():
            self._combine(name, ratio.items(), file)

    def _combine(self, name: str, parts: Iterable[tuple[str, float]], file: str) -> None:
        weighed = list(parts)
        whole = sum(weight for _, weight in weighed)
        if len(weighed) < 2 or any(weight <= 0 for _, weight in weighed):
            self._problems.append(f"{file}: {name}: stands for fewer than two herbs, or for none of one")
            return
        key = self._free(name, file)
        self.combined[key] = tuple(
            NamedPart(tuple(written.split("|")), weight / whole) for written, weight in weighed
        )

    def _free(self, name: str, file: str) -> str:
        key = self._text.normalise(name)
        if key in self.names:
            self._problems.append(f"{file}: {name} is a name of {self.names[key].herb}")
        if key in self.ambiguous or key in self.combined:
            self._problems.append(f"{file}: {name} stands twice")
        return key

    def _claim(self, name: str, meaning: Named) -> None:
        key = self._text.normalise(name)
        if not key:
            self._problems.append(f"{meaning.herb}: an empty name")
            return
        holder = self.names.setdefault(key, meaning)
        if holder.herb != meaning.herb:
            self._problems.append(f"{name} is a name of {holder.herb} and of {meaning.herb}")
        elif meaning.how is not None and holder.how not in {None, meaning.how}:
            self._problems.append(f"{meaning.herb}: {name} is {holder.how} and {meaning.how}")
