"""``tcmdesk admin create``: the first administrator, who gives everyone else a role."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

from tcmdesk.cli.options import add_url
from tcmdesk.core.config import ConfigFile
from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.ids import uuid7

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.i18n import Translator


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add ``admin`` and its commands."""
    parser = subparsers.add_parser("admin", help=N_("staff accounts"))
    commands = parser.add_subparsers(metavar=N_("COMMAND"), title=N_("commands"), required=True)
    create = commands.add_parser("create", help=N_("make an administrator; asks for what is not given"))
    add_url(create, required=True)
    create.add_argument("--account", help=N_("name to sign in with"))
    create.add_argument("--name", help=N_("name of the person"))
    create.add_argument("--phone", help=N_("phone, which signs in as well"))
    create.set_defaults(run=run_create)


def run_create(args: argparse.Namespace, tr: Translator) -> int:
    """Ask for what is missing, and write the account. The password is never an argument: others could read it."""
    from tcmdesk.core.actor import System
    from tcmdesk.core.db.database import Database
    from tcmdesk.features.identity.service import accounts, passwords
    from tcmdesk.features.identity.types import NewAdmin

    _ = tr.gettext
    command = NewAdmin(
        user_id=uuid7(),
        account=args.account or input(_("Account: ")),
        name=args.name or input(_("Name: ")),
        phone=args.phone or input(_("Phone: ")),
    )
    password_hash = passwords.hash_password(_ask_password(tr))
    actor = System("admin-create")
    database = Database(args.url, workstation=ConfigFile().keep().workstation)
    try:
        database.write(
            actor,
            "identity:staff:create",
            lambda unit: accounts.create_admin(unit, actor, command, password_hash),
            subject=command.user_id,
        )
    finally:
        database.close()
    print(_("{account} can sign in now.").format(account=command.account))
    return 0


def _ask_password(tr: Translator) -> str:
    _ = tr.gettext
    password = getpass.getpass(_("Password: "))
    if getpass.getpass(_("Password again: ")) != password:
        raise ValidationError(
            "admin.password_differs", N_("The two passwords differ. Nothing was made; start again.")
        )
    return password
