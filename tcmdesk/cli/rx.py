"""``tcmdesk rx``: check prescriptions from a file, and the stored ones of a period."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tcmdesk.cli.options import add_url
from tcmdesk.core.errors import UserError, ValidationError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.prescriptions.types import Draft


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add ``rx`` and its commands."""
    parser = subparsers.add_parser("rx", help=N_("check prescriptions"))
    commands = parser.add_subparsers(metavar=N_("COMMAND"), title=N_("commands"), required=True)

    check = commands.add_parser("check", help=N_("check prescriptions written as JSON"))
    check.add_argument("file", metavar=N_("FILE"), help=N_("a JSON file, or - for standard input"))
    check.add_argument("--json", action="store_true", help=N_("answer as JSON"))
    check.set_defaults(run=run_check)

    audit = commands.add_parser("audit", help=N_("check the stored prescriptions of a period"))
    add_url(audit, required=True)
    audit.add_argument(
        "--from", dest="first", type=date.fromisoformat, required=True, help=N_("first day, as 2026-11-01")
    )
    audit.add_argument(
        "--to", dest="last", type=date.fromisoformat, required=True, help=N_("last day, as 2026-11-30")
    )
    audit.add_argument("--out", type=Path, required=True, help=N_("the CSV file to write"))
    audit.set_defaults(run=run_audit)


def run_audit(args: argparse.Namespace, tr: Translator) -> int:
    """Check stored prescriptions; what that takes is imported only for it."""
    from tcmdesk.cli.rx_audit import run_audit

    return run_audit(args, tr)


def run_check(args: argparse.Namespace, tr: Translator) -> int:
    """Print what the engine says about each prescription of a file; 0 even when it says a lot."""
    from tcmdesk.features.prescriptions.service import checking

    document = _read(args.file)
    several = isinstance(document, list)
    cases: list[object] = document if isinstance(document, list) else [document]
    # every case is read before the first is judged: a bad one leaves stdout empty
    drafts = [_draft(case, at if several else None, tr) for at, case in enumerate(cases)]
    checks = [checking.check_draft(draft) for draft in drafts]
    for at, one in enumerate(checks):
        if one.fault is not None:
            raise UserError(
                "rx.fault",
                N_(
                    "{case}: the check did not finish, so nothing may be issued. "
                    "The log has it under the number {number}."
                ),
                case=_case_name(cases[at], at if several else None, tr),
                number=one.fault,
            )
    if args.json:
        answers = [checking.as_json(one, tr) for one in checks]
        print(json.dumps(answers if several else answers[0], ensure_ascii=False, indent=1))
    else:
        from tcmdesk.cli.rx_text import print_checks

        names = [_case_name(case, at if several else None, tr) for at, case in enumerate(cases)]
        print_checks(names, checks, tr)
    return 0


def _read(file: str) -> object:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise UserError("rx.file", N_("{file} cannot be read: {reason}"), file=file, reason=reason) from error
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UserError(
            "rx.json", N_("{file} is not JSON: {reason}"), file=file, reason=str(error)
        ) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return record


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _draft(case: object, at: int | None, tr: Translator) -> Draft:
    from tcmdesk.features.prescriptions.service import checking

    try:
        return checking.read_document(case)
    except ValidationError as error:
        raise UserError(
            "rx.input",
            N_("{case}: {field} {reason}"),
            case=_case_name(case, at, tr),
            field=error.field,
            reason=error.text(tr),
        ) from error


def _case_name(case: object, at: int | None, tr: Translator) -> str:
    name = tr.gettext(N_("Case {number}")).format(number=1 if at is None else at + 1)
    known = case.get("id") if isinstance(case, dict) else None
    return f"{name} ({known})" if isinstance(known, str | int) else name
