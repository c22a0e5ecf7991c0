"""Regenerates requirements/*.txt from requirements/*.in: `python -m tools.lock [PACKAGE …]`.

The lock files name versions and hashes and no address, and hold for Python 3.11 to 3.13 on every platform. uv makes them;
it is installed into a folder of its own for the occasion. Named packages are raised to their newest allowed version,
others stay as they are.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
UV = "uv>=0.9"


def compile_locks(uv: Path, upgrades: list[str]) -> None:
    """Rewrite run.txt, then dev.txt so that what both name has the same version."""
    for name in ("run", "dev"):
        subprocess.run(
            [
                *(uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
                *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
                *(("--constraints", "run.txt") if name == "dev" else ()),
                *(part for package in upgrades for part in ("--upgrade-package", package)),
                *("--output-file", f"{name}.txt", f"{name}.in"),
            ],
            cwd=REQUIREMENTS,
            check=True,
        )


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", UV], check=True)
        compile_locks(programs / "uv", sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
