"""An item model for lists whose rows come whole, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QModelIndex, Signal

from tcmdesk.ui.models import AnyIndex, PagedTableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from PySide6.QtCore import QObject

    from tcmdesk.ui.columns import Column

Row = TypeVar("Row")


class RowTableModel(PagedTableModel[Row]):
    """A table of rows that are handed in complete.

    `show_rows` takes the rows there are now, in order; those that stay keep their index, so selection and scroll do
    too. With `more` the view asks for the next page by `more_wanted` when it comes to the end, and `add_rows` takes
    it.
    """

    more_wanted = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identify: Callable[[Row], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, identify, parent=parent)
        self._shown: list[Row] = []
        self._more = False

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._shown)

    def show_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show these instead of what was shown."""
        self._shown = list(rows)
        self._more = more
        self.set_ids([self._identify(row) for row in self._shown])
        self.deliver(self._generation, self._shown)

    def add_rows(self, rows: Sequence[Row], *, more: bool) -> None:
        """Show these after the others; rows that are there already are shown anew where they stand."""
        known = {self._identify(row): row for row in self._shown}
        known |= {self._identify(row): row for row in rows}
        self.show_rows(list(known.values()), more=more)

    def canFetchMore(self, parent: AnyIndex = QModelIndex()) -> bool:  # noqa: B008  (Qt's own signature)
        return self._more and not parent.isValid()

    def fetchMore(self, parent: AnyIndex = QModelIndex()) -> None:  # noqa: B008
        if self.canFetchMore(parent):
            # asked once: the next page says whether there is another
            self._more = False
            self.more_wanted.emit()
