"""The command palette: people, actions and screens by name, from wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from tcmdesk.app.palette.actions import MenuAction, actions_of, best, screens_of
from tcmdesk.app.palette.model import Section
from tcmdesk.app.palette.results import PaletteResults
from tcmdesk.core.registry import load, load_features
from tcmdesk.ui import paint
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.key_cap import KeyCap
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from tcmdesk.app.main_window import MainWindow
    from tcmdesk.ui.findings import Finder, Finding, Search

WIDTH: Final = 640
TOP: Final = 120
ACTIONS_ONLY: Final = ">"
"""Typed first, only actions are looked for."""

FEW: Final = 6
IDLE: Final = 9
"""Actions shown while nothing is typed; the rest is a letter away."""


class _Field(TextInput):
    """The field at the top: large, without an edge."""

    def apply_theme(self) -> None:
        super().apply_theme()
        self.setFont(current().font("heading", bold=False))
        self.setFixedHeight(current().px(40))


class Palette(Themed, QWidget):
    """Lies over the main window with a scrim; Esc or a click beside it closes it.

    What had the keyboard gets it back, and then the action is done, as if its own key had been pressed.
    """

    def __init__(self, window: MainWindow, menu: Iterable[MenuAction], search: Search) -> None:
        super().__init__(window)
        self._window = window
        self._search = search
        self._menu = tuple(menu)
        self._ = window.context.tr.gettext
        self._before = QApplication.focusWidget()
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._enter: bool | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self._("Find people, actions and screens"))
        self._box = QWidget(self)
        self.field = _Field(name=self._("Find people, actions and screens"), parent=self._box)
        self.field.setProperty("bare", True)
        self.field.setPlaceholderText(search.prompt or self._("Name, pinyin, phone; > for actions only"))
        self.count = Text("", "small", "text3", parent=self._box)
        self.results = PaletteResults(self._("Found"), self._box)
        self.nothing = Text("", "body", "text3", parent=self._box)
        self._actions = actions_of(window, self._menu)
        self._screens = screens_of(window)
        self._finders = self._make_finders()
        self._build()
        window.installEventFilter(self)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._look)
        self.results.chosen.connect(self._take)
        self.start_theming()
        self.field.setText(search.text)
        self._look(search.text)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_finders(self) -> dict[str, Finder]:
        context = self._window.context
        finders = {}
        for feature in load_features():
            for spec in feature.finders:
                if spec.permission is None or context.allowed(spec.permission):
                    finder: Finder = load(spec.path)(context, self)
                    finder.do = self._search.do
                    finder.found.connect(
                        lambda found, typed, title=spec.title: self._on_finder_found(title, found, typed)
                    )
                    finders[spec.title] = finder
        return finders

    def _build(self) -> None:
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.addWidget(IconView("search", parent=self._box))
        self._head.addWidget(self.field, 1)
        self._head.addWidget(self.count)
        self._column.addLayout(self._head)
        self._column.addWidget(self.results)
        self._room = QHBoxLayout()
        self._room.addWidget(self.nothing)
        self._column.addLayout(self._room)
        self._foot = QHBoxLayout()
        anything = [
            (("⏎",), self._("Open")),
            (("Ctrl ⏎",), self._("Book for this person")),
            ((ACTIONS_ONLY,), self._("Actions only")),
        ]
        own = [(("⏎",), self._("Take"))] if self._search.prompt else anything
        for caps, word in ((("↑", "↓"), self._("Choose")), *own, (("Esc",), self._("Close"))):
            for cap in caps:
                self._foot.addWidget(KeyCap(cap, self._box))
            self._foot.addWidget(Text(word, "small", "text2", parent=self._box))
            self._foot.addSpacing(current().px(10))
        self._foot.addStretch(1)
        self._column.addLayout(self._foot)

    def apply_theme(self) -> None:
        theme = current()
        pad = theme.px(20)
        self._head.setContentsMargins(pad, theme.px(8), pad, theme.px(8))
        self._head.setSpacing(theme.px(12))
        self._foot.setContentsMargins(pad, theme.px(12), pad, theme.px(12))
        self._foot.setSpacing(theme.px(4))
        self._place()

    def _place(self) -> None:
        theme = current()
        self.setGeometry(self._window.rect())
        width = min(theme.px(WIDTH), self.width() - theme.px(32))
        self._box.setFixedWidth(width)
        self._box.adjustSize()
        top = min(theme.px(TOP), max((self.height() - self._box.height()) // 2, 0))
        self._box.move((self.width() - width) // 2, top)
        self.update()

    # looking

    def _look(self, text: str) -> None:
        self._found.clear()
        self._enter = None
        people_only = bool(self._search.prompt)
        actions_only = not people_only and text.lstrip().startswith(ACTIONS_ONLY)
        typed = text.strip().removeprefix(ACTIONS_ONLY).strip()
        limit = FEW if typed and not actions_only else IDLE
        self._found[self._("Actions")] = () if people_only else best(self._actions, typed, limit)
        screens = () if actions_only or people_only else best(self._screens, typed, FEW)
        self._found[self._("Screens")] = screens
        for finder in self._finders.values():
            finder.look_for("" if actions_only else typed)
        self._show()

    def _on_finder_found(self, title: str, found: tuple[Finding, ...], typed: str) -> None:
        if typed == self.field.text().strip():
            self._found[title] = found[:FEW]
            self._show()
            if self._enter is not None:
                self._take(self.results.current, alternative=self._enter)

    def _show(self) -> None:
        sections = [Section(self._(title), self._found.get(title, ())) for title in self._finders]
        sections += [Section(self._(title), self._found[self._(title)]) for title in ("Actions", "Screens")]
        self.results.show_sections(sections)
        count = self.results.lines.count
        self.count.setText(self._("{count} found").format(count=count) if count else "")
        self.results.setVisible(bool(count))
        said = not count and bool(self.field.text().strip())
        self.nothing.setVisible(said)
        pad = current().px(20) if said else 0
        self._room.setContentsMargins(pad, pad, pad, pad)
        self.nothing.setText(
            self._("Nothing fits. Try the pinyin, the initials or the end of the phone number.")
        )
        self._place()

    # taking and leaving

    def _take(self, finding: Finding | None, *, alternative: bool = False) -> None:
        if finding is None:
            return
        run: Callable[[], object] | None = finding.alternative if alternative else finding.run
        if run is not None:
            self.leave()
            run()

    def leave(self) -> None:
        """Close, and give the keyboard back."""
        for finder in self._finders.values():
            finder.forget()
        before = self._before
        self.close()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            # Tab has nowhere to go while the palette is open
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.results.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            # who types a name and Enter in one go is answered when the person has been found
            self._enter = held if self.results.current is None else None
            self._take(self.results.current, alternative=held)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:  # noqa: ARG002  (wherever beside the box it is)
        self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.fillRect(event.rect(), theme.colour("scrim"))
        depth = theme.tokens.shadows["dialog"]
        box = QRectF(self._box.geometry())
        paint.shadow(painter, box, theme.radius("dialog"), blur=theme.px(depth.blur), dy=theme.px(depth.dy))
        paint.rounded(painter, box, theme.radius("dialog"), "raised", "line")
        head = self._head.geometry().height()
        paint.separator(painter, box.left() + 1, box.top() + head, box.width() - 2)
        foot = self._foot.geometry().height()
        paint.separator(painter, box.left() + 1, box.bottom() - foot, box.width() - 2)
