"""What a screen reader can say about a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def unnamed_widgets(root: QWidget) -> list[str]:
    """The widgets under `root` that the keyboard can reach and that have no accessible name.

    A widget that is hidden now but shown later counts too; one whose focus proxy takes the focus does not.
    """
    return [
        _describe(widget, root)
        for widget in (root, *root.findChildren(QWidget))
        if _reachable(widget) and not _name(widget)
    ]


def _reachable(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    return (widget.focusPolicy() & tab) == tab and widget.focusProxy() is None and not _is_inner_part(widget)


def _is_inner_part(widget: QWidget) -> bool:
    """Parts that Qt makes inside a control (a viewport, the editor of a spin box, the list a combo box drops) speak as it."""
    holder = widget.parentWidget()
    while holder is not None and not isinstance(holder, QComboBox):
        holder = holder.parentWidget()
    return widget.objectName().startswith("qt_") or (holder is not None and widget is not holder)


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else widget.accessibleName().strip()


def _describe(widget: QWidget, root: QWidget) -> str:
    return " > ".join(reversed(list(_path(widget, root))))


def _path(widget: QWidget, root: QWidget) -> Iterator[str]:
    current: QWidget | None = widget
    while current is not None:
        yield f"{type(current).__name__}{f' “{current.objectName()}”' if current.objectName() else ''}"
        current = None if current is root else current.parentWidget()
