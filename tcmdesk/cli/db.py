"""``tcmdesk db``: prepare a database, examine it, describe it, rebuild the index of people."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.cli.options import add_url
from tcmdesk.core.db.schema.findings import Level, healthy
from tcmdesk.core.db.schema.state import Origin
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from tcmdesk.core.db.schema.upgrade import UpgradeResult
    from tcmdesk.core.i18n import Translator

log = logging.getLogger(__name__)

UNHEALTHY: Final = 1

_LEVELS: Final = {
    Level.BLOCKS: N_("stops the program"),
    Level.DRIFT: N_("differs"),
    Level.NOTE: N_("note"),
}
_ORIGINS: Final = {
    Origin.CREATED: N_("made by tcmdesk"),
    Origin.ADOPTED: N_("made by the platform"),
    Origin.CREATING: N_("half made; run “tcmdesk db upgrade”"),
    Origin.COMPLETING: N_("half made; run “tcmdesk db upgrade”"),
}


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add ``db`` and its commands."""
    parser = subparsers.add_parser("db", help=N_("prepare, check or describe a database"))
    commands = parser.add_subparsers(metavar=N_("COMMAND"), title=N_("commands"), required=True)

    upgrade = commands.add_parser("upgrade", help=N_("create the tables, or bring them up to date"))
    upgrade.add_argument(
        "--create-contract",
        action="store_true",
        help=N_("add the shared tables that are missing where some are there"),
    )
    upgrade.add_argument("--tune", action="store_true", help=N_("add indexes that make large clinics faster"))
    upgrade.add_argument(
        "--guard", action="store_true", help=N_("let the database refuse two bookings of one slot")
    )
    upgrade.set_defaults(run=run_upgrade)

    check = commands.add_parser("check", help=N_("compare the tables with what the program relies on"))
    check.set_defaults(run=run_check)
    info = commands.add_parser("info", help=N_("say what the database is"))
    info.set_defaults(run=run_info)
    reindex = commands.add_parser("reindex", help=N_("rebuild the index that finds people"))
    reindex.set_defaults(run=run_reindex)
    for command in (upgrade, check, info, reindex):
        add_url(command, required=True)


def run_upgrade(args: argparse.Namespace, tr: Translator) -> int:
    """Prepare the database; 0 when it is ready."""
    from tcmdesk.core.db.schema.guard import GuardRefusedError
    from tcmdesk.core.db.schema.upgrade import ContractDiffersError, upgrade

    try:
        result = upgrade(
            args.url,
            create_contract=args.create_contract,
            tune=args.tune,
            guard=args.guard,
            report=lambda line: log.info("db upgrade: %s", line),
        )
    except ContractDiffersError as error:
        _print_lines((finding.text(tr) for finding in error.findings), sys.stderr)
        raise
    except GuardRefusedError as error:
        line = tr.gettext(N_("{doctor}, {day}, {slot}: {bookings} bookings"))
        _print_lines(
            (
                line.format(
                    doctor=double.doctor,
                    day=tr.date(double.day, weekday=True, year=True),
                    slot=double.slot,
                    bookings=double.bookings,
                )
                for double in error.duplicates
            ),
            sys.stderr,
        )
        raise
    _print_lines(_summary(result, tr))
    return 0


def _summary(result: UpgradeResult, tr: Translator) -> Iterable[str]:
    _ = tr.gettext
    if result.created:
        yield _("Created {count} shared tables.").format(count=len(result.created))
    elif result.before is None:
        yield _("Adopted the shared tables as they are.")
    if result.before == result.after:
        yield _("The database is up to date ({version}).").format(version=result.after)
    else:
        yield _("The database is now at {version}.").format(version=result.after)
    if result.indexes:
        yield _("Added the indexes {names}.").format(names=", ".join(result.indexes))
    if result.guarded:
        yield _("The database refuses two bookings of one slot.")
    for finding in result.findings:
        yield f"{_(_LEVELS[finding.level])}  {finding.text(tr)}"


def run_check(args: argparse.Namespace, tr: Translator) -> int:
    """Examine the database; 0 when there is nothing but notes, else 1."""
    from tcmdesk.core.db.schema.doctor import check

    findings = check(args.url)
    _print_lines(f"{tr.gettext(_LEVELS[finding.level])}  {finding.text(tr)}" for finding in findings)
    if healthy(findings):
        print(tr.gettext(N_("The tables are as the program expects them.")))
        return 0
    count = sum(finding.level is not Level.NOTE for finding in findings)
    line = tr.ngettext("{count} difference was found.", "{count} differences were found.", count)
    print(line.format(count=count))
    return UNHEALTHY


def run_info(args: argparse.Namespace, tr: Translator) -> int:
    """Describe the database in a few lines."""
    from tcmdesk.core.db.schema.info import info

    _ = tr.gettext
    facts = info(args.url)
    origin = _(_ORIGINS[facts.origin]) if facts.origin else _("not prepared by tcmdesk")
    rows = (
        (_("database"), f"{facts.name} ({facts.charset})"),
        (_("server"), f"{facts.engine} {facts.server}"),
        (_("version"), f"{facts.version or '–'} ({_('program')}: {facts.head})"),
        (_("shared tables"), f"{facts.contract_tables}/{facts.contract_total}, {origin}"),
        (_("foreign keys"), str(facts.foreign_keys)),
        (_("extra indexes"), ", ".join(facts.tuned) or _("none")),
        (_("guard against double booking"), _("on") if facts.guarded else _("off")),
    )
    _print_lines(f"{label}: {value}" for label, value in rows)
    return 0


def run_reindex(args: argparse.Namespace, tr: Translator) -> int:
    """Rebuild the index of people, saying how far it is."""
    from tcmdesk.core.actor import System
    from tcmdesk.core.config import ConfigFile
    from tcmdesk.core.db.database import Database
    from tcmdesk.features.appointments.service.recent import reindex_with_visits

    database = Database(args.url, workstation=ConfigFile().config.workstation)
    try:
        count = reindex_with_visits(database, System("db-reindex"), database.clock.now(), _show_progress)
    finally:
        database.close()
    line = tr.ngettext("{count} person can be found.", "{count} people can be found.", count)
    print(line.format(count=count))
    return 0


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)


def _print_lines(lines: Iterable[str], stream: Any = None) -> None:
    for line in lines:
        print(line, file=stream or sys.stdout)
