"""Cases about every single entry of the herb table: each name, ceiling, pair and list entry, as a prescription of its own.

What must be is written in cases/tables, apart from the resources: an entry that gets lost, or changes without anybody
meaning it, turns a case red. After a change that is meant, ``python -m tests.support.rx_tables`` writes the files anew,
and the difference is read by whoever knows the herbs.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.identity import resolve
from tests.support.rx_cases import FOLDER, Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tcmdesk.features.prescriptions.safety.knowledge import Herb, Knowledge

TABLES: Final = FOLDER / "tables"
TRACE: Final = 0.001
"""Grams under every ceiling of the table."""

_OVER: Final = 1.01
_ADULT: Final = {"sex": "M", "age": 40}
_NOT_ASKED: Final = "捣碎"
_DOSE: Final = frozenset({"DOSE_OVER_MAX", "DOSE_OVER_MAX_TOXIC"})
_PAIR: Final = frozenset({"INCOMPAT_18", "INCOMPAT_19"})
_PREGNANCY: Final = frozenset({"PREG_FORBIDDEN", "PREG_CAUTION"})
_PEOPLE: Final = frozenset({"LACT_CAUTION", "CHILD_FORBIDDEN", "CONDITION_FORBIDDEN", "CONDITION_CAUTION"})
_LAW: Final = frozenset({"BANNED", "NARCOTIC", "CONTROLLED_POISON"})


@cache
def table_cases() -> Mapping[str, tuple[Case, ...]]:
    """The cases about each herb or combined name, by its name."""
    found: dict[str, list[Case]] = {}
    for owner, case in (*_names(), *_records(), *_pairs(), *_meanings(), *_allergens()):
        found.setdefault(owner, []).append(case)
    return {owner: tuple(cases) for owner, cases in found.items()}


def _read(name: str) -> Any:
    return json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))


def _case(
    kind: str,
    names: str | list[str],
    expected: list[tuple[str, list[str], str]],
    codes: frozenset[str],
    *,
    grams: float = TRACE,
    method: str = "",
    patient: Mapping[str, Any] | None = None,
    form: str = "汤剂",
) -> Case:
    written = [names] if isinstance(names, str) else names
    return Case(
        id=f"tables/{kind}-{'+'.join(written)}",
        why=kind,
        document={
            "patient": {**_ADULT, **(patient or {})},
            "form": form,
            "doses": 2,
            "herbs": [{"name": name, "g": grams, "method": method} for name in written],
        },
        alerts=frozenset((code, frozenset(herbs), severity) for code, herbs, severity in expected),
        info=None,
        codes=codes,
    )


def _names() -> Iterator[tuple[str, Case]]:
    for herb, written in _read("names").items():
        for name in written:
            yield (
                herb,
                _case("name", [herb, name], [("DUPLICATE", [herb], "soft")], frozenset({"DUPLICATE"})),
            )


def _pairs() -> Iterator[tuple[str, Case]]:
    for left, right, code, severity in _read("pairs"):
        case = _case("pair", [left, right], [(code, [left, right], severity)], _PAIR)
        yield left, case
        yield right, case


def _meanings() -> Iterator[tuple[str, Case]]:
    meanings = _read("meanings")
    for name, herbs in meanings["combined"].items():
        for herb in herbs:
            yield (
                name,
                _case("combined", [name, herb], [("DUPLICATE", [herb], "soft")], frozenset({"DUPLICATE"})),
            )
    for name in meanings["ambiguous"]:
        yield (
            name,
            _case("ambiguous", name, [("AMBIGUOUS_NAME", [name], "soft")], frozenset({"AMBIGUOUS_NAME"})),
        )


def _allergens() -> Iterator[tuple[str, Case]]:
    for group, herbs in _read("allergens").items():
        for herb in herbs:
            yield (
                group,
                _case(
                    f"allergy-{group}",
                    herb,
                    [("ALLERGY", [herb], "hard")],
                    frozenset({"ALLERGY"}),
                    patient={"allergies": [group]},
                ),
            )


def _records() -> Iterator[tuple[str, Case]]:
    for herb, record in _read("records").items():
        for case in (
            *_ceilings(herb, record),
            *_people(herb, record),
            *_usage(herb, herb, record),
            *_law(herb, record),
        ):
            yield herb, case


def _ceilings(herb: str, record: Mapping[str, Any]) -> Iterator[Case]:
    most = record.get("most", {})
    code = "DOSE_OVER_MAX_TOXIC" if "toxicity" in record else "DOSE_OVER_MAX"
    over = [(code, [herb], "sign")]
    decocted = most.get("decoction", most.get("powder"))
    swallowed = most.get("powder") or 2 * most.get("powder_once", 0) or most.get("decoction")
    for route, ceiling, method in (("decocted", decocted, ""), ("swallowed", swallowed, "冲服")):
        if ceiling:
            yield _case(f"{route}-at-ceiling", herb, [], _DOSE, grams=ceiling, method=method)
            yield _case(f"{route}-over-ceiling", herb, over, _DOSE, grams=ceiling * _OVER, method=method)
    if "fresh" in most:
        yield _case("fresh-at-ceiling", f"鲜{herb}", [], _DOSE, grams=most["fresh"])
        yield _case("fresh-over-ceiling", f"鲜{herb}", over, _DOSE, grams=most["fresh"] * _OVER)


def _people(herb: str, record: Mapping[str, Any]) -> Iterator[Case]:
    woman = {"sex": "F", "age": 30, "pregnant": True}
    match record.get("pregnancy"):
        case "forbidden":
            expected = [("PREG_FORBIDDEN", [herb], "hard")]
        case "caution":
            expected = [("PREG_CAUTION", [herb], "soft")]
        case _:
            expected = []
    yield _case("pregnancy", herb, expected, _PREGNANCY, patient=woman)
    words = _read("words")
    for who, level in record.get("cautions", ()):
        grave = level == "forbidden"
        if who == "lactation":
            patient, code, grave = {"lactating": True}, "LACT_CAUTION", False
        elif who == "child":
            patient, code = {"age": 5}, "CHILD_FORBIDDEN" if grave else "CONDITION_CAUTION"
        else:
            patient = {"conditions": [words[who]]}
            code = "CONDITION_FORBIDDEN" if grave else "CONDITION_CAUTION"
        yield _case(
            f"people-{who}", herb, [(code, [herb], "hard" if grave else "soft")], _PEOPLE, patient=patient
        )


def _usage(herb: str, written: str, record: Mapping[str, Any]) -> Iterator[Case]:
    asked = [how for how in record.get("handling", ()) if how != _NOT_ASKED]
    code = frozenset({"HANDLING_MISSING"})
    yield _case("handling", written, [("HANDLING_MISSING", [herb], "info")] if asked else [], code)
    for how in asked:
        yield _case(f"handled-{how}", written, [], code, method=how)
    forbidden = record.get("undecocted", False) or (
        record.get("external_only", False) and "toxicity" not in record and "control" not in record
    )
    yield _case(
        "route",
        written,
        [("ROUTE_NOT_DECOCTION", [herb], "sign")] if forbidden else [],
        frozenset({"ROUTE_NOT_DECOCTION"}),
    )
    for other in record.get("ways", ()):
        yield from _usage(herb, other["name"], {**record, **other, "ways": ()})


def _law(herb: str, record: Mapping[str, Any]) -> Iterator[Case]:
    control = record.get("control")
    deadly = record.get("external_only", False) and "toxicity" in record
    by_mouth: list[tuple[str, list[str], str]] = []
    if control == "banned":
        by_mouth.append(("BANNED", [herb], "block"))
    if control == "narcotic":
        by_mouth.append(("NARCOTIC", [herb], "hard"))
    if deadly or (control == "poison" and record.get("external_only", False)):
        by_mouth.append(("CONTROLLED_POISON", [herb], "block"))
    elif control == "poison":
        by_mouth.append(("CONTROLLED_POISON", [herb], "hard"))
    yield _case("law", herb, by_mouth, _LAW)
    for way in record.get("ways", ()):
        if way.get("raw"):
            stop = "block" if way.get("external_only", record.get("external_only", False)) else "hard"
            listed = [("CONTROLLED_POISON", [herb], stop)] if control else []
            yield _case("law-raw", way["name"], listed, _LAW)


def tables(knowledge: Knowledge) -> dict[str, Any]:
    """What the table says now, by the file it is written in."""
    herbs = knowledge.herbs.values()
    pairs = [
        [left, right, rule.code.value, rule.severity.value]
        for left, rules in knowledge.rules_of.items()
        for rule, right in rules
    ]
    return {
        "names": {herb.name: names for herb in herbs if (names := _written_names(herb))},
        "records": {herb.name: _record(herb) for herb in herbs},
        "pairs": list({frozenset(pair[:2]): pair for pair in reversed(pairs)}.values())[::-1],
        "meanings": {
            "ambiguous": {name: list(candidates) for name, candidates in knowledge.ambiguous.items()},
            "combined": {name: _certain(knowledge, name) for name in knowledge.combined},
        },
        "allergens": {group: list(members) for group, members in knowledge.allergens.groups.items()},
        "words": {condition.key: condition.words[0] for condition in knowledge.patient_words.conditions},
    }


def written_tables() -> dict[str, Any]:
    """What the table must say."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in TABLES.glob("*.json")}


