"""Fills a database with the clinic that the other benchmarks measure on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.clinic.build import build
from tests.benchmarks.clinic.kept import server_version
from tests.benchmarks.report import Report

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", required=True, help="an empty database; its schema is made too")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full size, 0.1 for a tenth")


def run(arguments: argparse.Namespace) -> Report:
    done = build(arguments.url, arguments.scale)
    report = Report("load", {"server": server_version(arguments.url), "scale": arguments.scale})
    report.settings["tables"] = {
        table: {"rows": rows, "seconds": round(seconds, 1)} for table, (rows, seconds) in done.items()
    }
    report.notes.append("one run, for orientation; nothing here is compared")
    return report
