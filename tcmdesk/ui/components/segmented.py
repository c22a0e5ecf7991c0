"""A choice between a few words that stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcmdesk.ui.theme.tokens import TypeRole


class _Segment(Themed, QRadioButton):
    def __init__(self, text: str, size: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._role: TypeRole = "body" if size == "button" else "small"
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.start_theming()

    def apply_theme(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        theme = current()
        # Wide enough for the bold word, or the others would shift when it is chosen.
        wide = round(paint.text_width(self.text(), self._role, bold=True)) + theme.px(24)
        return QSize(wide, theme.height(self._size) - theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: Any) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = current()
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), theme.radius("chip")
        on = self.isChecked()
        if on:
            paint.rounded(painter, box, radius, "surface", "line")
        elif self.underMouse() and self.isEnabled():
            paint.rounded(painter, box, radius, "hover")
        if self.hasFocus():
            paint.focus_ring(painter, box, radius)
        ink = "text3" if not self.isEnabled() else "text" if on else "text2"
        centre = box.center()
        paint.text(painter, centre.x(), centre.y(), self.text(), self._role, ink, bold=on, align="center")


class SegmentedControl(Themed, QWidget):
    """A radio group: Tab enters at the chosen word, the arrow keys choose.

    `options` are (value, translated word) pairs; `name` says what is chosen to screen readers.
    `value_changed` carries the new value when the user chose it, not when `set_value` did.
    """

    value_changed = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[Any, str]],
        *,
        value: Any = None,
        name: str,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._size = "button_small" if small else "button"
        self._values: list[Any] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_options(options, value=value)
        self._group.idClicked.connect(self._on_group_id_clicked)
        self.start_theming()

    def apply_theme(self) -> None:
        edge = current().px(2)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self.setFixedHeight(current().height(self._size))

    @property
    def value(self) -> Any:
        return self._values[self._group.checkedId()]

    def set_value(self, value: Any) -> None:
        """Choose a value; `ValueError` when it is not among the options."""
        at = self._values.index(value)
        self._group.button(at).setChecked(True)
        self.setFocusProxy(self._group.button(at))

    @property
    def values(self) -> tuple[Any, ...]:
        """What there is to choose from."""
        return tuple(self._values)

    def set_options(self, options: Sequence[tuple[Any, str]], *, value: Any = None) -> None:
        """Other options; the first is chosen where no `value` is given."""
        for segment in self._group.buttons():
            self._group.removeButton(segment)
            self._row.removeWidget(segment)
            segment.hide()
            segment.deleteLater()
        self._values = [chosen for chosen, _ in options]
        for at, (_, word) in enumerate(options):
            segment = _Segment(word, self._size, self)
            segment.setAccessibleDescription(self.accessibleName())
            self._group.addButton(segment, at)
            self._row.addWidget(segment)
            segment.show()
        # the arrow keys go by where the words stand
        self._row.activate()
        self.set_value(self._values[0] if value is None else value)

    def set_words(self, words: Sequence[str]) -> None:
        """New words for the same values, after the language changed."""
        for segment, word in zip(self._group.buttons(), words, strict=True):
            segment.setText(word)
            segment.updateGeometry()

    def _on_group_id_clicked(self, at: int) -> None:
        self.setFocusProxy(self._group.button(at))
        self.value_changed.emit(self._values[at])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint.rounded(QPainter(self), QRectF(self.rect()), current().radius("control"), "sunken")
