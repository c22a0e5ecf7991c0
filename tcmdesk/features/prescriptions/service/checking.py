"""Checking prescriptions that come from outside: a file, another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcmdesk.core.permissions import public
from tcmdesk.features.prescriptions.safety import contract
from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.safety.check import check

if TYPE_CHECKING:
    from tcmdesk.features.prescriptions.types import Bilingual, Check, Draft, Reader

_REASON = "judges what the caller brings, by a table that is nobody's data"


@public(_REASON)
def read_document(document: object) -> Draft:
    """A prescription from its JSON form.

    Raises:
        ValidationError: `field` is the path of what is wrong, such as ``herbs[2].g``.
    """
    return contract.read_draft(reference(), document)


@public(_REASON)
def check_draft(draft: Draft) -> Check:
    """Everything there is to say about a prescription; `Check.fault` when the engine failed."""
    return check(reference(), draft)


@public(_REASON)
def as_json(result: Check, reader: Reader) -> dict[str, Any]:
    """The answer in its JSON form, in the reader's language."""
    return contract.check_as_json(result, reader)


@public(_REASON)
def edition() -> tuple[str, Bilingual]:
    """Short name and title of the table's edition."""
    knowledge = reference()
    return knowledge.edition, knowledge.edition_title
