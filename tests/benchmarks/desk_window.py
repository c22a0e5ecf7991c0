"""The program itself in this process, offscreen and signed in, on a database of the benchmark's choice.

Nothing is replaced but the clock, which stands on a day of the clinic's, and the settings' folder.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import create_engine, insert, select

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.clock import FixedClock
from tcmdesk.features.identity.models import DeskStaff, User

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from tcmdesk.app.application import Application
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen

PATIENCE_SECONDS: Final = 60.0
LOOK_MS: Final = 5
CLERK: Final = Staff(user_id="0" * 36, name="bench", role=Role.FRONT_DESK)


@dataclass
class DeskWindow:
    """The running program and its day board."""

    application: Application
    board: DayBoardScreen

    def quiet(self) -> None:
        """Stop the doorbell and the jobs, so that what is measured is alone on the line."""
        session = self.application.session
        assert session is not None
        assert session.feed is not None
        assert session._jobs is not None
        session._jobs.stop()
        session.feed.stop()


def _hire(url: str) -> None:
    """Put the clerk on the staff: who is not is shown out within seconds."""
    engine = create_engine(url)
    with engine.begin() as connection:
        if connection.execute(select(DeskStaff.user_id).where(DeskStaff.user_id == CLERK.user_id)).first():
            return
        connection.execute(
            insert(User).values(
                id=CLERK.user_id, account=CLERK.name, name=CLERK.name, phone="19900000000", password_hash="",
                gender="other", role="patient", status="active",
            )
        )  # fmt: skip
        connection.execute(
            insert(DeskStaff).values(user_id=CLERK.user_id, role=CLERK.role.value, status="active")
        )
    engine.dispose()


@contextmanager
def desk_window(url: str, now: dt.datetime) -> Iterator[DeskWindow]:
    """Start the program, let a clerk in, and wait until the board shows its first day."""
    _hire(url)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tcmdesk.app.bootstrap import make_qt
    from tcmdesk.app.crash import CrashHandler
    from tcmdesk.app.launch import Launch

    from PySide6.QtCore import QEvent  # isort: skip  (after the bootstrap)
    from PySide6.QtWidgets import QApplication  # isort: skip

    qt = QApplication.instance() or make_qt()
    with tempfile.TemporaryDirectory() as folder:
        application = _application(
            Launch(url=url, language="zh_CN", actor=CLERK), Path(folder), CrashHandler(), now
        )
        application.start()
        try:
            wait_until(lambda: _board_of(application) is not None)
            board = _board_of(application)
            assert board is not None
            wait_until(lambda: board.grid.board is not None)
            yield DeskWindow(application, board)
        finally:
            application.shut_down()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            qt.processEvents()


def wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop, asleep between events as the program's own is, until something holds.

    Raises TimeoutError.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    if condition():
        return
    loop, look, deadline = QEventLoop(), QTimer(), QTimer()
    look.setInterval(LOOK_MS)
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    look.start()
    deadline.setSingleShot(True)
    deadline.timeout.connect(loop.quit)
    deadline.start(round(PATIENCE_SECONDS * 1000))
    loop.exec()
    look.stop()
    deadline.stop()
    if not condition():
        raise TimeoutError("the window did not come to it")


def pause(seconds: float) -> None:
    """Run the event loop for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _application(launch: object, folder: Path, crash: object, now: dt.datetime) -> Application:
    from tcmdesk.app.application import Application
    from tcmdesk.core.config import ConfigFile

    return Application(launch, ConfigFile(folder), crash, FixedClock(now))


def _board_of(application: Application) -> DayBoardScreen | None:
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen

    workplace = application.workplace
    screen = None if workplace is None else workplace.context.navigator.current
    return screen if isinstance(screen, DayBoardScreen) else None
