"""Prepares a database: creates the contract, or adopts it, and brings our own tables up to date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from tcmdesk.core import paths
from tcmdesk.core.db.engines import parse_url
from tcmdesk.core.db.schema import guard as guards
from tcmdesk.core.db.schema import tune as tuning
from tcmdesk.core.db.schema.compare_tables import compare_tables
from tcmdesk.core.db.schema.connect import changing, is_sqlite
from tcmdesk.core.db.schema.ddl import create_missing_tables
from tcmdesk.core.db.schema.doctor import contract_of, read_tables
from tcmdesk.core.db.schema.expected import expected_tables
from tcmdesk.core.db.schema.findings import Finding, blocking, by_weight
from tcmdesk.core.db.schema.state import Origin, read_origin, write_origin
from tcmdesk.core.db.schema.version import read_version
from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_
from tcmdesk.core.registry import load_models

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class UpgradeResult:
    """What was done.

    `created` names the contract tables that were made; `before` and `after` are revisions, `before` None for
    a database that was never prepared; `indexes` names the extra ones that were added; `guarded` says whether
    the guard was asked for and is on; `findings` are differences that do not stand in the way.
    """

    origin: Origin
    created: tuple[str, ...]
    before: str | None
    after: str
    indexes: tuple[str, ...]
    guarded: bool
    findings: tuple[Finding, ...]


class ContractDiffersError(UserError):
    """The tables found are not the contract; `findings` says where. Nothing was created."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            "schema.differs",
            N_(
                "This database has other tables than the program needs ({count} differences; “tcmdesk db upgrade” lists them)."
                " Nothing was created or changed. Upgrade the platform first, or choose another database."
            ),
            count=len(findings),
        )
        self.findings = tuple(findings)


def upgrade(
    url: str | URL,
    *,
    create_contract: bool = False,
    tune: bool = False,
    guard: bool = False,
    report: Report = lambda _line: None,
) -> UpgradeResult:
    """Bring a database to the state this program works with; may be run again at any time.

    An empty database gets the whole contract. One that holds all of it is adopted, its tables untouched. A
    run that was killed is finished by the next.

    Args:
        create_contract: add the contract's tables that are missing where some are present.
        tune: add the extra indexes on contract tables.
        guard: make the database itself refuse two bookings of one slot, the platform's too.
        report: called with one line, untranslated and free of row data, for each step done.

    Raises:
        ContractDiffersError: the tables found are not the contract.
        UserError: a part of the contract is missing, the database is newer than the program, existing
            bookings stand in the way of the guard, or the database refuses.
        Unavailable: it cannot be reached, is read-only, or another workstation is changing it.
    """
    load_models()
    with changing(parse_url(url)) as connection:
        scripts = _scripts(connection)
        before = read_version(connection)
        _refuse_newer(scripts, before)
        origin, findings = _plan(connection, create_contract=create_contract)
        if guard and not origin.unfinished:
            guards.refuse_double_bookings(connection)
        created: list[str] = []
        if origin.unfinished:
            _use_utf8mb4(connection, origin)
            write_origin(connection, origin)
            created = create_missing_tables(connection)
            report(f"created {len(created)} contract tables")
        command.upgrade(_config(connection), "head")
        write_origin(connection, origin.finished)
        after = str(read_version(connection))
        if after != before:
            report(f"revision {before} -> {after}")
        indexes = tuning.add_indexes(connection, report) if tune else []
        if guard:
            guards.add_guard(connection, report)
        return UpgradeResult(
            origin=origin.finished,
            created=tuple(created),
            before=before,
            after=after,
            indexes=tuple(indexes),
            guarded=guard,
            findings=tuple(by_weight(findings)),
        )


def _plan(connection: Connection, *, create_contract: bool) -> tuple[Origin, list[Finding]]:
    """Decide what to do with the contract, before anything is changed."""
    expected = contract_of(expected_tables(connection.dialect))
    actual = read_tables(connection)
    present = [name for name in expected if name in actual]
    remembered = read_origin(connection)
    if not present:
        return Origin.CREATING, []
    findings = compare_tables(expected, actual, adopted=remembered is not Origin.CREATED)
    in_present = [finding for finding in findings if finding.code != "table.missing"]
    if blocking(in_present):
        raise ContractDiffersError(by_weight(blocking(findings)))
    missing = [name for name in expected if name not in actual]
    if remembered is not None and remembered.unfinished:
        return remembered, in_present
    if not missing:
        return remembered or Origin.ADOPTED, in_present
    if not create_contract:
        _refuse_partial(missing, len(expected))
    return Origin.COMPLETING, in_present


def _refuse_partial(missing: list[str], total: int) -> NoReturn:
    raise UserError(
        "schema.partial",
        N_(
            "{count} of the {total} shared tables are missing: {tables}. Nothing was created. If the platform"
            " does not make them, run again with --create-contract."
        ),
        count=len(missing),
        total=total,
        tables=", ".join(missing),
    )


def _refuse_newer(scripts: ScriptDirectory, version: str | None) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if version is not None and version not in known:
        raise UserError(
            "schema.newer",
            N_("A newer tcmdesk has prepared this database ({version}). Update this workstation."),
            version=version,
        )


_CHARSET: Final = text(
    "SELECT default_character_set_name FROM information_schema.schemata WHERE schema_name = DATABASE()"
)


def _use_utf8mb4(connection: Connection, origin: Origin) -> None:
    """Give a database that is still empty the character set that holds every name."""
    if is_sqlite(connection) or origin is not Origin.CREATING:
        return
    if connection.execute(_CHARSET).scalar() != "utf8mb4":
        name = connection.dialect.identifier_preparer.quote(connection.engine.url.database or "")
        connection.exec_driver_sql(f"ALTER DATABASE {name} CHARACTER SET utf8mb4")


def _config(connection: Connection) -> Config:
    config = Config()
    # Alembic's option values are interpolated
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts(connection: Connection) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(connection))
