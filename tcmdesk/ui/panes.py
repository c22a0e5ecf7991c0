"""F6: the keyboard goes from pane to pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


def focus_next(panes: Sequence[QWidget], *, back: bool = False) -> None:
    """Give the keyboard to the pane after the one that has it; panes without a place for it are left out."""
    open_to_keys = [(pane, target) for pane in panes if (target := _target(pane)) is not None]
    if not open_to_keys:
        return
    focused = QApplication.focusWidget()
    here = next(
        (
            at
            for at, (pane, _) in enumerate(open_to_keys)
            if focused and (pane is focused or pane.isAncestorOf(focused))
        ),
        None,
    )
    step = -1 if back else 1
    following = (here + step) % len(open_to_keys) if here is not None else 0
    open_to_keys[following][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _target(pane: QWidget) -> QWidget | None:
    """What takes the keyboard in a pane: what had it last, the pane itself, or its first control."""
    if not pane.isVisible() or not pane.isEnabled():
        return None
    for widget in (pane.focusWidget(), pane, *pane.findChildren(QWidget)):
        if (
            widget is not None
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and widget.isEnabled()
        ):
            return widget
    return None
