"""``tcmdesk audit verify``: walks every workstation's chain and names the rows that do not fit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from tcmdesk.cli.options import add_url
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from sqlalchemy import Connection

    from tcmdesk.core.db.ledger import ChainBreak
    from tcmdesk.core.i18n import Translator

BROKEN = 1


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add ``audit`` and its commands."""
    parser = subparsers.add_parser("audit", help=N_("the record of who did what"))
    commands = parser.add_subparsers(metavar=N_("COMMAND"), title=N_("commands"), required=True)
    verify = commands.add_parser("verify", help=N_("check that no row was changed or taken out"))
    add_url(verify, required=True)
    verify.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace, tr: Translator) -> int:
    """0 when every chain is whole, 1 when one is broken."""
    from tcmdesk.core.db.database import Database

    database = Database(args.url, workstation="audit")
    try:
        lengths, breaks = database.read(_walk)
    finally:
        database.close()
    _ = tr.gettext
    for found in breaks:
        text = _("{workstation}: row {seq} does not follow from the one before it")
        print(text.format(workstation=found.workstation, seq=found.seq), file=sys.stderr)
    summary = _("Rows: {rows}. Chains: {count}.")
    print(summary.format(rows=sum(lengths.values()), count=len(lengths)))
    print(_("No row was changed or taken out.") if not breaks else _("The record was tampered with."))
    return BROKEN if breaks else 0


def _walk(connection: Connection) -> tuple[dict[str, int], list[ChainBreak]]:
    from sqlalchemy import func, select

    from tcmdesk.core.db.ledger import broken_links
    from tcmdesk.core.db.operations import DeskOperation

    counts = connection.execute(
        select(DeskOperation.workstation, func.count().label("rows")).group_by(DeskOperation.workstation)
    )
    lengths = {row.workstation: row.rows for row in counts}
    breaks = [found for workstation in lengths for found in broken_links(connection, workstation)]
    return lengths, breaks
