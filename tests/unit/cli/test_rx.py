"""``tcmdesk rx check``: the JSON that other programs rely on."""

import io
import json

import pytest

from tcmdesk.cli.main import run
from tcmdesk.core import log
from tcmdesk.features.prescriptions.service import checking
from tcmdesk.features.prescriptions.types import Check

MAN = {"sex": "M", "age": 40}
PAIR = {
    "patient": {
        "sex": "F",
        "age": 28,
        "pregnant": False,
        "lactating": None,
        "allergies": [],
        "conditions": [],
    },
    "form": "汤剂",
    "doses": 7,
    "visit": "in_person",
    "herbs": [
        {"name": "制附片", "g": 9, "method": "先煎"},
        {"name": "法夏", "g": 9},
        {"name": "神仙草", "g": 3},
    ],
}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    yield
    log.stop()


@pytest.fixture
def check(monkeypatch, capsys):
    """Gives a document to the command on standard input; returns exit code, stdout and stderr."""

    def go(document, *options):
        text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        code = run(["--lang", "en", "rx", "check", "-", *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def test_one_prescription_gives_one_answer(check):
    code, out, err = check(PAIR, "--json")

    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert set(answer) == {"alerts", "unresolved"}
    assert answer["unresolved"] == ["神仙草"]
    (alert,) = answer["alerts"]
    assert set(alert) == {"code", "herbs", "severity", "message", "source"}
    assert alert["code"] == "INCOMPAT_18"
    assert alert["herbs"] == ["附子", "法半夏"]
    assert alert["severity"] == "sign"
    assert "ChP 2020" in alert["source"]
    assert "not reviewed by a pharmacist" in alert["source"]


def test_a_list_in_gives_a_list_out(check):
    quiet = {"patient": MAN, "herbs": [{"name": "甘草", "g": 6}]}

    code, out, _ = check([PAIR, quiet], "--json")

    assert code == 0
    assert [len(answer["alerts"]) for answer in json.loads(out)] == [1, 0]
    assert json.loads(check([], "--json")[1]) == []


def test_a_file_is_read(check, tmp_path, capsys):
    path = tmp_path / "rx.json"
    path.write_text("\ufeff" + json.dumps(PAIR), encoding="utf-8")

    assert run(["rx", "check", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unresolved"] == ["神仙草"]


def test_the_message_is_in_the_language_asked_for(check, capsys, monkeypatch):
    assert "incompatible" in json.loads(check(PAIR, "--json")[1])["alerts"][0]["message"]

    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(PAIR)))
    run(["--lang", "zh_CN", "rx", "check", "-", "--json"])
    alert = json.loads(capsys.readouterr().out)["alerts"][0]
    assert "药典" in alert["source"]


def test_for_a_person_it_says_the_same_in_lines(check):
    code, out, _ = check([PAIR])

    assert code == 0
    assert "Sign  INCOMPAT_18  附子 and 法半夏 are incompatible" in out
    assert "unchecked: 神仙草" in out
    assert "reference, not reviewed by a pharmacist" in out


def test_absent_keys_are_unknown(check):
    code, out, _ = check({"patient": {}, "herbs": [{"name": "桃仁", "g": 9}]}, "--json")

    assert code == 0
    assert [alert["code"] for alert in json.loads(out)["alerts"]] == ["PREG_STATUS_UNKNOWN"]


def changed(**fields):
    return {"patient": MAN, "herbs": [{"name": "甘草", "g": 6}]} | fields


def herb(**fields):
    return changed(herbs=[{"name": "甘草", "g": 6}, {"name": "甘草", "g": 6} | fields])


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (changed(patient=None), "patient"),
        (changed(patient=[]), "patient"),
        (changed(patient=MAN | {"sex": "X"}), "patient.sex"),
        (changed(patient=MAN | {"sex": 1}), "patient.sex"),
        (changed(patient=MAN | {"age": "28"}), "patient.age"),
        (changed(patient=MAN | {"age": -1}), "patient.age"),
        (changed(patient=MAN | {"age": True}), "patient.age"),
        (changed(patient=MAN | {"pregnant": "yes"}), "patient.pregnant"),
        (changed(patient=MAN | {"pregnent": True}), "patient.pregnent"),
        (changed(patient=MAN | {"allergies": "双花"}), "patient.allergies"),
        (changed(patient=MAN | {"conditions": [1]}), "patient.conditions"),
        (changed(patient=MAN | {"guardian": 1}), "patient.guardian"),
        (changed(form="注射剂"), "form"),
        (changed(form=3), "form"),
        (changed(doses=0), "doses"),
        (changed(doses=2.5), "doses"),
        (changed(doses="7"), "doses"),
        (changed(visit="phone"), "visit"),
        (changed(visit=[]), "visit"),
        (changed(diagnosed_in_person="yes"), "diagnosed_in_person"),
        (changed(herbs=None), "herbs"),
        (changed(herbs=[]), "herbs"),
        (changed(herbs={}), "herbs"),
        (changed(herbs=["甘草"]), "herbs[0]"),
        (changed(running=[{"name": "甘草"}]), "running[0].g"),
        (herb(name=""), "herbs[1].name"),
        (herb(name=7), "herbs[1].name"),
        (herb(name=None), "herbs[1].name"),
        (herb(g=0), "herbs[1].g"),
        (herb(g=-3), "herbs[1].g"),
        (herb(g=None), "herbs[1].g"),
        (herb(g="一袋"), "herbs[1].g"),
        (herb(g=True), "herbs[1].g"),
        (herb(method=3), "herbs[1].method"),
        (herb(granule_ratio=0), "herbs[1].granule_ratio"),
        (herb(granule_ratio=-5), "herbs[1].granule_ratio"),
        (herb(granule_ratio=100.5), "herbs[1].granule_ratio"),
        (herb(granule_ratio="5:1"), "herbs[1].granule_ratio"),
        (herb(granule_ratio=True), "herbs[1].granule_ratio"),
        (herb(granul_ratio=5), "herbs[1].granul_ratio"),
        (changed(running=[{"name": "甘草", "g": 1, "granule_ratio": 0}]), "running[0].granule_ratio"),
        ("text", "(whole)"),
        (7, "(whole)"),
    ],
)
def test_bad_input_names_the_case_and_the_field(check, document, field):
    code, out, err = check([PAIR, document], "--json")

    assert code == 2
    assert out == ""
    assert f"Case 2: {field} " in err


