"""What must not matter: the order of the lines, a dose written in two lines, the name a herb is written under."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.check import check
from tcmdesk.features.prescriptions.types import AlertCode, Draft, Form, Line, Patient, Sex, Visit
from tests.support.rx_tables import TABLES

if TYPE_CHECKING:
    from tcmdesk.features.prescriptions.types import Check

HERBS = sorted(reference().herbs)
WRITTEN = json.loads((TABLES / "names.json").read_text(encoding="utf-8"))
"""Names from the cases' own list, not from the table under test."""

PROCESSED = {name for herb in reference().herbs.values() for way in herb.processing for name in way.names}

patients = st.builds(
    Patient,
    sex=st.sampled_from([None, *Sex]),
    age=st.one_of(st.none(), st.floats(0, 100)),
    pregnant=st.sampled_from([None, True, False]),
    lactating=st.sampled_from([None, True, False]),
    allergies=st.lists(st.sampled_from(HERBS), max_size=2).map(tuple),
    conditions=st.lists(st.sampled_from(["高血压", "青光眼", "肝功能不全"]), max_size=2).map(tuple),
)
lines = st.builds(
    Line,
    name=st.sampled_from(HERBS),
    grams=st.integers(1, 2**12).map(lambda eighths: eighths / 8),
    method=st.sampled_from(["", "先煎", "冲服", "外用"]),
)
drafts = st.builds(
    Draft,
    patient=patients,
    lines=st.lists(lines, min_size=1, max_size=12, unique_by=lambda line: line.name).map(tuple),
    form=st.sampled_from([None, *Form]),
    doses=st.one_of(st.none(), st.integers(1, 30)),
    visit=st.sampled_from([None, *Visit]),
    diagnosed_in_person=st.sampled_from([None, True, False]),
)


def said(result: Check) -> set[tuple[object, ...]]:
    """What matters of an answer; that a herb stands on two lines is said when it does."""
    assert result.fault is None
    return {
        (alert.code, alert.severity, frozenset(alert.herbs), alert.individual)
        for alert in result.alerts
        if alert.code is not AlertCode.DUPLICATE
    }


@given(draft=drafts, data=st.data())
@settings(max_examples=120, deadline=None)
def test_the_order_of_herbs_changes_nothing(draft: Draft, data: st.DataObject) -> None:
    other = replace(draft, lines=tuple(data.draw(st.permutations(draft.lines))))
    assert said(check(reference(), draft)) == said(check(reference(), other))


@given(draft=drafts, data=st.data())
@settings(max_examples=120, deadline=None)
def test_a_dose_in_two_lines_is_one_dose(draft: Draft, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(draft.lines) - 1))
    line = draft.lines[at]
    assert line.grams is not None
    part = line.grams * data.draw(st.sampled_from([0.25, 0.5, 0.75]))
    halves = (replace(line, grams=part), replace(line, grams=line.grams - part))
    other = replace(draft, lines=(*draft.lines[:at], *halves, *draft.lines[at + 1 :]))
    assert said(check(reference(), draft)) == said(check(reference(), other))


@given(draft=drafts, data=st.data())
@settings(max_examples=200, deadline=None)
def test_an_alias_is_the_herb(draft: Draft, data: st.DataObject) -> None:
    def alias(line: Line) -> Line:
        known = [name for name in WRITTEN.get(line.name, ()) if name not in PROCESSED]
        return replace(line, name=data.draw(st.sampled_from(known))) if known else line

    other = replace(draft, lines=tuple(alias(line) for line in draft.lines))
    assert said(check(reference(), draft)) == said(check(reference(), other))


@given(draft=drafts)
@settings(max_examples=60, deadline=None)
def test_traditional_characters_are_the_same_name(draft: Draft) -> None:
    traditional = {simple: chr(old) for old, simple in reference().text.simplified.items()}
    other = replace(
        draft,
        lines=tuple(
            replace(line, name="".join(traditional.get(character, character) for character in line.name))
            for line in draft.lines
        ),
    )
    assert said(check(reference(), draft)) == said(check(reference(), other))


@given(draft=drafts, data=st.data())
@settings(max_examples=120, deadline=None)
def test_granules_with_their_ratio_are_the_pieces_they_stand_for(draft: Draft, data: st.DataObject) -> None:
    pieces = replace(draft, form=Form.GRANULES)
    # powers of two: dividing and multiplying by them loses no bit
    ratio = data.draw(st.sampled_from([0.5, 2.0, 4.0, 8.0, 16.0]))
    granules = replace(
        pieces,
        lines=tuple(
            replace(line, grams=line.grams and line.grams / ratio, granule_ratio=ratio)
            for line in pieces.lines
        ),
    )
    assert said(check(reference(), pieces)) == said(check(reference(), granules))


@given(name=st.text(max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_text_gets_an_answer(name: str) -> None:
    result = check(reference(), Draft(Patient(), (Line(name, 5.0, name),)))
    assert result.fault is None
