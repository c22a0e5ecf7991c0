"""A place for passing messages that moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.components.banner import Banner

LEAST_WIDTH: Final = 320
MOST_WIDTH: Final = 640
_MOVES: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})


class FloatingPlace(QWidget):
    """Lies over an empty widget of the screen in front and shows one banner there.

    Pushing the screen down for a sentence that goes by itself would move what someone is about to click.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over: QWidget | None = None
        self._banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def follow(self, over: QWidget | None) -> None:
        """From now on lie over this widget; None where the screen has no room."""
        if self._over is not None:
            self._over.removeEventFilter(self)
        self._over = over
        if over is not None:
            over.installEventFilter(self)
        self._fit()

    @property
    def has_room(self) -> bool:
        """Whether a sentence can be read there."""
        over = self._over
        if over is None or not over.isVisible():
            return False
        layout = over.parentWidget().layout()
        if layout is not None:
            layout.activate()  # what has just been closed still takes its room otherwise
        return over.width() >= current().px(LEAST_WIDTH)

    def show_banner(self, banner: Banner) -> None:
        """Show a banner; the one before has to be taken away first."""
        self._banner = banner
        self._column.addWidget(banner)
        banner.show()
        self._fit()

    def take(self, banner: Banner) -> bool:
        """Let go of a banner; whether it was shown here."""
        if banner is not self._banner:
            return False
        self._banner = None
        self._column.removeWidget(banner)
        self._fit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() in _MOVES:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        over = self._over
        if self._banner is None or over is None or not over.isVisible():
            self.hide()
            return
        theme = current()
        width = min(over.width(), theme.px(MOST_WIDTH))
        height = theme.height("banner")
        corner = over.mapTo(self.parentWidget(), QPoint(over.width() - width, (over.height() - height) // 2))
        self.setGeometry(corner.x(), corner.y(), width, height)
        self.show()
        self.raise_()
