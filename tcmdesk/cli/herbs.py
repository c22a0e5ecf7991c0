"""``tcmdesk herbs``: look a herb up, and examine additions to the table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.prescriptions.service.herbs import FoundHerb

NOT_FOUND: Final = 1
REFUSED: Final = 2


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add ``herbs`` and its commands."""
    parser = subparsers.add_parser("herbs", help=N_("look up herbs, examine additions to the table"))
    commands = parser.add_subparsers(metavar=N_("COMMAND"), title=N_("commands"), required=True)

    find = commands.add_parser("find", help=N_("find herbs by name, alias, pinyin or initials"))
    find.add_argument("text", metavar=N_("TEXT"), help=N_("the start of a name, its pinyin or its initials"))
    find.set_defaults(run=run_find)

    validate = commands.add_parser("validate", help=N_("examine the table, or a file of additions to it"))
    validate.add_argument(
        "file", metavar=N_("FILE"), nargs="?", type=Path, help=N_("herbs, formulas or names as JSON")
    )
    validate.set_defaults(run=run_validate)


def run_find(args: argparse.Namespace, tr: Translator) -> int:
    """Print the herbs that fit, one a line; 1 when there is none."""
    from tcmdesk.features.prescriptions.service import herbs

    meanings = herbs.meanings(args.text)
    if meanings:
        # a whole name, however it is written, answers before the names it begins
        print(f"{args.text} = {' + '.join('/'.join(candidates) for candidates in meanings)}")
    found = herbs.find(args.text, limit=20)
    for herb in found:
        print(_line(herb, tr))
    if not meanings and not found:
        print(tr.gettext(N_("No herb is called that.")))
        return NOT_FOUND
    return 0


def run_validate(args: argparse.Namespace, tr: Translator) -> int:
    """Say how many records the table has; 2 with every contradiction, one a line."""
    from tcmdesk.features.prescriptions.service import herbs
    from tcmdesk.features.prescriptions.types import KnowledgeRefusedError

    try:
        summary = herbs.examine(args.file)
    except KnowledgeRefusedError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return REFUSED
    line = tr.gettext(N_("Herbs: {count}, verified: {verified}."))
    print(line.format(count=summary.herbs, verified=summary.verified_herbs))
    for source, count in summary.by_source:
        print(f"{count:6}  {source.text(tr)}")
    line = tr.gettext(N_("Formulas: {count}, verified: {verified}."))
    print(line.format(count=summary.formulas, verified=summary.verified_formulas))
    print(tr.gettext(N_("No contradictions.")))
    return 0


def _line(herb: FoundHerb, tr: Translator) -> str:
    words = [
        herb.name,
        f"({herb.written})" if herb.written != herb.name else "",
        herb.reading,
        herb.category,
        f"{herb.dose[0]:g}–{herb.dose[1]:g} g" if herb.dose else "",
        herb.toxicity or "",
        herb.latin,
        herb.source.text(tr),
        tr.gettext(N_("verified") if herb.verified else N_("unverified")),
    ]
    return "  ".join(word for word in words if word)
