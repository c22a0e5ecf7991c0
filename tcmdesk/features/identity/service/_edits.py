"""Two people may edit the same row: each edited field is compared with what was read."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def edited(before: DataclassInstance, after: DataclassInstance, now: DataclassInstance) -> dict[str, Any]:
    """What has yet to be written, by field. `now` was read under a lock.

    A field that was not touched stays as it is by now, whoever wrote it; one that is as wished already is no
    conflict.

    Raises:
        Conflict: ``identity.changed``: somebody else changed one of these fields; `current` is `now`.
    """
    names = [field.name for field in fields(after)]
    wanted = [name for name in names if getattr(after, name) != getattr(before, name)]
    missing = {name: getattr(after, name) for name in wanted if getattr(now, name) != getattr(after, name)}
    if any(getattr(now, name) != getattr(before, name) for name in missing):
        raise Conflict(
            "identity.changed",
            N_("Changed by someone else while you were editing. Nothing was overwritten."),
            current=now,
        )
    return missing


def gone() -> NotFound:
    """The row that was edited is no longer there."""
    return NotFound("identity.gone", N_("This account no longer exists. Look for it again."))


def check_text(field: str, value: str, longest: int, *, needed: bool = True) -> None:
    """Raise `ValidationError` for an empty text that is needed, or one that its column cannot hold."""
    if needed and not value.strip():
        raise ValidationError("identity.missing", N_("This is needed."), field=field)
    if len(value) > longest:
        raise ValidationError(
            "identity.long", N_("At most {longest} characters fit here."), field=field, longest=longest
        )
