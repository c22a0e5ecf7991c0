"""Item models for long lists: ids first, rows a page at a time when they come into view.

`data()` never waits. What has not come yet is empty and says so (`CellRole.LOADING`); an answer to a
question that is no longer asked is dropped.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from tcmdesk.ui.columns import CellRole, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from PySide6.QtCore import QObject

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
# Beyond this many separate ranges a view redraws itself faster than it follows each.
_MANY_RANGES: Final = 500


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """A table of rows known by id.

    The screen answers `rows_wanted(generation, ids)` by `deliver(generation, rows)` or, when it could not,
    by `forget(generation, ids)`, after which they are asked for again when next shown.

    Args:
        columns: what is shown of a row.
        identify: the id of a row.
        page: rows asked for at once.
    """

    rows_wanted = Signal(int, tuple)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identify: Callable[[Row], Hashable],
        *,
        page: int = 50,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._identify = identify
        self._page = page
        self._ids: list[Hashable] = []
        self._place: dict[Hashable, int] = {}
        self._rows: dict[Hashable, Row] = {}
        self._fresh: set[Hashable] = set()
        self._asked: set[Hashable] = set()
        self._wanted: set[int] = set()
        self._generation = 0
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._on_ask_timeout)

    # What the screen says

    def set_ids(self, ids: Sequence[Hashable]) -> None:
        """The rows there are now, in order. Rows that stay keep their index, so selection and scroll do too;
        they are read again, and show what was known until then. Answers still under way are dropped.
        """
        self._generation += 1
        self._asked.clear()
        self._fresh.clear()
        self._change_ids(list(ids))
        self._rows = {key: row for key, row in self._rows.items() if key in self._place}

    def deliver(self, generation: int, rows: Iterable[Row]) -> None:
        """Rows that were wanted. Those of an earlier `generation` are dropped."""
        if generation != self._generation:
            return
        for row in rows:
            key = self._identify(row)
            self._asked.discard(key)
            if key not in self._place:
                continue
            self._rows[key] = row
            self._fresh.add(key)
            at = self._place[key]
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def forget(self, generation: int, ids: Iterable[Hashable]) -> None:
        """These could not be read; they may be asked for again."""
        if generation == self._generation:
            self._asked.difference_update(ids)

    def invalidate(self) -> None:
        """Everything may have changed: read again what is shown, show what is known until then."""
        self._generation += 1
        self._asked.clear()
        self._fresh.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    # What views and screens ask

    def row(self, index: AnyIndex) -> Row | None:
        """The row at an index, or None while it has not come."""
        return self._rows.get(self._ids[index.row()]) if index.isValid() else None

    def id_at(self, row: int) -> Hashable:
        return self._ids[row]

    def row_of(self, key: Hashable) -> int | None:
        """Where an id stands, or None."""
        return self._place.get(key)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.align == "right" else _LEFT
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        key, column = self._ids[index.row()], self.columns[index.column()]
        if key not in self._fresh and key not in self._asked:
            self._want(index.row())
        row = self._rows.get(key)
        if role == CellRole.LOADING:
            return row is None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.align == "right" else _LEFT
        if row is None:
            return None
        return self._cell(column, row, role)

    @staticmethod
    def _cell(column: Column[Row], row: Row, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title} {column.text(row)}"
        if role == CellRole.ICON:
            return column.icon(row) if column.icon else ""
        if role == CellRole.COLOUR:
            return column.tint(row) if column.tint else column.colour
        if role == CellRole.BOLD:
            return column.bold
        return None

    # Asking

    def _want(self, row: int) -> None:
        self._wanted.add(row // self._page)
        if not self._ask.isActive():
            self._ask.start()

    def _on_ask_timeout(self) -> None:
        pages, self._wanted = sorted(self._wanted), set()
        for page in pages:
            span = self._ids[page * self._page : (page + 1) * self._page]
            ids = tuple(key for key in span if key not in self._fresh and key not in self._asked)
            if ids:
                self._asked.update(ids)
                self.rows_wanted.emit(self._generation, ids)

    # Following a new list of ids without a reset

    def _change_ids(self, ids: list[Hashable]) -> None:
        if len(set(ids)) != len(ids):
            raise ValueError("an id stands twice")
        wanted = set(ids)
        gone = _ranges([at for at, key in enumerate(self._ids) if key not in wanted])
        new = _ranges([at for at, key in enumerate(ids) if key not in self._place])
        if len(gone) + len(new) > _MANY_RANGES:
            self.beginResetModel()
            self._set(ids)
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._set(self._ids[:first] + self._ids[last + 1 :])
            self.endRemoveRows()
        self._reorder([key for key in ids if key in self._place])
        for first, last in new:
            self.beginInsertRows(QModelIndex(), first, last)
            self._set(self._ids[:first] + ids[first : last + 1] + self._ids[first:])
            self.endInsertRows()

    def _reorder(self, ids: list[Hashable]) -> None:
        if ids == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self._ids[index.row()] for index in before]
        self._set(ids)
        after = [
            self.index(self._place[key], index.column()) for key, index in zip(keys, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _set(self, ids: list[Hashable]) -> None:
        self._ids = ids
        self._place = {key: at for at, key in enumerate(ids)}


def _ranges(places: list[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) runs: ``[1, 2, 5]`` is ``[(1, 2), (5, 5)]``."""
    if not places:
        return []
    cuts = [at + 1 for at, (one, two) in enumerate(pairwise(places)) if two != one + 1]
    starts, ends = [0, *cuts], [*cuts, len(places)]
    return [(places[start], places[end - 1]) for start, end in zip(starts, ends, strict=True)]
