"""``tcmdesk rx audit``: check every stored prescription of a period, into a table for spreadsheets."""

from __future__ import annotations

import csv
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.prescriptions.service.audit import Audited
    from tcmdesk.features.prescriptions.types import Alert

CANCELLED: Final = 130

COLUMNS: Final = (
    "prescription", "code", "date", "doctor", "alert", "severity", "herbs", "message", "source", "edition",
)  # fmt: skip
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def run_audit(args: argparse.Namespace, tr: Translator) -> int:
    """Write one row for every alert, and one for every prescription without any; 130 when it was cancelled."""
    from tcmdesk.core.actor import System
    from tcmdesk.core.config import ConfigFile
    from tcmdesk.core.db.database import Database
    from tcmdesk.features.prescriptions.service.audit import audit

    if args.first > args.last:
        raise UserError("rx.period", N_("The period ends before it begins."))
    part: Path = args.out.with_name(f"{args.out.name}.part")
    database = Database(args.url, workstation=ConfigFile().config.workstation)
    try:
        with _opened(part) as table, _interrupts() as cancelled:
            writer = csv.writer(table)
            writer.writerow(COLUMNS)
            summary = audit(
                database,
                System("rx-audit"),
                args.first,
                args.last,
                take=lambda audited: writer.writerows(_rows(audited, tr)),
                progress=_show_progress,
                cancelled=cancelled,
            )
        if summary.cancelled:
            print(tr.gettext(N_("Cancelled; nothing was written.")), file=sys.stderr)
            return CANCELLED
        part.replace(args.out)
    finally:
        part.unlink(missing_ok=True)
        database.close()
    line = tr.gettext(N_("Checked: {checked}. With alerts: {alerted}. Not readable: {unreadable}."))
    print(
        line.format(checked=summary.checked, alerted=summary.alerted, unreadable=summary.unreadable),
        file=sys.stderr,
    )
    return 0


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        # the mark tells spreadsheet programs that it is UTF-8
        table = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise UserError(
            "rx.out", N_("{file} cannot be written: {reason}"), file=path, reason=error.strerror
        ) from error
    with table:
        yield table


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Ctrl+C asks the work to stop instead of breaking it off."""
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield lambda: bool(asked)
    finally:
        signal.signal(signal.SIGINT, before)


def _rows(audited: Audited, tr: Translator) -> Iterator[tuple[str, ...]]:
    head = (audited.id, audited.code, audited.at.isoformat(), audited.doctor_id)
    result = audited.check
    if result is None:
        yield (*head, "", "", "", _safe(tr.gettext(N_("The medicines cannot be read."))), "", "")
        return
    if result.fault is not None:
        text = tr.gettext(N_("The check did not finish. The log has it under the number {number}."))
        yield (*head, "", "", "", text.format(number=result.fault), "", result.edition)
        return
    rows = [_row(alert, tr) for alert in result.alerts]
    rows += [
        ("", "", _safe(name), tr.gettext(N_("Not in the dictionary, unchecked.")), "", result.edition)
        for name in result.unresolved
    ]
    for row in rows or [("", "", "", "", "", result.edition)]:
        yield (*head, *row)


def _row(alert: Alert, tr: Translator) -> tuple[str, ...]:
    return (
        alert.code.value,
        alert.severity.value,
        _safe("、".join(alert.herbs)),
        _safe(alert.text(tr)),
        alert.source.text(tr),
        alert.edition,
    )


def _safe(text: str) -> str:
    """A typed name that a spreadsheet would take for a formula is kept a text."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
