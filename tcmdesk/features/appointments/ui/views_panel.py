"""The function keys with their saved views, and the name of the one that is being saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from tcmdesk.features.appointments.types import VIEW_KEYS, VIEW_NAME_MAX
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.features.appointments.ui.views_model import ViewRole, ViewsModel
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.sheet import Sheet
from tcmdesk.ui.shortcuts import KeyHint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from tcmdesk.features.appointments.types import SavedView
    from tcmdesk.ui.context import UiContext


class _Row(QStyledItemDelegate):
    """Key cap, name, what the view shows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        return QSize(0, current().height("candidate_row"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme, box = current(), QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, box.adjusted(0, 1, 0, -1), theme.radius("control"), "sel")
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, box.adjusted(0, 1, 0, -1), theme.radius("control"))
        middle = box.center().y()
        paint.key_cap(painter, box.left() + theme.px(10), middle, index.data(ViewRole.CAP))
        left, right = box.left() + theme.px(56), box.right() - theme.px(10)
        detail = index.data(ViewRole.DETAIL)
        if detail:
            right -= paint.text(painter, right, middle, detail, "small", "text2", align="right") + theme.px(
                12
            )
        name = index.data()
        ink = "text" if index.data(ViewRole.SAVED) else "text3"
        paint.text(painter, left, middle, name, "body", ink, bold=bool(detail), max_width=right - left)


class _List(Themed, QListView):
    """Enter takes a row, Del empties it."""

    taken = Signal(int)
    emptied = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Row(self))
        self.clicked.connect(lambda index: self.taken.emit(index.row() + 1))
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(VIEW_KEYS * current().height("candidate_row"))
        self.viewport().setAutoFillBackground(False)

    def event(self, event: QEvent) -> bool:
        """Del is this list's while it has the keyboard, whatever it means to the board."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Delete:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        number = key - Qt.Key.Key_F1 + 1
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.taken.emit(row + 1)
        elif key == Qt.Key.Key_Delete and row >= 0:
            self.emptied.emit(row + 1)
        elif 1 <= number <= VIEW_KEYS and not event.modifiers():
            self.taken.emit(number)
        else:
            super().keyPressEvent(event)


class ViewsPanel(Sheet):
    """`saved` brings the key and the name to save what is shown under, `recalled` and `forgotten` a key."""

    saved = Signal(int, str)
    recalled = Signal(int)
    forgotten = Signal(int)

    def __init__(self, context: UiContext, describe: object, parent: QWidget | None = None) -> None:
        _ = context.tr.gettext
        super().__init__(_("Saved views"), _("Close"), parent)
        self._ = _
        self._key: int | None = None
        self.views_model = ViewsModel(context.tr, describe, self)
        self.name = TextInput(name=_("Name"), main=True)
        self.name.setMaxLength(VIEW_NAME_MAX)
        self._naming = Section(_("Name of what is shown now"), self.name, parent=self)
        self.body.addWidget(self._naming)
        self.list = _List(self)
        self.list.setModel(self.views_model)
        self.list.setAccessibleName(_("Saved views"))
        self.body.addWidget(self.list)
        self.body.addStretch(1)
        self.cancel = self.add_action(Button(_("Close"), key="Esc", size="sheet", parent=self))
        self.save = self.add_action(
            Button(_("Save"), icon="check", key="⏎", kind="primary", size="sheet", parent=self)
        )
        self.cancel.clicked.connect(self.close_requested)
        self.save.clicked.connect(self._on_submit)
        self.submit_requested.connect(self._on_submit)
        self.list.taken.connect(self._on_list_taken)
        self.list.emptied.connect(self.forgotten)
        self.start_theming()

    def begin(self, key: int | None = None, name: str = "") -> None:
        """Name a view for a key, or show the list when no key is given."""
        self._key = key
        self._naming.setVisible(key is not None)
        self.save.setVisible(key is not None)
        self.set_subtitle(f"F{key}" if key is not None else self._("Ctrl and F1 to F12 saves what is shown"))
        self.name.setText(name)
        at = (key or 1) - 1
        self.list.setCurrentIndex(self.views_model.index(at))

    def take_focus(self) -> None:
        """The keyboard goes to the name, or to the list."""
        if self._key is not None:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_views(self, views: tuple[SavedView, ...]) -> None:
        """Show what is saved."""
        self.views_model.show_views(views)

    def _on_submit(self) -> None:
        if self._key is not None and self.name.text().strip():
            self.saved.emit(self._key, self.name.text())

    def _on_list_taken(self, key: int) -> None:
        if self._key is not None and not self.views_model.is_saved(key):
            self._key = key
            self.set_subtitle(f"F{key}")
        elif self.views_model.is_saved(key):
            self.recalled.emit(key)

    def hints(self) -> list[KeyHint]:
        _ = self._
        if self._key is not None:
            return [KeyHint("⏎", _("Save")), KeyHint("Esc", _("Close"))]
        return [
            KeyHint("↑ ↓", _("Choose")),
            KeyHint("⏎", _("Show")),
            KeyHint("Del", _("Take off the key")),
            KeyHint("Esc", _("Close")),
        ]

    def arrange(self) -> None:
        self.body.setSpacing(current().px(16))
