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

    Options: `features`, the package whose sub-packages are the features; `table_users`, modules above the features
    that may name their tables as well.
    """

    type_name = "feature_internals"
    features = fields.StringField()
    table_users = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        package = str(self.features)
        table_users = {
            module
            for name in self.table_users  # type: ignore[attr-defined]
            for module in {name, *graph.find_descendants(name)}
        }
        breaches = sorted(
            (importer, imported)
            for feature in graph.find_children(package)
            for importer, part, imported in _entries(graph, feature)
            if not _allowed(package, importer, part, table_users)
        )
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["breaches"]:
            output.print_error(f"{importer} imports {imported}, which is private to its feature", bold=False)


def _entries(graph: ImportGraph, feature: str) -> Iterator[tuple[str, str, str]]:
    """Direct imports from outside: the importer, the part of the feature it reaches into, and the module."""
    for path in graph.find_children(feature):
        for imported in {path, *graph.find_descendants(path)}:
            for importer in graph.find_modules_that_directly_import(imported):
                if not f"{importer}.".startswith(f"{feature}."):
                    yield importer, path.rpartition(".")[2], imported


def _allowed(package: str, importer: str, part: str, table_users: set[str]) -> bool:
    if importer in table_users and part == "models":
        return True
    if not importer.startswith(f"{package}."):
        return part in SHARED_UPWARDS
    inside = importer.removeprefix(f"{package}.").split(".")[1:2]
    return part in SHARED or (*inside, part) == JOIN
