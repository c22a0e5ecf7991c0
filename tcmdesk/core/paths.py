"""Where things are: in a checkout, in an installed wheel and in the frozen program alike."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import platformdirs

APP = "tcmdesk"


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen)
    package = Path(__file__).resolve().parent.parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent


def resources() -> Path:
    """The folder of icons, theme tokens and catalogues."""
    return _root() / "resources"


def migrations() -> Path:
    """The folder of Alembic's scripts."""
    return _root() / "migrations"


def config_dir() -> Path:
    """Settings of this workstation; made when first asked for."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False, ensure_exists=True))


def data_dir() -> Path:
    """The embedded database; made when first asked for."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False, ensure_exists=True))


def log_dir() -> Path:
    """Logs and crash reports; made when first asked for."""
    return Path(platformdirs.user_log_dir(APP, appauthor=False, ensure_exists=True))
