"""Finds text that does not fit: the check behind the pictures of every screen.

A text is cut when it is wider or higher than its widget, or when its widget lies partly outside an ancestor
that does not scroll. Two things are allowed: a widget that cuts on purpose says so by ``elides = True`` and
offers the whole text to the pointer and to screen readers; what a text field holds may scroll.
A painted widget reports on itself by a method ``clipped_texts()``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# Glyphs may reach this far (px) beyond their advance without being cut.
SLACK: Final = 1


@dataclass(frozen=True, slots=True)
class Clip:
    """A cut text: where, which, and how many px it needs and has (0 and 0 when the widget only knows that)."""

    widget: str
    text: str
    needed: int = 0
    available: int = 0

    def __str__(self) -> str:
        size = f" needs {self.needed} px, has {self.available}" if self.needed else ""
        return f"{self.widget}: {self.text!r}{size}"


def find_clipped(root: QWidget) -> list[Clip]:
    """Every cut text below and in `root`, which must be shown and laid out."""
    found: list[Clip] = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisibleTo(root) and not widget.size().isEmpty():
            found.extend(_clips(widget, root))
    return found


def _clips(widget: QWidget, root: QWidget) -> Iterator[Clip]:
    where = _path(widget, root)
    reporter = getattr(widget, "clipped_texts", None)
    if reporter is not None:
        yield from (Clip(where, text) for text in reporter())
    if getattr(widget, "elides", False):
        if not _declares(widget):
            yield Clip(where, "elides without giving the whole text to pointer and screen readers")
        return
    text = _text(widget)
    if not text:
        return
    need, have = _room(widget, text)
    if need > have + SLACK:
        yield Clip(where, text, need, have)
        return
    cut = _cut_by_ancestor(widget, root)
    if cut:
        yield Clip(where, text, widget.width(), cut.width() if cut.width() < widget.width() else cut.height())


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        held = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
        return "" if held else widget.placeholderText()
    painted = getattr(widget, "text", "")
    return painted if isinstance(painted, str) else ""


def _room(widget: QWidget, text: str) -> tuple[int, int]:
    """Needed and available px, across or, for wrapped text, down."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        room = widget.contentsRect()
        if widget.wordWrap():
            box = metrics.boundingRect(QRect(0, 0, room.width(), 1 << 20), Qt.TextFlag.TextWordWrap, text)
            return (
                (box.height(), room.height()) if box.height() > room.height() else (box.width(), room.width())
            )
        return max(metrics.horizontalAdvance(line) for line in text.splitlines() or [""]), room.width()
    if isinstance(widget, QAbstractButton):
        return widget.sizeHint().width(), widget.width()
    if isinstance(widget, QComboBox):
        # at the right the arrow takes a square
        return metrics.horizontalAdvance(text), widget.width() - widget.height()
    if isinstance(widget, QLineEdit):
        margins = widget.textMargins()
        return metrics.horizontalAdvance(text), widget.width() - margins.left() - margins.right() - 16
    if isinstance(widget, QPlainTextEdit):
        box = metrics.boundingRect(
            QRect(0, 0, widget.viewport().width(), 1 << 20), Qt.TextFlag.TextWordWrap, text
        )
        return box.height(), widget.viewport().height()
    # a painted mark is as large as it asks to be
    return 0, widget.width()


def _cut_by_ancestor(widget: QWidget, root: QWidget) -> QRect | None:
    """What an ancestor leaves visible of the widget, when that is less than all of it."""
    rect = QRect(QPoint(0, 0), widget.size())
    here: QWidget = widget
    while here is not root:
        parent = here.parentWidget()
        if parent is None or (
            isinstance(parent.parentWidget(), QAbstractScrollArea)
            and parent.parentWidget().viewport() is parent
        ):
            return None
        rect = rect.translated(here.pos())
        seen = rect.intersected(QRect(QPoint(0, 0), parent.size()))
        if seen.width() < rect.width() - SLACK or seen.height() < rect.height() - SLACK:
            return seen
        here = parent
    return None


def _declares(widget: QWidget) -> bool:
    text = _text(widget)
    if not text or widget.fontMetrics().horizontalAdvance(text) <= widget.contentsRect().width() + SLACK:
        return True
    spoken = QAccessible.queryAccessibleInterface(widget)
    return widget.toolTip() == text and spoken is not None and text in spoken.text(QAccessible.Text.Name)


def _path(widget: QWidget, root: QWidget) -> str:
    names = []
    here: QWidget | None = widget
    while here is not None and here is not root:
        names.append(here.objectName() or type(here).__name__)
        here = here.parentWidget()
    return " > ".join(reversed([*names[:4], root.objectName() or type(root).__name__]))
