"""``tcmdesk herbs``: look a herb up, and examine additions to the table."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.prescriptions.safety.knowledge import Dose, Herb, Knowledge

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
    from tcmdesk.features.prescriptions.safety.build import reference
    from tcmdesk.features.prescriptions.safety.finder import Finder
    from tcmdesk.features.prescriptions.safety.identity import Kind, resolve

    knowledge = reference()
    identity = resolve(knowledge, args.text)
    if identity.kind is not Kind.UNKNOWN:
        # a whole name, however it is written, answers before the names it begins
        names = ["/".join(part.candidates) for part in identity.parts]
        print(f"{args.text} = {' + '.join(names)}")
    candidates = Finder(knowledge).candidates(args.text, limit=20)
    for candidate in candidates:
        print(_line(knowledge, candidate.herb, candidate.written, tr))
    if identity.kind is Kind.UNKNOWN and not candidates:
        print(tr.gettext(N_("No herb is called that.")))
        return NOT_FOUND
    return 0


def run_validate(args: argparse.Namespace, tr: Translator) -> int:
    """Say how many records the table has; every contradiction is an error."""
    from tcmdesk.features.prescriptions.safety.build import build
    from tcmdesk.features.prescriptions.safety.tables import (
        KnowledgeRefusedError,
        read_document,
        read_tables,
    )

    tables = read_tables()
    try:
        if args.file is not None:
            tables.add(read_document(args.file), args.file.name)
        knowledge = build(tables)
    except KnowledgeRefusedError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return REFUSED
    states = Counter(herb.verified is not None for herb in knowledge.herbs.values())
    formulas = Counter(formula.verified is not None for formula in knowledge.formulas.values())
    line = tr.gettext(N_("{count} {things}, of which {verified} verified"))
    for things, counted in ((N_("herbs"), states), (N_("formulas"), formulas)):
        print(line.format(count=counted.total(), things=tr.gettext(things), verified=counted[True]))
    sources = Counter(source for herb in knowledge.herbs.values() for source in herb.sources[:1])
    for source, count in sources.most_common():
        print(f"{count:6}  {knowledge.source_titles[source].text(tr)}")
    print(tr.gettext(N_("No contradictions.")))
    return 0


def _line(knowledge: Knowledge, herb: Herb, written: str, tr: Translator) -> str:
    verified = tr.gettext(N_("verified") if herb.verified else N_("unverified"))
    words = [herb.name]
    if written != herb.name:
        words.append(f"({written})")
    words += [herb.readings[0], herb.category, _dose(herb.dose), herb.toxicity or "", herb.latin]
    words += [knowledge.source_titles[herb.sources[0]].text(tr), verified]
    return "  ".join(word for word in words if word)


def _dose(dose: Dose) -> str:
    known = dose.decoction or dose.powder
    return f"{known.low:g}–{known.high:g} g" if known else ""
