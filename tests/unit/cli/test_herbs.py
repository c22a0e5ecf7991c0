"""``tcmdesk herbs``: looking up, and examining additions."""

import json

import pytest

from tcmdesk.cli.main import run
from tcmdesk.core import log


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    yield
    log.stop()


@pytest.mark.parametrize(
    ("typed", "herb"),
    [("附子", "附子"), ("制附", "附子"), ("fuzi", "附子"), ("fu zi", "附子"), ("hq", "黄芪"), ("nvzhen", "女贞子"),
     ("huangbai", "黄柏"), ("huangbo", "黄柏"), ("chuanjun", "大黄"), ("黃", "黄芪"), ("双", "金银花")],
)  # fmt: skip
def test_a_herb_is_found(capsys, typed, herb):
    assert run(["--lang", "en", "herbs", "find", typed]) == 0
    assert any(line.split()[0] == herb for line in capsys.readouterr().out.splitlines())


def test_a_line_says_what_is_known_and_by_whom(capsys):
    run(["--lang", "en", "herbs", "find", "fuzi"])
    line = capsys.readouterr().out.splitlines()[0]
    for word in ("附子", "fu zi", "温里药", "3–15 g", "有毒", "2020 edition", "unverified"):
        assert word in line


def test_a_name_for_several_herbs_says_which(capsys):
    run(["--lang", "en", "herbs", "find", "二冬"])
    assert "二冬 = 天冬 + 麦冬" in capsys.readouterr().out
    run(["--lang", "en", "herbs", "find", "芍药"])
    assert "芍药 = 白芍/赤芍" in capsys.readouterr().out


def test_nothing_found_is_said(capsys):
    assert run(["--lang", "en", "herbs", "find", "zzzz"]) == 1
    assert "No herb is called that." in capsys.readouterr().out


def test_the_table_is_sound_and_big_enough(capsys):
    assert run(["--lang", "en", "herbs", "validate"]) == 0
    said = capsys.readouterr().out
    herbs = int(said.split("Herbs: ")[1].split(",")[0])
    formulas = int(said.split("Formulas: ")[1].split(",")[0])
    assert herbs >= 450
    assert formulas >= 150
    assert "No contradictions." in said


def addition(tmp_path, **fields):
    path = tmp_path / "own.json"
    herb = {"name": "试药", "readings": ["shi yao"], "sources": ["local"]} | fields
    path.write_text(json.dumps({"category": "其他", "herbs": [herb]}), encoding="utf-8")
    return str(path)


def test_a_sound_addition_passes(tmp_path, capsys):
    assert run(["--lang", "en", "herbs", "validate", addition(tmp_path)]) == 0


def test_contradictions_are_listed_one_a_line(tmp_path, capsys):
    path = addition(tmp_path, aliases=["制附片"], dose={"decoction": [9, 3]})

    assert run(["--lang", "en", "herbs", "validate", path]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert any("制附片 is a name of 附子 and of 试药" in line for line in lines)
    assert any("own.json: 试药: decoction is upside down" in line for line in lines)


def test_a_missing_file_is_refused(tmp_path):
    assert run(["--lang", "en", "herbs", "validate", str(tmp_path / "none.json")]) == 2
