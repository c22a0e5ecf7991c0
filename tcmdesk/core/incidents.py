"""Faults of the program: each gets a number to quote, and is written down without anyone's data.

The text of an exception may hold whatever the program was working on ("Duplicate entry '138…'", "invalid
literal '…'"). So only its type, a stable code and the places in the code are kept, never its message, never
local variables or parameters.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import TranslatableError

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misheard on the telephone
_NUMBER: Final = "_tcmdesk_incident"
_ROOT: Final = Path(__file__).resolve().parents[2]


def describe(error: BaseException) -> str:
    """What kind of error it is: type and code or number, without its text."""
    name = type(error).__qualname__
    if isinstance(error, TranslatableError):
        return f"{name}({error.code})"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name}(errno {error.errno})"
    driver = getattr(error, "orig", None)
    arguments = getattr(driver, "args", ())
    if driver is not None:
        number = arguments[0] if arguments and isinstance(arguments[0], int) else type(driver).__qualname__
        return f"{name}({number})"
    return name


def _place(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else "/".join(path.parts[-3:])


def trace(error: BaseException) -> Iterator[str]:
    """The way the error took, outermost call first, one line each, with the errors behind it."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield describe(link)
        for frame, line in walk_tb(link.__traceback__):
            yield f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        if link is not None and id(link) not in seen:
            yield "after"


def number_of(error: BaseException) -> str:
    """The number under which a fault was written down, such as ``K7QM-2XWP``; written now if it was not yet."""
    known = getattr(error, _NUMBER, None)
    if isinstance(known, str):
        return known
    digits = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(8))
    number = f"{digits[:4]}-{digits[4:]}"
    try:
        setattr(error, _NUMBER, number)
    except AttributeError:
        log.debug("an error without room for its number")
    log.error("fault %s", number, exc_info=error)
    return number
