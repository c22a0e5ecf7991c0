"""``tcmdesk`` without a command: the application, or its smoke test."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from tcmdesk.cli.options import add_look, add_url, need_display
from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.actor import Staff
    from tcmdesk.core.i18n import Translator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the application itself."""
    add_url(parser)
    add_look(parser)
    parser.add_argument(
        "--smoke",
        metavar="OUT.json",
        type=Path,
        help=N_("open every screen, try every native part, write the result and end"),
    )
    parser.set_defaults(run=run)


def defaults() -> SimpleNamespace:
    """What parsing no argument at all would give."""
    return SimpleNamespace(url=None, lang=None, theme=None, text_scale=None, smoke=None, run=run)


def run(args: argparse.Namespace | SimpleNamespace, tr: Translator) -> int:
    """Open the sign-in window and stay until the application is closed."""
    need_display(tr)
    if args.smoke:
        from tcmdesk.app.smoke import smoke

        return int(smoke(args.smoke))
    from tcmdesk.app.bootstrap import Launch, launch
    from tcmdesk.cli.demo import people

    options = Launch(
        url=args.url,
        language=args.lang,
        mode=args.theme,
        scale=args.text_scale,
        remember=args.url is None,
        open_demo=_open_demo,
        demo_password=people.PASSWORD,
    )
    return int(launch(options))


def _open_demo() -> tuple[str, Staff]:
    from tcmdesk.cli.demo.command import default_folder, open_demo
    from tcmdesk.core.clock import SystemClock

    return open_demo(default_folder(), SystemClock(), Role.FRONT_DESK)
