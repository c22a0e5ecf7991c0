"""``tcmdesk gallery``: every component in every state, for developers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.cli.options import add_look, need_display
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.i18n import Translator


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("gallery", help=N_("show every component in every state, for developers"))
    add_look(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, tr: Translator) -> int:
    """Show the window until it is closed."""
    need_display(tr)
    from tcmdesk.app.gallery import show_gallery
    from tcmdesk.app.launch import Launch

    return int(show_gallery(Launch(language=args.lang, mode=args.theme, scale=args.text_scale)))
