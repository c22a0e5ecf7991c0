"""The twelve function keys as a list."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tcmdesk.features.appointments.types import VIEW_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.appointments.types import BoardView, SavedView

Index = QModelIndex | QPersistentModelIndex


class ViewRole(IntEnum):
    """The key, what the view shows, and whether there is one."""

    CAP = Qt.ItemDataRole.UserRole
    DETAIL = Qt.ItemDataRole.UserRole + 1
    SAVED = Qt.ItemDataRole.UserRole + 2


class ViewsModel(QAbstractListModel):
    """A row a key; `describe` says a view in a few words."""

    def __init__(
        self, tr: Translator, describe: Callable[[BoardView], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self._describe = describe
        self._views: dict[int, SavedView] = {}

    def show_views(self, views: tuple[SavedView, ...]) -> None:
        """Take what is saved."""
        self._views = {view.key: view for view in views}
        self.dataChanged.emit(self.index(0), self.index(VIEW_KEYS - 1))

    def is_saved(self, key: int) -> bool:
        return key in self._views

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's signature)
        return 0 if parent.isValid() else VIEW_KEYS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        key = index.row() + 1
        view = self._views.get(key)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return view.name if view else self._tr.gettext("Free")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"F{key} {view.name} {self._describe(view.view)}" if view else f"F{key}"
            case ViewRole.CAP:
                return f"F{key}"
            case ViewRole.DETAIL:
                return self._describe(view.view) if view else ""
            case ViewRole.SAVED:
                return view is not None
        return None