def _written_names(herb: Herb) -> list[str]:
    return list(dict.fromkeys((*(name for way in herb.processing for name in way.names), *herb.aliases)))


def _certain(knowledge: Knowledge, name: str) -> list[str]:
    parts = resolve(knowledge, name).parts
    return list(dict.fromkeys(part.candidates[0] for part in parts if len(part.candidates) == 1))


def _record(herb: Herb) -> dict[str, Any]:
    most = {
        key: span.high
        for key in ("decoction", "powder", "powder_once", "fresh")
        if (span := getattr(herb.dose, key)) is not None
    }
    record = {
        "most": most,
        "toxicity": herb.toxicity,
        "pregnancy": herb.pregnancy.level.value if herb.pregnancy else None,
        "cautions": [[caution.who, caution.level.value] for caution in herb.cautions],
        "handling": list(herb.handling),
        "undecocted": not herb.decocted,
        "external_only": herb.external_only,
        "control": herb.control.value if herb.control else None,
        "ways": [
            way
            for one in herb.processing
            if one.names
            and (
                way := {
                    key: value
                    for key, value in {
                        "raw": one.raw or None,
                        "handling": None if one.handling is None else list(one.handling),
                        "undecocted": None if one.decocted is None else not one.decocted,
                        "external_only": one.external_only,
                    }.items()
                    if value is not None
                }
            )
            and way.update(name=one.names[0]) is None
        ],
    }
    return {key: value for key, value in record.items() if value not in (None, [], {}, False)}


def _write(name: str, document: Any) -> None:
    if isinstance(document, list):
        rows = [json.dumps(one, ensure_ascii=False) for one in document]
        text = "[\n " + ",\n ".join(rows) + "\n]\n"
    else:
        rows = [
            f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in document.items()
        ]
        text = "{\n " + ",\n ".join(rows) + "\n}\n"
    TABLES.mkdir(exist_ok=True)
    (TABLES / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name, document in tables(reference()).items():
        _write(name, document)
