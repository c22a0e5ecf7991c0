"""Small things a workstation remembers beside its settings: which printer prints tickets, whether calls chime.

One JSON file a matter in the user's configuration folder. Losing one costs a choice, never work, so a file that cannot be
read counts as empty and one that cannot be written is logged.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from tcmdesk.core import paths

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

log = logging.getLogger(__name__)


class Keepsake:
    """The values of one matter (``printing``), by key; JSON-able.

    Args:
        folder: where the file lies; the user's configuration folder when not given.
    """

    def __init__(self, matter: str, folder: Path | None = None) -> None:
        self._path = (folder or paths.config_dir()) / f"{matter}.json"

    def read(self) -> dict[str, Any]:
        """Everything that is remembered."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("%s not read: %s", self._path.name, error)
            return {}
        return found if isinstance(found, dict) else {}

    def keep(self, values: Mapping[str, Any]) -> None:
        """Remember `values` beside what there is; the file is written in one step."""
        draft = self._path.with_name(f"{self._path.name}.new")
        try:
            draft.write_text(
                json.dumps(self.read() | dict(values), ensure_ascii=False, indent=2) + "\n", "utf-8"
            )
            draft.replace(self._path)
        except OSError as error:
            log.warning("%s not kept: %s", self._path.name, error)
