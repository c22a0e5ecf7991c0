"""From documents to `Knowledge`, refusing tables that contradict themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from tcmdesk.features.prescriptions.safety.build_names import NameTable
from tcmdesk.features.prescriptions.safety.build_words import read_text_rules
from tcmdesk.features.prescriptions.safety.knowledge import (
    Allergens,
    Condition,
    Control,
    Formula,
    Herb,
    Incompatible,
    Knowledge,
    PatientWords,
)
from tcmdesk.features.prescriptions.safety.records import RecordReader
from tcmdesk.features.prescriptions.safety.tables import Record, Tables, digest, read_tables
from tcmdesk.features.prescriptions.types import AlertCode, Bilingual, KnowledgeRefusedError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

_INCOMPATIBILITIES = frozenset({AlertCode.INCOMPAT_18, AlertCode.INCOMPAT_19})


@cache
def reference() -> Knowledge:
    """The tables that come with the program; read once, in about 30 ms."""
    return build(read_tables())


def build(tables: Tables) -> Knowledge:
    """Everything the engine needs.

    Raises:
        KnowledgeRefusedError: with every contradiction that was found.
    """
    problems: list[str] = []
    single = tables.single
    titles = {key: _bilingual(title) for key, title in single["sources"]["sources"].items()}
    edition = single["sources"]["edition"]
    patient_words = _patient_words(single["conditions"])
    people = {condition.key for condition in patient_words.conditions} | {"lactation", "child"}

    herbs = _herbs(tables.herbs, problems, titles.keys(), people)
    formulas: dict[str, Formula] = {}
    for record in tables.formulas:
        reader = RecordReader(record, problems, titles.keys(), people)
        formula = reader.formula()
        if formula is None:
            continue
        if formula.name in formulas:
            reader.fault("stands twice")
        formulas[formula.name] = formula

    _check_herbs(herbs, problems)
    incompatibilities = tuple(
        _incompatible(rule, herbs, titles, problems) for rule in single["incompatibilities"]["rules"]
    )
    allergens = Allergens(
        {name: tuple(members) for name, members in single["allergens"]["groups"].items()},
        tuple(single["allergens"]["prefixes"]),
        tuple(single["allergens"]["suffixes"]),
    )
    for group, members in allergens.groups.items():
        _known(members, herbs, f"allergens.json: {group}", problems)

    text = read_text_rules(single["words"], single["characters"])
    names = NameTable(text, herbs, problems)
    for document in tables.names:
        names.take(document)
    if problems:
        raise KnowledgeRefusedError(problems)

    knowledge = Knowledge(
        edition=edition["name"],
        digest=digest(tables),
        edition_title=_bilingual(edition["title"]),
        source_titles=titles,
        herbs=herbs,
        formulas=formulas,
        incompatibilities=incompatibilities,
        names=names.names,
        ambiguous=names.ambiguous,
        combined=names.combined,
        made_by={(herb.of, how): herb.name for herb in herbs.values() if herb.of for how in herb.made_by},
        kin=_kin(herbs),
        rules_of=_rules_of(incompatibilities),
        patient_words=patient_words,
        allergens=allergens,
        readings=dict(single["readings"]["characters"]),
        text=text,
    )
    _check_written_names(knowledge, problems)
    if problems:
        raise KnowledgeRefusedError(problems)
    return knowledge


def _herbs(
    records: Iterable[Record], problems: list[str], sources: AbstractSet[str], people: AbstractSet[str]
) -> dict[str, Herb]:
    """The herbs by their names, each with the granules that a clinic's additions say it has."""
    herbs: dict[str, Herb] = {}
    ratios: dict[str, float | None] = {}
    for record in records:
        reader = RecordReader(record, problems, sources, people)
        if _is_ratio_only(record):
            if record["name"] in ratios:
                reader.fault("stands twice")
            ratios[record["name"]] = reader.granule_ratio()
            continue
        herb = reader.herb()
        if herb is None:
            continue
        if herb.name in herbs:
            reader.fault("stands twice")
        herbs[herb.name] = herb
    _known(ratios, herbs, "granule_ratio", problems)
    return herbs | {
        name: replace(herbs[name], granule_ratio=ratio) for name, ratio in ratios.items() if name in herbs
    }


