"""Options that several commands share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tcmdesk.core import preflight
from tcmdesk.core.config import SCALES
from tcmdesk.core.errors import Unavailable
from tcmdesk.core.i18n import LANGUAGES, N_, Translator

if TYPE_CHECKING:
    import argparse


def add_look(parser: argparse.ArgumentParser) -> None:
    """``--lang``, ``--theme`` and ``--text-scale``; None when not given."""
    parser.add_argument("--lang", choices=LANGUAGES, help=N_("language of the screens"))
    parser.add_argument("--theme", choices=("light", "dark"), help=N_("light or dark"))
    parser.add_argument(
        "--text-scale",
        type=float,
        choices=SCALES,
        help=N_("size of everything on screen, as the settings have it"),
    )


def add_url(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """``--url`` of a database."""
    parser.add_argument(
        "--url",
        required=required,
        help=N_("database address: mysql://account:password@host:3306/clinic or sqlite:////path/clinic.db"),
    )


def need_display(tr: Translator) -> None:
    """Raise `Unavailable` where Qt could not open a window, before Qt is loaded and ends the process."""
    problem = preflight.problem(tr.gettext)
    if problem:
        raise Unavailable("system.display", problem.replace("{", "{{").replace("}", "}}"))


def draw_offscreen() -> None:
    """Let Qt paint into memory; no display is needed."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
