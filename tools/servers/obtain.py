"""Gets a server program without root: unpack its Debian packages, and everything they need, into the cache.

The packages come from the Debian mirror that this machine's own apt is set up for. The tree carries its own C library
and is started with its own loader, so a package of a newer Debian runs on an older one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.servers.flavours import Flavour

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class ServerUnavailableError(RuntimeError):
    """No server program can be had here; the message says how to get one."""

    def __init__(self, flavour: Flavour, reason: str) -> None:
        super().__init__(
            f"No {flavour.title} server for the tests: {reason}.\n"
            f"Either set {flavour.variable}=mysql+pymysql://USER:PASSWORD@HOST:PORT/ to a server on which the account "
            f"may create databases, or run on Debian with apt, where one is unpacked into {cache()} "
            f"(`python -m tools.servers get {flavour.name}`)."
        )


def cache() -> Path:
    """Where server programs and template data directories are kept between runs."""
    chosen = os.environ.get("TCMDESK_TEST_CACHE")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(chosen) if chosen else base / "tcmdesk-test"


@contextmanager
def locked(name: str) -> Iterator[None]:
    """One process at a time fills a part of the cache; the others wait and then find it filled."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def obtain(flavour: Flavour) -> Path:
    """The tree with the server program, unpacked on first use.

    Raises ServerUnavailableError.
    """
    root = cache() / flavour.name / "root"
    with locked(flavour.name):
        if not root.exists():
            print(f"getting {flavour.title} for the tests (once, about 100 MB) …", file=sys.stderr)
            root.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=root.parent) as work:
                _download(flavour, Path(work))
                _unpack(Path(work)).rename(root)
    return root


def _download(flavour: Flavour, work: Path) -> None:
    """Fetch the package and all it depends on, by an apt whose state, sources and status are our own."""
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise ServerUnavailableError(flavour, f"{tool} is not on this machine")
    for folder in ("etc/apt.conf.d", "etc/preferences.d", "lists/partial", "cache/archives/partial"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()
    sources = work / "etc/sources.list"
    sources.write_text(f"deb [signed-by={KEYRING}] {_mirror(flavour)} {flavour.suite} main\n")
    options = {
        "Dir::Etc": work / "etc",
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "-",
        "Dir::State": work,
        "Dir::State::lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache": work / "cache",
        "APT::Install-Recommends": "0",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "1",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        # a mirror that stands still is as good for tests; signatures are verified all the same
        "Acquire::Check-Valid-Until": "false",
    }
    apt = ["apt-get", "-qq", *(part for key, value in options.items() for part in ("-o", f"{key}={value}"))]
    for step in (["update"], ["-y", "--download-only", "install", flavour.package]):
        done = subprocess.run([*apt, *step], capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServerUnavailableError(flavour, f"apt-get {step[0]} failed: {done.stderr.strip()[-400:]}")


def _mirror(flavour: Flavour) -> str:
    """The address of the Debian archive in this machine's apt configuration."""
    listed = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)"], capture_output=True, text=True, check=False
    ).stdout.split()
    files = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    for file in files:
        if file.is_file():
            listed += re.findall(r"\w+://\S+", file.read_text(errors="replace"))
    found = next((address for address in listed if re.fullmatch(r"\w+://\S+/debian/?", address)), None)
    if found is None:
        raise ServerUnavailableError(flavour, "apt on this machine knows no Debian archive")
    return found


def _unpack(work: Path) -> Path:
    tree = work / "root"
    for package in sorted((work / "cache/archives").glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, tree], check=True)
    return tree
