"""A password in the computer's own keyring, on a session bus and a daemon of the test's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from tcmdesk.app.connect.address import with_kept_password
from tcmdesk.core.secrets import Secrets

address = "mysql://desk@db.example.invalid:3306/clinic"
if sys.argv[1] == "keep":
    print(Secrets().available(), Secrets().keep(address, "s3cret 密码"))
else:
    print(with_kept_password(address))
"""


def _run(arguments, folder, *, shell=""):
    program = folder / "program.py"
    program.write_text(PROGRAM, "utf-8")
    command = [sys.executable, str(program), *arguments]
    if shell:
        command = ["dbus-run-session", "--", "sh", "-c", f'{shell}; exec "$0" "$@"', *command]
    environment = {name: text for name, text in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"XDG_DATA_HOME": str(folder), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="needs apt's dbus and gnome-keyring; the policy itself is tested without them",
)
def test_what_was_kept_is_there_at_the_next_start(tmp_path):
    unlock = "printf unlock | gnome-keyring-daemon --unlock --components=secrets >/dev/null"

    assert _run(["keep"], tmp_path, shell=unlock) == "True True"
    assert "s3cret%20%E5%AF%86%E7%A0%81@" in _run(["recall"], tmp_path, shell=unlock)
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.keyring"))
    assert kept
    assert b"s3cret" not in kept


def test_without_a_keyring_nothing_is_kept(tmp_path):
    assert _run(["keep"], tmp_path) == "False False"
    assert _run(["recall"], tmp_path) == "mysql://desk@db.example.invalid:3306/clinic"
