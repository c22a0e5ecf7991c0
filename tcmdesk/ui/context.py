"""What every screen is given.

The database floor is imported for its types only: the sign-in window shows before SQLAlchemy is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from tcmdesk.ui.dock import Dock
from tcmdesk.ui.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from PySide6.QtCore import QObject

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.clock import Clock
    from tcmdesk.core.db.database import Database
    from tcmdesk.core.db.executor import Executor
    from tcmdesk.core.db.feed import ChangeFeed
    from tcmdesk.core.i18n import Translator
    from tcmdesk.core.permissions import Permission
    from tcmdesk.ui.changes import ChangeBus
    from tcmdesk.ui.messages import Messages
    from tcmdesk.ui.navigator import Navigator
    from tcmdesk.ui.shortcuts import Shortcuts
    from tcmdesk.ui.theme.theme import Theme

T = TypeVar("T")


@dataclass
class UiContext:
    """The services of the application, handed to each screen.

    `zone` is the clinic's time zone: everything on screen is in it, everything stored is UTC.
    """

    database: Database
    executor: Executor
    feed: ChangeFeed
    changes: ChangeBus
    actor: Actor
    tr: Translator
    clock: Clock
    zone: ZoneInfo
    theme: Theme
    messages: Messages
    navigator: Navigator
    shortcuts: Shortcuts
    dock: Dock = field(default_factory=Dock)

    def operation(self, owner: QObject, work: Callable[[], T]) -> Operation[T]:
        """Work for a worker thread, on behalf of `owner`; errors go to the message bar unless handled."""
        return Operation(self.executor, work, owner=owner, report=self.messages.show_error)

    def allowed(self, needed: Permission) -> bool:
        """Whether to offer an action; the service asks again."""
        return needed.held_by(self.actor)
