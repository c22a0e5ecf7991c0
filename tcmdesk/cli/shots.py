"""``tcmdesk shots``: a picture of every screen and dialog, and a check that no text is cut."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from tcmdesk.cli.demo import people
from tcmdesk.cli.demo.command import ZONE, clock_at, open_demo
from tcmdesk.cli.demo.existing import staff_of
from tcmdesk.cli.options import add_look, draw_offscreen, need_display
from tcmdesk.core.actor import Role
from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.i18n import Translator

NOW: Final = "2026-11-24T10:22"
CLIPPED: Final = 1


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("shots", help=N_("take a picture of every screen and dialog"))
    parser.add_argument("dir", type=Path, metavar="DIR", help=N_("folder of the pictures"))
    add_look(parser)
    parser.add_argument("--size", default="1440x900", help=N_("size of the main window, as in 1280x800"))
    parser.add_argument(
        "--scale", type=float, default=1.0, help=N_("device pixels for each pixel, as in 1.5")
    )
    parser.add_argument("--now", default=NOW, metavar="YYYY-MM-DDTHH:MM", help=N_("what the clock says"))
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help=N_("only these pictures"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, tr: Translator) -> int:
    """0 when every picture was taken and no text is cut, 1 when some is."""
    width, height = _size(args.size)
    draw_offscreen()
    os.environ["QT_SCALE_FACTOR"] = str(args.scale)
    need_display(tr)
    with tempfile.TemporaryDirectory(prefix="tcmdesk-shots-") as folder:
        return _take(args, tr, Path(folder), width, height)


def _take(args: argparse.Namespace, tr: Translator, folder: Path, width: int, height: int) -> int:
    from tcmdesk.app.bootstrap import make_qt  # before anything else of Qt
    from tcmdesk.app.launch import Launch
    from tcmdesk.app.look import Look
    from tcmdesk.app.pictures.album import Album
    from tcmdesk.app.preparing import prepare
    from tcmdesk.core.config import ConfigFile

    clock = clock_at(args.now, ZoneInfo(ZONE))
    url, _ = open_demo(folder / "demo", clock, Role.FRONT_DESK)
    qt = make_qt()
    settings = ConfigFile(folder)
    settings.change(motion=False)
    look = Look(settings, Launch(language=args.lang or tr.language, mode=args.theme, scale=args.text_scale))
    prepared = prepare(url, workstation="shots", clock=clock)
    from PySide6.QtCore import QSize

    album = Album(args.dir, look, clock, QSize(width, height), args.only)
    try:
        album.take_all(prepared, lambda role: staff_of(folder / "demo", people.SIGN_IN_AS[role].account))
    finally:
        prepared.database.close()
        qt.processEvents()
    for name, clip in album.clipped:
        print(f"{name}: {clip}", file=sys.stderr)
    summary = tr.gettext(N_("{pictures} pictures, {clipped} texts cut"))
    print(summary.format(pictures=len(album.taken), clipped=len(album.clipped)))
    return CLIPPED if album.clipped else 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise ValidationError("shots.size", N_("“{text}” is not a size. Write it as 1280x800."), text=text)
    return int(width), int(height)
