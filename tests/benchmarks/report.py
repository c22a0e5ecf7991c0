"""What a benchmark hands back: one JSON document."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.benchmarks.harness import Figure, Measurement


@dataclass
class Report:
    """Everything one benchmark found. `settings` say what it was run on, in words and numbers."""

    bench: str
    settings: dict[str, Any] = field(default_factory=dict)
    measurements: list[Measurement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def missed(self) -> bool:
        """Whether a figure was measured and its target is not met."""
        return any(figure.met is False for figure in self.figures)

    def as_json(self) -> dict[str, Any]:
        return {
            "bench": self.bench,
            "machine": {
                "cores": os.cpu_count(),
                "load_average": os.getloadavg()[0],
                "python": platform.python_version(),
                "pyside6": version("PySide6-Essentials"),
                "sqlalchemy": version("SQLAlchemy"),
            },
            "settings": self.settings,
            "figures": [figure.as_json() for figure in self.figures],
            "measurements": [measurement.as_json() for measurement in self.measurements],
            "notes": self.notes,
        }

    def text(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, indent=2)
