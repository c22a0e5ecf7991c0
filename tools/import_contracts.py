"""A contract that import-linter has no type for: what of a feature the others may see.

Its `protected` type needs two contracts for every feature; this says it once for all of them, and for those to come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grimp import ImportGraph

SHARED = frozenset({"service", "types"})
#: floors above the features announce and start them
SHARED_UPWARDS = SHARED | {"feature"}
#: the one more way in: a read that joins another feature's tables
JOIN = ("queries", "models")


class FeatureInternals(Contract):
    """Direct imports from outside a feature reach only its `service` and `types`.

    Options: `features`, the package whose sub-packages are the features.
    """

    type_name = "feature_internals"
    features = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        package = str(self.features)
        breaches = sorted(
            breach
            for feature in graph.find_children(package)
            for breach in _breaches(graph, package, feature)
        )
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["breaches"]:
            output.print_error(f"{importer} imports {imported}, which is private to its feature", bold=False)


def _breaches(graph: ImportGraph, package: str, feature: str) -> Iterator[tuple[str, str]]:
    for part in graph.find_children(feature):
        for imported in {part, *graph.find_descendants(part)}:
            for importer in graph.find_modules_that_directly_import(imported):
                if not f"{importer}.".startswith(f"{feature}.") and not _allowed(package, importer, part):
                    yield importer, imported


def _allowed(package: str, importer: str, part: str) -> bool:
    name = part.rpartition(".")[2]
    if not importer.startswith(f"{package}."):
        return name in SHARED_UPWARDS
    inside = importer.removeprefix(f"{package}.").split(".")[1:2]
    return name in SHARED or (inside == [JOIN[0]] and name == JOIN[1])
