"""The door: what stays shut, and what opens it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tcmdesk.core.i18n import translator
from tcmdesk.features.prescriptions.safety import check as engine
from tcmdesk.features.prescriptions.safety.build import build, reference
from tcmdesk.features.prescriptions.safety.check import check
from tcmdesk.features.prescriptions.safety.issue import can_issue
from tcmdesk.features.prescriptions.safety.tables import read_tables
from tcmdesk.features.prescriptions.types import Check, Confirmations, Draft, Line, Patient, Sex

MAN = Patient(sex=Sex.MALE, age=40)


def checked(*lines: Line, patient: Patient = MAN, doses: int = 7) -> Check:
    return check(reference(), Draft(patient, lines, doses=doses))


def signed(result: Check, **confirmed: object) -> Confirmations:
    return replace(Confirmations(result.fingerprint, "d1"), **confirmed)


def hindered(result: Check, confirmations: Confirmations) -> list[str]:
    verdict = can_issue(result, confirmations)
    assert verdict.allowed is (not verdict.hindrances)
    texts = [hindrance.text(translator("en")) for hindrance in verdict.hindrances]
    assert all(texts)
    return texts


def test_a_quiet_prescription_needs_a_signature_only() -> None:
    result = checked(Line("甘草", 6))
    assert can_issue(result, signed(result)).allowed
    assert hindered(result, signed(result, signed_by=" ")) == ["Nobody has signed."]


def test_what_is_put_right_by_itself_hinders_nothing() -> None:
    result = checked(Line("附子", 9))
    assert [alert.code for alert in result.alerts] == ["HANDLING_MISSING"]
    assert can_issue(result, signed(result)).allowed


def test_a_block_stays_shut_whatever_is_confirmed() -> None:
    result = checked(Line("关木通", 6))
    everything = signed(
        result,
        batch=True,
        reasons={alert.key: "必须" for alert in result.alerts},
        acknowledged=frozenset({"关木通"}),
    )
    assert hindered(result, everything) == ["This cannot be issued by any signature."]


def test_sign_alerts_share_one_step() -> None:
    result = checked(Line("附子", 9, "先煎"), Line("法半夏", 9), Line("白术", 15))
    assert len(hindered(result, signed(result))) == 2
    assert can_issue(result, signed(result, batch=True)).allowed


def test_more_than_twice_the_ceiling_is_signed_by_itself() -> None:
    result = checked(Line("白术", 25))
    (alert,) = result.alerts
    assert not can_issue(result, signed(result, batch=True)).allowed
    assert not can_issue(result, signed(result, reasons={alert.key: "  "})).allowed
    assert can_issue(result, signed(result, reasons={alert.key: "便秘重用"})).allowed


def test_overdoses_that_are_signed_together_are_one_alert() -> None:
    result = checked(Line("白术", 15), Line("茯苓", 30), Line("当归", 25))
    both, alone = sorted(result.alerts, key=lambda alert: alert.individual)
    assert both.herbs == ("白术", "茯苓")
    assert alone.herbs == ("当归",)
    assert both.text(translator("en")) == (
        "Above the ceiling of a day: 白术 15 g (ceiling 12 g), 茯苓 30 g (ceiling 15 g)."
    )
    assert len(hindered(result, signed(result))) == 2
    assert len(hindered(result, signed(result, batch=True))) == 1
    assert len(hindered(result, signed(result, reasons={alone.key: "血虚重用"}))) == 1
    assert can_issue(result, signed(result, batch=True, reasons={alone.key: "血虚重用"})).allowed


def test_what_is_over_together_is_said_in_chinese_too() -> None:
    (alert,) = checked(Line("白术", 15), Line("茯苓", 30)).alerts
    assert alert.text(translator("zh_CN")) == "超出每日上限：白术15 g（上限 12 g）、茯苓30 g（上限 15 g）。"


def test_a_hard_alert_takes_a_reason_each() -> None:
    result = checked(Line("三棱", 9), Line("莪术", 9), patient=Patient(Sex.FEMALE, 30, pregnant=True))
    keys = [alert.key for alert in result.alerts]
    assert len(keys) == 2
    assert len(hindered(result, signed(result, batch=True, reasons={keys[0]: "知情同意"}))) == 1
    assert can_issue(result, signed(result, reasons=dict.fromkeys(keys, "知情同意"))).allowed


def test_an_unknown_name_is_acknowledged() -> None:
    result = checked(Line("神仙草", 9))
    assert "神仙草" in hindered(result, signed(result))[0]
    assert can_issue(result, signed(result, acknowledged=frozenset({"神仙草"}))).allowed


def test_an_ambiguous_name_is_resolved_not_acknowledged() -> None:
    result = checked(Line("贝母", 6))
    (alert,) = result.alerts
    stubborn = signed(result, batch=True, reasons={alert.key: "知道"}, acknowledged=frozenset({"贝母"}))
    assert not can_issue(result, stubborn).allowed
    resolved = checked(Line("贝母", 6, herb="浙贝母"))
    assert resolved.alerts == ()
    assert can_issue(resolved, signed(resolved)).allowed


def test_a_pick_outside_the_candidates_resolves_nothing() -> None:
    assert checked(Line("贝母", 6, herb="甘草")).ambiguous


def test_supply_and_open_questions_need_an_answer() -> None:
    result = checked(Line("桃仁", 9), patient=Patient(Sex.FEMALE, 30), doses=14)
    keys = {alert.key for alert in result.alerts}
    assert len(hindered(result, signed(result))) == 2
    assert can_issue(result, signed(result, reasons=dict.fromkeys(keys, "慢性病；未孕"))).allowed


@pytest.mark.parametrize("change", [{"grams": 10.0}, {"name": "生甘草"}, {"method": "后下"}])
def test_confirmations_of_another_draft_do_not_count(change: dict[str, object]) -> None:
    before = checked(Line("甘草", 6))
    after = checked(replace(Line("甘草", 6), **change))
    assert not can_issue(after, signed(before)).allowed


def test_confirmations_under_another_table_do_not_count() -> None:
    draft = Draft(MAN, (Line("甘草", 6),))
    tables = read_tables()
    tables.single["sources"]["edition"]["compiled"] = "2026-12-01"
    before, after = check(reference(), draft), check(build(tables), draft)
    assert before.edition == after.edition
    assert not can_issue(after, signed(before)).allowed


def test_a_fault_of_the_engine_issues_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> list[object]:
        raise ZeroDivisionError("神仙草 of a patient")

    monkeypatch.setattr(engine, "RULES", (*engine.RULES, broken))
    result = checked(Line("甘草", 6))
    assert result.fault
    assert result.alerts == ()
    (text,) = hindered(result, signed(result, batch=True, acknowledged=frozenset({"甘草"})))
    assert result.fault in text
    assert "神仙草" not in caplog.messages


def test_a_check_without_a_fingerprint_opens_nothing() -> None:
    assert not can_issue(Check((), (), {}, (), "", ""), Confirmations("", "d1")).allowed


def test_every_rule_is_asked() -> None:
    assert len(engine.RULES) == len({rule.__module__ for rule in engine.RULES}) == 7
