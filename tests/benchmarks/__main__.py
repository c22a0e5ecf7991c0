"""`python -m tests.benchmarks NAME …`: run one benchmark; alone, list them.

The result is one JSON document on stdout, progress goes to stderr. The exit code is 1 when a figure misses its target.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Final

NAMES: Final = {
    "load": "make the clinic that the others measure on: a million appointments, 200,000 patients …",
    "startup": "sign-in and main window against a hello-world window: time to first paint, memory",
    "screens": "day board, week, month, queue, openings, patient search through a line with 20 ms round trips",
    "search": "finding a patient among 200,000, against SELECT 1 and LIKE",
    "booking": "fifty processes after the same slots: doubles, deadlocks, clashes, speed",
    "keys": "journeys of the front desk through the real window, every physical key counted",
    "waitlist": "twenty processes accept the same offer: one wins; from a cancellation to the offer",
    "ui": "how late a 5 ms timer of the window is while 5,000 rows load",
    "rx": "the prescription check of 20 herbs, the candidates of a typed prefix",
    "safety": "recall and false alarms of the prescription check on the public case set",
    "call": "a video call: pictures and sound with a busy window, loss, drops, what showing it costs",
    "chaos": "writes while the database server is killed again and again",
}


def main() -> int:
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help"}:
        for name, summary in NAMES.items():
            print(f"{name:10}{summary}")
        return 0
    name = sys.argv[1]
    if name not in NAMES:
        print(f"no benchmark is called {name!r}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    module = import_module(f"tests.benchmarks.{name}")
    parser = argparse.ArgumentParser(prog=f"bench {name}", description=NAMES[name])
    module.add_arguments(parser)
    report = module.run(parser.parse_args(sys.argv[2:]))
    print(report.text())
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
