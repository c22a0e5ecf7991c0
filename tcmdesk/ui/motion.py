"""Movement: short, and none at all when the user wants none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPropertyAnimation

from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget


def slide(widget: QWidget, start: QPoint, end: QPoint) -> QPropertyAnimation | None:
    """Move a panel from `start` to `end` (positions in its parent) in 120 ms; at once with reduced motion.

    Returns the running animation, which deletes itself, or None when there is none.
    """
    theme = current()
    if not theme.motion or start == end:
        widget.move(end)
        return None
    animation = QPropertyAnimation(widget, b"pos", widget)
    animation.setDuration(theme.tokens.panel_ms)
    animation.setEasingCurve(QEasingCurve.Type.OutCubic)
    animation.setStartValue(start)
    animation.setEndValue(end)
    animation.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)
    return animation
