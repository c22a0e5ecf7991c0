"""The version of the program, also read by the build."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
