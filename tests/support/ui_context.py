"""What a screen is given, on a real database and real workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject

from tcmdesk.core.db.executor import Executor
from tcmdesk.core.i18n import Translator
from tcmdesk.ui.changes import ChangeBus
from tcmdesk.ui.context import UiContext
from tcmdesk.ui.messages import Messages
from tcmdesk.ui.navigator import Navigator
from tcmdesk.ui.shortcuts import Shortcuts
from tcmdesk.ui.theme.theme import Theme
from tests.factories.clinic import ZONE

if TYPE_CHECKING:
    from tcmdesk.core.db.database import Database


@dataclass(frozen=True)
class Surroundings:
    """A context, the object that its parts live as long as, and the program's faults that it was told of."""

    context: UiContext
    owner: QObject
    bugs: list[BaseException]


def surroundings(
    database: Database, actor: Any, *, language: str = "en", clock: Any = None, navigator: Any = None
) -> Surroundings:
    """A context for `actor`, at the database's own clock. A screen that leads elsewhere fails the test, unless a
    `navigator` is given."""
    owner, tr = QObject(), Translator(language)
    bugs: list[BaseException] = []
    context = UiContext(
        database=database,
        executor=Executor(embedded=True),
        feed=None,
        changes=ChangeBus(owner),
        actor=actor,
        tr=tr,
        clock=clock or database.clock,
        zone=ZONE,
        theme=Theme(language="en"),
        messages=Messages(tr, lambda error: bugs.append(error) or "7F3A"),
        navigator=navigator or Navigator(lambda name: pytest.fail(f"opens {name}")),
        shortcuts=Shortcuts(owner),
    )
    return Surroundings(context, owner, bugs)
