"""`./dev` on machines that lack something, played by a PATH of stand-ins."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tcmdesk.core import preflight

ROOT = Path(__file__).resolve().parents[3]
#: what the script may use of a bare system
SYSTEM = ("sh", "cat", "cksum", "dirname", "find", "flock", "mkdir", "printf", "sed")


class Machine:
    """A checkout with nothing but `./dev`, and a PATH that holds what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "checkout"
        self.programs = folder / "bin"
        self.log = folder / "log"
        for place in (self.root / "requirements", self.root / "tcmdesk/core", self.programs):
            place.mkdir(parents=True)
        shutil.copy(ROOT / "dev", self.root)
        for file in ("requirements/run.txt", "requirements/dev.txt", "tcmdesk/core/preflight.py"):
            (self.root / file).touch()
        for name in SYSTEM:
            (self.programs / name).symlink_to(shutil.which(name))

    def program(self, name: str, body: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def user(self, number: int) -> None:
        self.program("id", f"echo {number}")

    def apt(self, body: str = "") -> None:
        self.program("apt-get", f'echo "apt-get $*" >> {self.log}\n{body}')

    def python(
        self, *, packages: str = "", ensurepip: bool = True, supported: bool = True, display: bool = True
    ) -> None:
        """A python3 that answers the questions of `./dev` and makes an environment that logs what it is asked."""
        self.program(
            "python3",
            f"""
case "$*" in
  *version_info*) exit {int(not supported)} ;;
  *ensurepip*) exit {int(not ensurepip)} ;;
  *"preflight packages"*) [ -e {self.log} ] || printf '%s\\n' {packages} ;; # installed by then
  *"preflight display"*) exit {0 if display else 69} ;;
  *" venv "*) for last; do :; done; mkdir -p "$last/bin"
    printf '#!/bin/sh\\ncase "$*" in *version_info*) exit 0 ;; esac\\necho "venv $*" >> {self.log}\\n' > "$last/bin/python"
    {shutil.which("chmod")} +x "$last/bin/python" ;;
  -V) echo "Python 3.11.2" ;;
esac""",
        )

    def dev(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.root / "dev", *arguments],
            env={"PATH": str(self.programs), "HOME": str(self.root)},
            capture_output=True,
            text=True,
            check=False,
        )

    def logged(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path):
    made = Machine(tmp_path)
    made.user(1000)
    made.apt()
    made.python()
    return made


def test_a_person_is_told_the_exact_command(machine):
    machine.python(packages="libgl1 libegl1")
    done = machine.dev("run")
    assert (done.returncode, done.stdout) == (69, "")
    assert "run: sudo apt install libgl1 libegl1\n" in done.stderr
    assert machine.logged() == []


def test_root_has_them_installed_and_is_told_which(machine):
    machine.user(0)
    machine.python(packages="libgl1")
    done = machine.dev("run", "--version")
    assert (done.returncode, done.stdout) == (0, "")
    assert "installing system packages: libgl1" in done.stderr
    assert [line.split()[0] for line in machine.logged()] == ["apt-get", "apt-get", "venv", "venv"]
    assert "libgl1" in machine.logged()[1]
    assert "pip install" in machine.logged()[2]
    assert "--require-hashes" in machine.logged()[2]
    assert machine.logged()[3] == "venv -m tcmdesk --version"


def test_a_failed_installation_stops(machine):
    machine.user(0)
    machine.apt("exit 100")
    machine.python(packages="libgl1")
    assert machine.dev("run").returncode != 0
    assert not any(line.startswith("venv") for line in machine.logged())


def test_without_the_venv_module_its_package_is_named(machine):
    machine.python(ensurepip=False, packages="libgl1")
    done = machine.dev("run")
    assert done.returncode == 69
    assert "sudo apt install python3-venv libgl1\n" in done.stderr


def test_without_python_everything_is_named_at_once(machine):
    (machine.programs / "python3").unlink()
    shutil.copy(ROOT / "tcmdesk/core/preflight.py", machine.root / "tcmdesk/core")
    done = machine.dev("test")
    assert done.returncode == 69
    named = done.stderr.strip().rpartition("sudo apt install ")[2].split()
    libraries = [*preflight.WIDGETS.values(), *preflight.X11.values(), *preflight.MULTIMEDIA.values()]
    assert sorted(named) == sorted(
        [
            "python3",
            "python3-venv",
            *libraries,
            preflight.CHINESE_FONT_PACKAGE,
            "xvfb",
            "xauth",
            "openbox",
            "chromium",
            "coturn",
            "pulseaudio",
            "pulseaudio-utils",
        ]
    )


def test_checking_needs_no_libraries(machine):
    (machine.programs / "python3").unlink()
    done = machine.dev("check")
    assert done.returncode == 69
    assert done.stderr.endswith("sudo apt install python3 python3-venv\n")


def test_another_python_is_refused(machine):
    machine.python(supported=False)
    done = machine.dev("run")
    assert done.returncode == 69
    assert "Python 3.11, 3.12 or 3.13 is needed, and python3 is Python 3.11.2" in done.stderr


def test_another_system_is_told_what_is_missing(machine):
    (machine.programs / "apt-get").unlink()
    machine.python(packages="libgl1")
    done = machine.dev("run")
    assert done.returncode == 69
    assert "missing: libgl1" in done.stderr


def test_the_demo_without_a_display_stops_before_installing(machine):
    machine.python(display=False)
    done = machine.dev("demo")
    assert done.returncode == 69
    assert not (machine.root / ".venv").exists()


def test_tests_need_a_display_server_of_their_own(machine):
    done = machine.dev("test")
    assert done.returncode == 69
    assert "sudo apt install xvfb xauth openbox chromium coturn pulseaudio pulseaudio-utils" in done.stderr


def test_the_second_start_sets_up_nothing(machine):
    machine.dev("run", "first")
    machine.log.unlink()
    (machine.programs / "python3").unlink()
    machine.dev("run", "second")
    assert machine.logged() == ["venv -m tcmdesk second"]


@pytest.mark.parametrize("changed", ["requirements/run.txt", "tcmdesk/core/preflight.py"])
def test_a_changed_lock_or_library_list_sets_up_again(machine, changed):
    machine.dev("run")
    machine.log.unlink()
    (machine.root / changed).write_text("# changed\n")
    machine.dev("run", "again")
    assert ("pip install" in machine.logged()[0]) == changed.startswith("requirements")
    assert machine.logged()[-1] == "venv -m tcmdesk again"


def test_arguments_and_working_directory_are_passed_on(machine, tmp_path):
    machine.dev("run")
    machine.program("pwd", "exit 9")
    done = subprocess.run(
        [machine.root / "dev", "run", "shots", "two words"],
        cwd=tmp_path,
        env={**os.environ, "PATH": str(machine.programs)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert machine.logged()[-1] == "venv -m tcmdesk shots two words"


@pytest.mark.parametrize("arguments", [(), ("unknown",)])
def test_an_unknown_task_is_refused_with_the_list(machine, arguments):
    done = machine.dev(*arguments)
    assert done.returncode == 2
    assert "usage: ./dev" in done.stderr
