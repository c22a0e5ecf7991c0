"""A table that contradicts itself is refused, with the place and the reason."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from tcmdesk.features.prescriptions.safety.build import build
from tcmdesk.features.prescriptions.safety.check import check
from tcmdesk.features.prescriptions.safety.tables import (
    Tables,
    read_document,
    read_tables,
)
from tcmdesk.features.prescriptions.types import Draft, Form, KnowledgeRefusedError, Line, Patient

if TYPE_CHECKING:
    from pathlib import Path

TABLES = read_tables()
HERB = {"name": "试药", "readings": ["shi yao"], "category": "其他", "sources": ["local"]}


def problems(*documents: dict[str, Any], **single: Any) -> str:
    tables = Tables(
        list(TABLES.herbs), list(TABLES.formulas), list(TABLES.names), {**TABLES.single, **single}
    )
    for document in documents:
        tables.add(document, "added.json")
    with pytest.raises(KnowledgeRefusedError) as refused:
        build(tables)
    return "\n".join(refused.value.problems)


def herbs(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"category": "其他", "herbs": [{**HERB, **change} for change in changes]}


def test_a_plain_addition_is_taken() -> None:
    tables = read_tables()
    tables.add(herbs({"aliases": ["试药子"], "dose": {"decoction": [3, 9]}}), "added.json")
    knowledge = build(tables)
    assert knowledge.names["试药子"].herb == "试药"


def test_a_clinic_says_what_its_granules_stand_for() -> None:
    tables = read_tables()
    tables.add({"herbs": [{"name": "白术", "granule_ratio": 6}]}, "added.json")
    tables.add(herbs({"dose": {"decoction": [3, 9]}, "granule_ratio": 5.0}), "added.json")
    knowledge = build(tables)

    def over(name: str, grams: float, form: Form, ratio: float | None = None) -> bool:
        line = Line(name, grams, granule_ratio=ratio)
        return bool(check(knowledge, Draft(Patient(), (line,), form=form)).alerts)

    assert not over("白术", 2.0, Form.GRANULES)
    assert over("白术", 2.5, Form.GRANULES)
    assert not over("白术", 2.5, Form.DECOCTION)
    assert not over("白术", 2.5, Form.GRANULES, ratio=4.0)
    assert over("试药", 2.0, Form.GRANULES)


def test_no_ratio_is_shipped() -> None:
    assert not any("granule_ratio" in record for record in TABLES.herbs)


@pytest.mark.parametrize("ratio", [0, -1, 101, "5", True])
def test_a_ratio_that_is_none_is_refused(ratio: object) -> None:
    assert "白术: granule_ratio is not" in problems({"herbs": [{"name": "白术", "granule_ratio": ratio}]})


def test_a_ratio_is_of_a_herb_that_is_there_and_stands_once() -> None:
    row = {"name": "白术", "granule_ratio": 6}
    assert "stands twice" in problems({"herbs": [row, row]})
    assert "no herb is called 神仙草" in problems({"herbs": [{**row, "name": "神仙草"}]})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"aliases": ["制附片"]}, "制附片 is a name of 附子 and of 试药"),
        ({"aliases": ["附子"]}, "附子 is a name of 附子 and of 试药"),
        ({"aliases": ["黃耆"]}, "黃耆 is a name of 黄芪 and of 试药"),
        ({"dose": {"decoction": [9, 3]}}, "decoction is upside down"),
        ({"dose": {"decoction": [0, 3]}}, "decoction is upside down or not above zero"),
        ({"dose": {"decoction": ["3", 9]}}, "decoction is not a range"),
        ({"dose": {"decoctoin": [3, 9]}}, "unknown key 'decoctoin'"),
        ({"toxicty": "有毒"}, "unknown key 'toxicty'"),
        ({"toxicity": "剧毒"}, "toxicity does not know '剧毒'"),
        ({"pregnancy": "maybe"}, "no level 'maybe'"),
        ({"handling": ["前煎"]}, "handling does not know '前煎'"),
        ({"control": "strict"}, "no control 'strict'"),
        ({"control": "poison_raw"}, "no processing is raw"),
        ({"sources": ["hearsay"]}, "sources does not know 'hearsay'"),
        ({"sources": []}, "sources is missing"),
        ({"readings": []}, "readings is missing"),
        ({"category": "好药"}, "no category '好药'"),
        ({"of": "无此药"}, "no herb is called 无此药"),
        ({"made_by": ["炙"]}, "is made by processing, but of what"),
        ({"cautions": [{"who": "everyone", "level": "caution", "source": "local"}]}, "no people 'everyone'"),
        ({"state": "verified"}, "is verified, but not by whom"),
        ({"state": "verified", "verified": {"by": "甲", "against": " ", "on": "2026-01-01"}}, "not by whom"),
        (
            {"verified": {"by": "甲", "against": "乙", "on": "2026-01-01"}},
            "says who verified it but is unverified",
        ),
        ({"decocted": "no"}, "decocted is neither true nor false"),
        ({"name": "附子"}, "附子: stands twice"),
    ],
)
def test_a_herb_is_refused(change: dict[str, Any], reason: str) -> None:
    said = problems(herbs(change))
    assert reason in said
    if "is a name of" not in reason:
        assert "试药" in said or "附子" in said


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"ambiguous": {"附子": ["附子", "白附子"]}}, "附子 is a name of 附子"),
        ({"ambiguous": {"某名": ["附子", "无此药"]}}, "no herb is called 无此药"),
        ({"ambiguous": {"某名": ["附子"]}}, "某名: not ambiguous"),
        ({"combined": {"某并开": ["附子", "无此药"]}}, "某并开: no herb is written 无此药"),
        ({"combined": {"某并开": ["附子"]}}, "某并开: stands for fewer than two herbs"),
        ({"combined": {"贝母": ["附子", "甘草"]}}, "贝母 stands twice"),
        ({"ratios": {"某散": {"附子": 0, "甘草": 1}}}, "or for none of one"),
    ],
)
def test_names_are_refused(document: dict[str, Any], reason: str) -> None:
    assert reason in problems(document)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"composition": [{"herb": "无此药", "g": 3}]}, "某汤: no herb is written 无此药"),
        ({"composition": []}, "has no composition"),
        ({"composition": [{"herb": "附子", "g": -3}]}, "-3 is not an amount"),
        ({"book": ""}, "book is missing"),
        ({"form": "注射"}, "no form '注射'"),
    ],
)
def test_a_formula_is_refused(change: dict[str, Any], reason: str) -> None:
    formula = {
        "name": "某汤",
        "readings": ["mou tang"],
        "book": "某书",
        "composition": [{"herb": "附子", "g": 3}],
        "sources": ["local"],
        **change,
    }
    assert reason in problems({"formulas": [formula]})


def test_a_pair_with_an_unknown_herb_is_refused() -> None:
    document = deepcopy(TABLES.single["incompatibilities"])
    document["rules"][0]["right"].append("无此药")
    assert "18-1: no herb is called 无此药" in problems(incompatibilities=document)


def test_a_herb_on_both_sides_of_a_pair_is_refused() -> None:
    document = deepcopy(TABLES.single["incompatibilities"])
    document["rules"][0]["right"].append("附子")
    assert "附子 is on both sides" in problems(incompatibilities=document)


def test_every_fault_is_told_at_once() -> None:
    said = problems(herbs({"toxicity": "剧毒", "dose": {"decoction": [9, 3]}}))
    assert "剧毒" in said
    assert "upside down" in said


@pytest.mark.parametrize(
    "text", ['{"herbs": [', "[]", '{"nothing": 1}', '{"herbs": {}}', '{"herbs": 1, "herbs": 2}']
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "added.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeRefusedError, match="refused"):
        Tables().add(read_document(path), path.name)


def test_nothing_is_called_verified_without_a_name() -> None:
    knowledge = build(read_tables())
    assert not [herb.name for herb in knowledge.herbs.values() if herb.verified]
    assert all(herb.sources for herb in knowledge.herbs.values())
