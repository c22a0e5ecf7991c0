"""A control with its label, and a line below that is kept for what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.inputs import set_invalid
from tcmdesk.ui.components.text import Text, label
from tcmdesk.ui.theme.current import Themed, current


class Field(Themed, QWidget):
    """Label above, control, one line for help or an error.

    The line below is reserved unless `reserve` is False, so that nothing moves when an error comes.
    `aside` stands at the right of the label (a hint, a link). The label names the control for screen
    readers, and the line below describes it.
    """

    def __init__(
        self,
        text: str,
        control: QWidget,
        *,
        help_text: str = "",
        aside: str | QWidget = "",
        reserve: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._help = help_text
        self._error = ""
        self._reserve = reserve
        self._label = label(text, self)
        self._label.setBuddy(control)
        control.setAccessibleName(text)
        self._mark = IconView("circle-alert", "inline", "danger", parent=self)
        self._line = Text("", "small", "text3", elide=True, parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch(1)
        if aside:
            head.addWidget(Text(aside, "small", "text3", parent=self) if isinstance(aside, str) else aside)
        self._column.addLayout(head)
        self._column.addWidget(control)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._foot.addWidget(self._line, 1)
        self._column.addLayout(self._foot)
        self.setFocusProxy(control)
        self._show_line()
        self.start_theming()

    @property
    def error(self) -> str:
        """What is wrong, or an empty string."""
        return self._error

    def set_error(self, text: str) -> None:
        """Say what is missing (a translated sentence); an empty string takes the error away."""
        self._error = text
        set_invalid(self.control, bool(text))
        self._show_line()

    def set_help(self, text: str) -> None:
        self._help = text
        self._show_line()

    def set_label(self, text: str) -> None:
        self._label.setText(text)
        self.control.setAccessibleName(text)

    def _show_line(self) -> None:
        line = self._error or self._help
        self._line.setText(line)
        self._line.set_colour("danger" if self._error else "text3")
        self._mark.setVisible(bool(self._error))
        self._line.setVisible(bool(line) or self._reserve)
        self.control.setAccessibleDescription(line)

    def apply_theme(self) -> None:
        theme = current()
        self._column.setSpacing(theme.px(4))
        self._foot.setSpacing(theme.px(4))
        self._line.setFixedHeight(theme.height("field_note"))
