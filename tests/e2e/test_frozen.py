"""The program that `./dev build` made, where one was made from these sources: it starts, and every part of it works."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "dist" / "tcmdesk" / ("tcmdesk.exe" if sys.platform == "win32" else "tcmdesk")
SOURCES = ("tcmdesk", "migrations", "resources", "build.spec", "requirements")


def newest_source() -> float:
    files = [file for name in SOURCES for file in (ROOT / name, *(ROOT / name).rglob("*"))]
    # compiled files are made while the program runs
    return max(
        file.stat().st_mtime for file in files if file.is_file() and file.suffix not in {".mo", ".pyc"}
    )


@pytest.fixture(scope="module")
def program() -> Path:
    if not PROGRAM.exists():
        pytest.skip("there is no build; run ./dev build")
    if PROGRAM.stat().st_mtime < newest_source():
        pytest.skip("the build is older than the sources; run ./dev build")
    return PROGRAM


@pytest.fixture
def environment(tmp_path, display):
    """A person's environment: a display, an empty home, no Python."""
    return {"HOME": str(tmp_path), "DISPLAY": display, "LANG": "C.UTF-8", "PATH": os.defpath}


@pytest.mark.slow
def test_every_part_of_the_built_program_works(program, environment, tmp_path):
    report = tmp_path / "smoke.json"
    done = subprocess.run(
        [program, "--smoke", report],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(report.read_text(encoding="utf-8"))


def test_the_built_program_makes_a_database(program, environment, tmp_path):
    done = subprocess.run(
        [program, "db", "upgrade", "--url", f"sqlite:///{tmp_path / 'clinic.db'}"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
