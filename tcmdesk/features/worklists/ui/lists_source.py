"""Reads pages of the lists, and the family of the chosen row; only the last answers count."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tcmdesk.features.patients.service.people import family
from tcmdesk.features.worklists.service import reading
from tcmdesk.features.worklists.types import ListName

if TYPE_CHECKING:
    from tcmdesk.features.patients.types import FamilyMember
    from tcmdesk.features.worklists.types import Key, Page
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation


class ListsSource(QObject):
    """`found` brings a list's name, a `Page` and whether it is the first; `family_found` an account and its persons."""

    found = Signal(object, object, bool)
    failed = Signal(object, object)
    family_found = Signal(str, tuple)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._page: Operation[Page] | None = None
        self._family: Operation[tuple[FamilyMember, ...]] | None = None

    @property
    def loading(self) -> bool:
        return self._page is not None or self._family is not None

    def ask(self, name: ListName, *, days: int, after: Key | None = None) -> None:
        """Read a page; `days` is for the recall list."""
        if self._page is not None:
            self._page.cancel()
        context = self._context
        reads: dict[ListName, Any] = {
            ListName.INBOX: reading.from_platform,
            ListName.UNCONFIRMED: reading.unconfirmed,
            ListName.RECALL: partial(reading.recall, days=days),
            ListName.NO_SHOW: reading.no_show,
        }
        read, now = reads[name], context.clock.now()

        def look(connection: Any) -> Page:
            page: Page = read(connection, context.actor, now=now, zone=context.zone, after=after)
            return page

        self._page = context.operation(self, lambda: context.database.read(look))
        self._page.on_done(partial(self._on_page_done, name, after is None))
        self._page.on_failed(partial(self._on_page_failed, name)).start()

    def ask_family(self, account_id: str) -> None:
        """Read the persons of an account."""
        if self._family is not None:
            self._family.cancel()
        context = self._context

        def look() -> tuple[FamilyMember, ...]:
            return context.database.read(lambda connection: family(connection, context.actor, account_id))

        self._family = context.operation(self, look)
        self._family.on_done(partial(self._on_family_done, account_id)).on_failed(
            self._on_family_failed
        ).start()

    def _on_page_done(self, name: ListName, first: bool, page: Page) -> None:
        self._page = None
        self.found.emit(name, page, first)

    def _on_page_failed(self, name: ListName, error: BaseException) -> bool:
        self._page = None
        self.failed.emit(name, error)
        return True

    def _on_family_done(self, account_id: str, members: tuple[FamilyMember, ...]) -> None:
        self._family = None
        self.family_found.emit(account_id, members)

    def _on_family_failed(self, _error: BaseException) -> bool:
        self._family = None
        return True
