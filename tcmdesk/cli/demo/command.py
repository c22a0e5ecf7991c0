"""``tcmdesk demo``: the application on a made-up clinic."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tcmdesk.cli.demo import existing, people
from tcmdesk.cli.options import add_look, need_display
from tcmdesk.core import paths
from tcmdesk.core.actor import Role
from tcmdesk.core.clock import FixedClock, SystemClock
from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.actor import Staff
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
    clock = clock_at(args.now, ZoneInfo(ZONE))
    print(accounts_text(tr))
    url, person = open_demo(args.dir or default_folder(), clock, Role(args.role))
    from tcmdesk.app.bootstrap import Launch, launch

    options = Launch(
        url=url,
        language=args.lang,
        mode=args.theme,
        scale=args.text_scale,
        clock=clock,
        actor=None if args.sign_in else person,
        remember=False,
        password_hint=people.PASSWORD,
    )
    return int(launch(options))


def open_demo(folder: Path, clock: Clock, role: Role) -> tuple[str, Staff]:
    """Make the demo of today if need be; its address, and who signs in in a role."""
    zone = ZoneInfo(ZONE)
    if not existing.is_current(folder, existing.label_for(clock.now(), zone)):
        from tcmdesk.cli.demo.make import make

        make(folder, clock.now(), zone)
    return existing.url_of(folder), existing.staff_of(folder, people.SIGN_IN_AS[role].account)


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