@pytest.mark.parametrize(
    "text", ["", "{", '{"patient": {}, "patient": {}}', '{"g": NaN}', '{"g": Infinity}', "[" * 100_000]
)
def test_what_is_no_json_is_refused(check, text):
    code, out, err = check(text, "--json")

    assert (code, out) == (2, "")
    assert "is not JSON" in err


def test_a_missing_file_is_refused(tmp_path, capsys):
    assert run(["--lang", "en", "rx", "check", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_case_is_named_by_its_id_too(check):
    assert "Case 1 (A7): herbs is missing" in check([{"id": "A7", "patient": MAN}])[2]


def test_other_keys_are_left_alone(check):
    assert check(changed(id="A7", note="x", expected=[]), "--json")[0] == 0


def test_weights_may_be_written_as_people_do(check):
    for written in ("31g", "３１克", "31 G", "10.4钱", "20-31g"):
        _, out, _ = check(changed(herbs=[{"name": "黄芪", "g": written}]), "--json")
        assert [alert["code"] for alert in json.loads(out)["alerts"]] == ["DOSE_OVER_MAX"], written


def test_a_paste_of_unknown_days_is_said_to_be_unchecked_once(check):
    _, out, _ = check(changed(form="膏方", herbs=[{"name": "白术", "g": 300}, {"name": "当归", "g": 300}]))

    assert out.count("unchecked") == 1
    assert "dose unchecked: 白术、当归" in out


def test_a_fault_of_the_engine_is_no_answer(check, monkeypatch):
    monkeypatch.setattr(
        checking, "check", lambda *_: Check((), (), {}, (), "ChP 2020", "", fault="ABCD-2345")
    )

    code, out, err = check([PAIR, PAIR], "--json")

    assert code == 2
    assert out == ""
    assert "Case 1: the check did not finish" in err
    assert "ABCD-2345" in err
