"""What this workstation remembers: its look, its database's address, its own name. Never a password.

One JSON file in the user's configuration folder. A file that cannot be read is kept beside it and the
defaults are used, so that a damaged setting never keeps a clinic from opening.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from tcmdesk.core import paths
from tcmdesk.core.i18n import LANGUAGES, system_language

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

Language = Literal["zh_CN", "en"]
Mode = Literal["light", "dark"]

FILE_NAME: Final = "workstation.json"
SCALES: Final = (1.0, 1.15, 1.3)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one workstation.

    `workstation` names its chain in the ledger and is made once; `url` is the database's address without the
    password; `account` the last one that signed in; `clinic` its name as last
    seen, shown before the database answers; `geometry` the main window's, as Qt saves it, in base64;
    `asks_password` that no keyring here keeps the database's password, so that it is asked for at each start.
    """

    workstation: str
    language: Language
    mode: Mode = "light"
    scale: float = 1.0
    motion: bool = True
    url: str | None = None
    account: str = ""
    clinic: str = ""
    geometry: str = ""
    asks_password: bool = False


def _defaults() -> Config:
    import uuid

    return Config(workstation=str(uuid.uuid4()), language=cast("Language", system_language()))


_ALLOWED: Final[dict[str, tuple[object, ...]]] = {
    "language": LANGUAGES,
    "mode": ("light", "dark"),
    "scale": SCALES,
    "motion": (True, False),
    "asks_password": (True, False),
}


def _acceptable(name: str, value: object) -> bool:
    if name in _ALLOWED:
        return value in _ALLOWED[name]
    if name == "workstation":
        return isinstance(value, str) and 0 < len(value) <= 64
    return isinstance(value, str) or (name == "url" and value is None)


def parse(raw: object) -> Config:
    """The settings of a decoded file; a value that makes no sense gives way to its default."""
    known = {field.name for field in fields(Config)}
    given = raw if isinstance(raw, dict) else {}
    accepted = {name: value for name, value in given.items() if name in known and _acceptable(name, value)}
    if not {"workstation", "language"} <= accepted.keys():
        return replace(_defaults(), **accepted)
    return Config(**accepted)


class ConfigFile:
    """The file and the settings it holds. Written at once when something changes, in one step.

    Looking at the settings writes nothing; `keep` does, so that the workstation's name is the same next time.

    Args:
        folder: where it lies; the user's configuration folder when not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or paths.config_dir()) / FILE_NAME
        self._kept = False
        self.config = self._read()

    def keep(self) -> Config:
        """Write the settings of a workstation that has none yet."""
        return self.config if self._kept else self.change()

    def change(self, **changes: Any) -> Config:
        """Set fields of `Config` and write the file.

        A folder that cannot be written costs the memory of the setting, not the setting itself.
        """
        self.config = replace(self.config, **changes)
        try:
            self._write()
        except OSError as error:
            log.warning("settings not kept: %s", error)
        self._kept = True
        return self.config

    def _read(self) -> Config:
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return _defaults()
        except (OSError, UnicodeDecodeError) as error:
            log.warning("settings not read: %s", error)
            return _defaults()
        try:
            raw = json.loads(text)
        except ValueError:
            log.warning("settings damaged; kept as %s.damaged", FILE_NAME)
            self.path.replace(self.path.with_name(f"{FILE_NAME}.damaged"))
            return _defaults()
        self._kept = isinstance(raw, dict) and "workstation" in raw
        return parse(raw)

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(f"{FILE_NAME}.new")
        draft.write_text(json.dumps(asdict(self.config), ensure_ascii=False, indent=2) + "\n", "utf-8")
        draft.replace(self.path)
