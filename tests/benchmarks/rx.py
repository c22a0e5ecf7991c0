"""How long a doctor waits for the prescription check and for the candidates of a typed prefix.

The check gets another prescription of twenty herbs each time, under names as they are written; the candidates are those of
every prefix of every reading and name in the dictionary. The figure is the 99th percentile over the inputs, each timed three
times by the wall clock and taken at its fastest: what another program does to a busy machine in between is not the engine's.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.features.prescriptions.safety.build import build, reference
from tcmdesk.features.prescriptions.safety.check import check
from tcmdesk.features.prescriptions.safety.finder import Finder, spell
from tcmdesk.features.prescriptions.safety.tables import read_tables
from tcmdesk.features.prescriptions.types import Draft, Form, Line, Patient, Sex
from tests.benchmarks.harness import Arm, at_most, percentile, take_turns
from tests.benchmarks.report import Report
from tests.support.rx_tables import written_tables

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

HERBS: Final = 20
DRAFTS: Final = 500
REPEATS: Final = 3
LIMIT_MS: Final = 5.0
LOAD_LIMIT_MS: Final = 100.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=20_26)


def run(arguments: argparse.Namespace) -> Report:
    knowledge = reference()
    drafts = list(_drafts(random.Random(arguments.seed)))
    finder = Finder(knowledge)
    prefixes = sorted(_prefixes())
    report = Report(
        "rx",
        {
            "edition": knowledge.edition,
            "herbs": len(knowledge.herbs),
            "names": len(knowledge.names),
            "herbs_in_a_prescription": HERBS,
            "prescriptions": len(drafts),
            "prefixes": len(prefixes),
            "seed": arguments.seed,
        },
    )
    timed = take_turns(
        "99th percentile",
        "ms",
        [
            Arm("check", lambda: _slow_end(lambda draft: check(knowledge, draft), drafts)),
            Arm("candidates", lambda: _slow_end(finder.candidates, prefixes)),
        ],
        arguments.runs,
    )
    loading = take_turns("read the table", "ms", [Arm("load", _load)], arguments.runs)
    report.measurements += [timed, loading]
    report.figures += [
        timed.absolute(f"check of {HERBS} herbs, p99", "check", at_most(LIMIT_MS)),
        timed.absolute("candidates of a prefix, p99", "candidates", at_most(LIMIT_MS)),
        loading.absolute("reading the table", "load", at_most(LOAD_LIMIT_MS)),
    ]
    return report


def _drafts(draw: random.Random) -> Iterable[Draft]:
    names = written_tables()["names"]
    herbs = sorted(names)
    for _ in range(DRAFTS):
        chosen = draw.sample(herbs, HERBS)
        yield Draft(
            patient=Patient(
                Sex.FEMALE,
                draw.uniform(1, 90),
                allergies=("青霉素", draw.choice(herbs)),
                conditions=("高血压",),
            ),
            lines=tuple(Line(draw.choice(names[herb]), draw.uniform(3, 30)) for herb in chosen),
            form=Form.DECOCTION,
            doses=7,
            running=tuple(Line(herb, 9.0) for herb in draw.sample(herbs, 10)),
        )


def _prefixes() -> Iterable[str]:
    knowledge = reference()
    found = set()
    for herb in knowledge.herbs.values():
        for word in (herb.name, *herb.aliases, *map(spell, herb.readings)):
            found.update(word[:length] for length in range(1, len(word) + 1))
        for reading in herb.readings:
            initials = "".join(syllable[0] for syllable in reading.split())
            found.update(initials[:length] for length in range(1, len(initials) + 1))
    return found


def _slow_end(call: Callable[[Any], object], inputs: Iterable[Any]) -> float:
    return percentile([min(_milliseconds(call, one) for _ in range(REPEATS)) for one in inputs], 99)


def _milliseconds(call: Callable[[Any], object], one: Any) -> float:
    start = time.perf_counter()
    call(one)
    return (time.perf_counter() - start) * 1000


def _load() -> float:
    return min(_milliseconds(lambda _: build(read_tables()), None) for _ in range(REPEATS))
