"""The smoke test of a build, on the source."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKS = {
    "resources", "migrations", "mysql", "passwords", "keyring", "tls", "pdf", "screens", "player", "codecs",
    "data_channel", "media_process",
}  # fmt: skip


def _smoke(tmp_path, program=("-m", "tcmdesk")):
    out = tmp_path / "smoke.json"
    places = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    done = subprocess.run(
        [sys.executable, *program, "--smoke", str(out)],
        cwd=ROOT,
        env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done, json.loads(out.read_text("utf-8"))


@pytest.mark.slow
def test_everything_a_build_needs_works(tmp_path):
    done, result = _smoke(tmp_path)

    failed = {name: check["found"] for name, check in result["checks"].items() if not check["ok"]}
    assert failed == {}
    assert result["ok"]
    assert done.returncode == 0
    assert set(result["checks"]) == CHECKS
    assert "day_board" in result["checks"]["screens"]["found"]


@pytest.mark.slow
def test_a_part_that_does_not_work_fails_the_whole(tmp_path):
    program = (
        "-c",
        (
            "import sys; sys.modules['av'] = None; sys.modules['aiortc'] = None;"
            "from tcmdesk.__main__ import main; sys.exit(main(sys.argv[1:]))"
        ),
    )
    done, result = _smoke(tmp_path, program)

    failed = {name for name, check in result["checks"].items() if not check["ok"]}
    assert failed == {"codecs", "data_channel"}
    assert not result["ok"]
    assert done.returncode == 1