def _is_ratio_only(record: Record) -> bool:
    """Whether a record adds nothing but a clinic's granules to a herb that is in the table."""
    return record.keys() - {"_file", "category"} == {"name", "granule_ratio"} and isinstance(
        record["name"], str
    )


def _bilingual(document: Record) -> Bilingual:
    return Bilingual(document["zh"], document["en"])


def _check_herbs(herbs: Mapping[str, Herb], problems: list[str]) -> None:
    for herb in herbs.values():
        if herb.of is not None:
            _known((herb.of,), herbs, herb.name, problems)
        if herb.made_by and herb.of is None:
            problems.append(f"{herb.name}: is made by processing, but of what")
        if herb.control is Control.POISON_RAW and not any(way.raw for way in herb.processing):
            problems.append(f"{herb.name}: only its raw drug is controlled, but no processing is raw")
        ways = [way.how for way in herb.processing]
        problems.extend(f"{herb.name}: {how} stands twice" for how in set(ways) if ways.count(how) > 1)


def _incompatible(
    rule: Record, herbs: Mapping[str, Herb], titles: Mapping[str, Bilingual], problems: list[str]
) -> Incompatible:
    where = f"incompatibilities.json: {rule.get('id')}"
    _known((*rule["left"], *rule["right"]), herbs, where, problems)
    problems.extend(f"{where}: no source {key!r}" for key in rule["sources"] if key not in titles)
    problems.extend(f"{where}: {name} is on both sides" for name in set(rule["left"]) & set(rule["right"]))
    code = AlertCode(rule["code"])
    if code not in _INCOMPATIBILITIES:
        problems.append(f"{where}: {code} is not an incompatibility")
    return Incompatible(
        id=rule["id"],
        code=code,
        verse=rule["verse"],
        left=tuple(rule["left"]),
        right=tuple(rule["right"]),
        sources=tuple(rule["sources"]),
        severity=Severity(rule.get("severity", Severity.SIGN)),
    )


def _known(names: Iterable[str], herbs: Mapping[str, Herb], where: str, problems: list[str]) -> None:
    problems.extend(f"{where}: no herb is called {name}" for name in names if name not in herbs)


def _kin(herbs: Mapping[str, Herb]) -> dict[str, frozenset[str]]:
    """Forms of one drug, by each of them: an allergy to one counts for all."""
    families: dict[str, set[str]] = {}
    for herb in herbs.values():
        families.setdefault(herb.of or herb.name, set()).add(herb.name)
    for root, members in families.items():
        members.add(root)
    return {name: frozenset(members) for members in families.values() for name in members}


def _rules_of(rules: Iterable[Incompatible]) -> dict[str, tuple[tuple[Incompatible, str], ...]]:
    """For the herb on the left of a rule, every rule with the herb on its right."""
    found: dict[str, list[tuple[Incompatible, str]]] = {}
    for rule in rules:
        for left in rule.left:
            found.setdefault(left, []).extend((rule, right) for right in rule.right)
    return {left: tuple(pairs) for left, pairs in found.items()}


def _patient_words(document: Record) -> PatientWords:
    def words(key: str) -> tuple[str, ...]:
        return tuple(document[key])

    return PatientWords(
        conditions=tuple(
            Condition(key, _bilingual(one), tuple(one["words"]))
            for key, one in document["conditions"].items()
        ),
        pregnancy=words("pregnancy_words"),
        pregnancy_weeks=re.compile(document["pregnancy_weeks"]),
        not_pregnancy=words("not_pregnancy_words"),
        lactation=words("lactation_words"),
        not_lactation=words("not_lactation_words"),
        denials=words("denials"),
    )


def _check_written_names(knowledge: Knowledge, problems: list[str]) -> None:
    # written as a doctor would, so they go through the same door as a prescription's names
    from tcmdesk.features.prescriptions.safety.identity import Kind, resolve

    def unresolved(names: Iterable[Any]) -> list[str]:
        return [name for name in names if resolve(knowledge, name).kind is Kind.UNKNOWN]

    for name, parts in knowledge.combined.items():
        for part in parts:
            problems.extend(f"{name}: no herb is written {one}" for one in unresolved(part.names))
    for formula in knowledge.formulas.values():
        written = unresolved(ingredient.herb for ingredient in formula.composition)
        problems.extend(f"{formula.name}: no herb is written {name}" for name in written)
