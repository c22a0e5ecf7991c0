"""Faults that nobody caught: written down without anyone's data, and told with a number to quote."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from tcmdesk.core import paths
from tcmdesk.core.incidents import number_of
from tcmdesk.core.log import scrub

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext

log = logging.getLogger(__name__)
qt_log = logging.getLogger("tcmdesk.qt")

FAULT_FILE: Final = "fault.log"
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashHandler(QObject):
    """Stands behind every thread and behind Qt. `reported` carries the number, on the UI thread.

    The program goes on: what is on screen and what was typed stay.
    """

    reported = Signal(str)
    _happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._happened.connect(self.reported, Qt.ConnectionType.QueuedConnection)
        self._fault_file: TextIOWrapper | None = None

    def install(self, folder: Path | None = None) -> None:
        """Take over; a crash of the interpreter itself leaves its stack in `fault.log`."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(self._on_qt_message)
        try:
            self._fault_file = ((folder or paths.log_dir()) / FAULT_FILE).open("a", encoding="utf-8")
            faulthandler.enable(self._fault_file)
        except OSError as error:
            log.warning("no file for the interpreter's own crashes: %s", error)

    def uninstall(self) -> None:
        """Give everything back, at the end of the program."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        if self._fault_file is not None:
            faulthandler.disable()
            self._fault_file.close()
            self._fault_file = None

    def report(self, error: BaseException) -> str:
        """Write a fault down and tell it; returns its number."""
        number = number_of(error)
        self._happened.emit(number)
        return number

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            from PySide6.QtWidgets import QApplication

            QApplication.quit()
            return
        self.report(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value)

    def _on_unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        # raised where nobody can answer, as in a destructor: written down, not told
        if unraisable.exc_value is not None:
            number_of(unraisable.exc_value)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        qt_log.log(_LEVELS[kind], "%s %s", context.category or "default", scrub(message or ""))
