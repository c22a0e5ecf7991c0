"""Imported before anything else of the desktop: keeps PySide6 from reading the source of every later import.

PySide6 replaces Python's ``__import__`` to serve ``from __feature__ import …``, which is not used here. Its
replacement fetches the source text of each module imported afterwards and leaves it in `linecache`: 20 MB
for SQLAlchemy alone. It keeps what it replaced under a name of its own; where that is missing, nothing is
changed.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  (puts the replacement in place)

_before = getattr(builtins, "__orig_import__", None)
if _before is not None:
    builtins.__import__ = _before
