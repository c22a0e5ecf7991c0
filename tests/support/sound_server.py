"""A PulseAudio of a test's own, with loudspeakers and microphones that can be plugged in and out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Self

PROGRAMS = ("pulseaudio", "pactl")


def available() -> bool:
    return all(map(shutil.which, PROGRAMS))


class SoundServer:
    """Context manager. `environment` is what a program needs to find it."""

    def __init__(self) -> None:
        # short, because the path of a socket may have only 107 characters
        self._folder = Path(tempfile.mkdtemp(prefix="pa-"))
        self.environment = {
            "PULSE_SERVER": f"unix:{self._folder}/native",
            "PULSE_RUNTIME_PATH": str(self._folder),
            "PULSE_STATE_PATH": str(self._folder),
            "HOME": str(self._folder),
        }

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                f"--load=module-native-protocol-unix socket={self._folder}/native auth-anonymous=1",
            ],
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def plug_speaker(self, name: str) -> str:
        """A loudspeaker that plays into nothing; returns what `unplug` takes."""
        return self._ask("load-module", "module-null-sink", f"sink_name={name}")

    def plug_microphone(self, name: str, hears: str) -> str:
        """A microphone that hears what a loudspeaker plays."""
        return self._ask(
            "load-module", "module-remap-source", f"source_name={name}", f"master={hears}.monitor"
        )

    def unplug(self, number: str) -> None:
        self._ask("unload-module", number)

    def _ask(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
        return done.stdout.strip()

    def _wait(self) -> None:
        for _ in range(100):
            try:
                self._ask("info")
            except subprocess.CalledProcessError:
                if self._process.poll() is not None:
                    raise
            else:
                return
        raise AssertionError("the sound server does not answer")
