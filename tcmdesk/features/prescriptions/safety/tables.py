"""The files of the herb and formula tables, read as they are: documents in, nothing judged yet.

The format is described in resources/herbs/README.md.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core import paths
from tcmdesk.features.prescriptions.types import KnowledgeRefusedError

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]

_SINGLE: Final = (
    "sources",
    "incompatibilities",
    "conditions",
    "allergens",
    "words",
    "characters",
    "readings",
)


@dataclass(slots=True)
class Tables:
    """The documents. Records of `herbs` and `formulas` carry the file they come from under the key ``_file``."""

    herbs: list[Record] = field(default_factory=list)
    formulas: list[Record] = field(default_factory=list)
    names: list[Record] = field(default_factory=list)
    single: dict[str, Record] = field(default_factory=dict)

    def add(self, document: Record, file: str) -> None:
        """Take in one document of herbs, formulas or names.

        Raises:
            KnowledgeRefusedError: it is none of the three.
        """
        if not isinstance(document, dict):
            raise KnowledgeRefusedError([f"{file}: not an object"])
        known = False
        for key, target in (("herbs", self.herbs), ("formulas", self.formulas)):
            records = document.get(key)
            if records is None:
                continue
            if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
                raise KnowledgeRefusedError([f"{file}: {key} is not a list of records"])
            known = True
            target.extend(
                {"category": document.get("category"), **record, "_file": file} for record in records
            )
        if document.keys() & {"ambiguous", "combined", "ratios"}:
            known = True
            self.names.append({**document, "_file": file})
        if not known:
            raise KnowledgeRefusedError([f"{file}: holds no herbs, formulas or names"])


def read_document(path: Path) -> Any:
    """One JSON file.

    Raises:
        KnowledgeRefusedError: it cannot be read or is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except (OSError, ValueError) as error:
        raise KnowledgeRefusedError([f"{path.name}: {error}"]) from error


def digest(tables: Tables) -> str:
    """A fingerprint of everything in the tables, in hexadecimal: another row, another digest."""
    said = hashlib.sha256()
    for part in (tables.single, tables.herbs, tables.formulas, tables.names):
        said.update(json.dumps(part, ensure_ascii=False).encode())
    return said.hexdigest()


def read_tables(folder: Path | None = None) -> Tables:
    """Everything under resources, or under another folder of the same shape.

    Raises:
        KnowledgeRefusedError: a file cannot be read.
    """
    root = folder or paths.resources()
    tables = Tables()
    for name in _SINGLE:
        tables.single[name] = read_document(root / "herbs" / f"{name}.json")
    for path in (
        *sorted((root / "herbs" / "entries").glob("*.json")),
        *sorted((root / "herbs" / "names").glob("*.json")),
        *sorted((root / "formulas").glob("*.json")),
    ):
        tables.add(read_document(path), path.name)
    return tables


def _once(pairs: list[tuple[str, Any]]) -> Record:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one record")
    return record
