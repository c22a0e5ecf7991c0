"""A display of its own for programs that tests start: Xvfb with a window manager, without which shortcuts do not fire."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SCREEN = "1440x900x24"


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The name of an X display, for the environment of a child process."""
    for program in ("Xvfb", "openbox"):
        if shutil.which(program) is None:
            pytest.fail(f"{program} is missing; run: sudo apt install xvfb openbox", pytrace=False)
    reading, writing = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            pytest.fail("Xvfb did not start", pytrace=False)
        name = f":{number}"
        with subprocess.Popen(
            ["openbox", "--sm-disable"],
            env={**os.environ, "DISPLAY": name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as manager:
            yield name
            manager.terminate()
        server.terminate()
