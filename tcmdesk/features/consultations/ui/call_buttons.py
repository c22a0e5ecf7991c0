"""The row of buttons below the picture: a symbol on a tile, its word below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.theme.tokens import Colour

TILE: Final = 36
WORD: Final = 16


class CallButton(Themed, QPushButton):
    """A tile with a symbol and a word below.

    `name` is the whole of it where the word is short. `warns` says that it takes something away while it is checked (sound, picture); `ends` that it ends the call.
    """

    def __init__(
        self,
        icon: str,
        word: str,
        key: str = "",
        *,
        checked_icon: str = "",
        warns: bool = False,
        ends: bool = False,
        name: str = "",
        checkable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._checked_icon = icon, checked_icon or icon
        self._word, self._warns, self._ends = word, warns, ends
        self.setCheckable(checkable and not ends)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name or word)
        self.setToolTip(f"{name or word} ({key})" if key else name or word)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    @property
    def word(self) -> str:
        return self._word

    def apply_theme(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(theme.px(44), theme.px(TILE + 4 + WORD))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def clipped_texts(self) -> list[str]:
        """A word that is wider than the button, for the check of the pictures."""
        return [self._word] if paint.text_width(self._word, "mark") > self.width() else []

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        wide = min(self.width() - theme.px(6), theme.px(44))
        tile = QRectF((self.width() - wide) / 2, 0, wide, theme.px(TILE))
        ink, ground, word = self._colours()
        paint.rounded(painter, tile, theme.radius("control"), ground)
        if self.hasFocus():
            paint.focus_ring(painter, tile, theme.radius("control"))
        size = theme.icon("pane_title")
        name = self._checked_icon if self.isChecked() else self._icon
        paint.icon(painter, name, tile.center().x() - size / 2, tile.center().y(), size, ink)
        middle = theme.px(TILE + 4 + WORD / 2)
        paint.text(painter, self.width() / 2, middle, self._word, "mark", word, align="center")

    def _colours(self) -> tuple[Colour, Colour, Colour]:
        if not self.isEnabled():
            return "text3", "sunken", "text3"
        if self._ends:
            return "danger_fg", "danger", "danger"
        if self.isChecked():
            return (
                ("danger", "danger_soft", "danger")
                if self._warns
                else ("accent_text", "accent_soft", "accent_text")
            )
        return "text", "hover" if self.underMouse() else "tile", "text2"


class CallButtons(Themed, QWidget):
    """Seven things one does in a call."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = tr.gettext
        self.mute = CallButton("mic", _("Mute"), "Ctrl M", checked_icon="mic-off", warns=True, parent=self)
        self.camera = CallButton(
            "video", _("Camera"), "Ctrl E", checked_icon="video-off", warns=True, parent=self
        )
        self.volume = CallButton("volume-2", _("Volume"), checkable=False, parent=self)
        self.low_data = CallButton("gauge", _("Low data"), "Ctrl L", parent=self)
        self.audio_only = CallButton("headphones", _("Audio"), "Ctrl U", name=_("Audio only"), parent=self)
        self.full = CallButton(
            "maximize", _("Screen"), "F11", name=_("Full screen"), checkable=False, parent=self
        )
        self.end = CallButton("phone-off", _("Hang up"), "Ctrl W", ends=True, parent=self)
        self._row = QHBoxLayout(self)
        for button in self.all:
            self._row.addWidget(button)
        self.start_theming()

    @property
    def all(self) -> tuple[CallButton, ...]:
        return (
            self.mute, self.camera, self.volume, self.low_data, self.audio_only, self.full, self.end,
        )  # fmt: skip

    def reset(self) -> None:
        """As at the beginning of a call; nobody is told."""
        for button in self.all:
            before = button.blockSignals(True)
            button.setChecked(False)
            button.blockSignals(before)
            button.update()

    def apply_theme(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
