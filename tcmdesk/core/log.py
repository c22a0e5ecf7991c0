"""The log: what the program did, by ids. Patients' names, numbers and words never reach it.

Our own messages name ids and tables only. What other packages say is reduced to where they said it, and of
exceptions only type and places are written (`core.incidents`), because their texts quote the data.
"""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcmdesk.core import paths
from tcmdesk.core.incidents import describe, trace

if TYPE_CHECKING:
    from types import TracebackType

FILE_NAME: Final = "tcmdesk.log"
LARGEST: Final = 2_000_000
"""Bytes; a larger log is set aside at the next start."""

_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”")
_WORDS: Final = re.compile(r"[^\x00-\x7f]+|\d{5,}")


def scrub(text: str) -> str:
    """A foreign message without what it may quote: quoted parts, letters beyond ASCII, long numbers."""
    return _WORDS.sub("…", _QUOTED.sub("…", text))[:200]


class SafeFormatter(logging.Formatter):
    """One line a record, in UTC, and the places of its exception below."""

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s %(safe)s")

    def format(self, record: logging.LogRecord) -> str:
        record.safe = self._message(record)
        text = self.formatMessage(self._stamped(record))
        if record.exc_info and record.exc_info[1] is not None:
            text += "".join(f"\n    {line}" for line in trace(record.exc_info[1]))
        return text

    def _stamped(self, record: logging.LogRecord) -> logging.LogRecord:
        record.asctime = self.formatTime(record, self.datefmt)
        return record

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        if record.name.split(".")[0] != "tcmdesk":
            return f"({Path(record.pathname).name}:{record.lineno} {record.funcName})"
        arguments = record.args if isinstance(record.args, tuple) else ()
        safe = tuple(describe(one) if isinstance(one, BaseException) else one for one in arguments)
        return str(record.msg) % safe if safe else str(record.msg)

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Places only; the inherited one would print the message."""
        return "" if ei[1] is None else "\n".join(trace(ei[1]))


def start(folder: Path | None = None) -> Path | None:
    """Write the log to a folder (the user's log folder when not given); returns the file.

    None when the folder cannot be written: the program runs without a log then.
    """
    try:
        path = (folder or paths.log_dir()) / FILE_NAME
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".old.log"))
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(SafeFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("tcmdesk").setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    return path


def stop() -> None:
    """Close the log's file; for tests and the end of the program."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, logging.FileHandler) and isinstance(handler.formatter, SafeFormatter):
            root.removeHandler(handler)
            handler.close()
    logging.captureWarnings(capture=False)
