"""``tcmdesk demo``: the application on a made-up clinic."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tcmdesk.cli.demo import people
from tcmdesk.cli.options import add_look, need_display
from tcmdesk.core import paths
from tcmdesk.core.actor import Role
from tcmdesk.core.clock import FixedClock, SystemClock
from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.clock import Clock
    from tcmdesk.core.i18n import Translator

ZONE = "Asia/Shanghai"
ROLES = tuple(role.value for role in Role)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("demo", help=N_("open a made-up clinic; nothing in it is real"))
    parser.add_argument(
        "--role", choices=ROLES, default=Role.FRONT_DESK.value, help=N_("whose screen to open")
    )
    add_look(parser)
    parser.add_argument("--dir", type=Path, help=N_("folder of the demo's database"))
    parser.add_argument("--now", metavar="YYYY-MM-DDTHH:MM", help=N_("stop the clock there, for pictures"))
    parser.add_argument(
        "--sign-in", action="store_true", help=N_("show the sign-in window instead of opening directly")
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, tr: Translator) -> int:
    """Make the clinic if need be and open it."""
    need_display(tr)
    zone = ZoneInfo(ZONE)
    clock = clock_at(args.now, zone)
    print(accounts_text(tr))
    from tcmdesk.cli.demo.make import make, staff_of

    url = make(args.dir or default_folder(), clock.now(), zone)
    actor = None if args.sign_in else staff_of(url, people.SIGN_IN_AS[Role(args.role)].account)
    from tcmdesk.app.bootstrap import Launch, launch

    options = Launch(url=url, language=args.lang, mode=args.theme, scale=args.scale, clock=clock, actor=actor)
    return int(launch(options))


def default_folder() -> Path:
    """Where the demo lies when no folder is named."""
    return paths.data_dir() / "demo"


def clock_at(text: str | None, zone: dt.tzinfo) -> Clock:
    """The computer's clock, or one that stands still at a clinic-local time.

    Raises `ValidationError` when the text is no time.
    """
    if text is None:
        return SystemClock()
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(
            "demo.now", N_("“{text}” is not a time. Write it as 2026-11-24T10:22."), field="now", text=text
        ) from error
    return FixedClock(moment.replace(tzinfo=moment.tzinfo or zone))


def accounts_text(tr: Translator) -> str:
    """The accounts that the demo's sign-in takes."""
    _ = tr.gettext
    lines = [_("Accounts of the demo; the password of each is {password}:").format(password=people.PASSWORD)]
    lines += [f"  {person.account:<14} {person.name}  {person.role.value}" for person in people.STAFF]
    return "\n".join(lines)
