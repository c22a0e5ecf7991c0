"""The style sheet, for what Qt's own widgets draw. Our components paint themselves from the same tokens.

Arrows of combo and spin boxes are removed here, because a style sheet on the box breaks Fusion's; the
components draw Lucide's instead.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcmdesk.ui.theme.theme import Theme

_SHEET: Final = Template("""
* { outline: 0; }
QToolTip { background: $text; color: $surface; border: 0; padding: ${s4}px ${s8}px; }
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
  background: $surface; color: $text; border: 1px solid $field_line; border-radius: ${control}px;
  padding: 0 ${pad}px; selection-background-color: $accent; selection-color: $accent_fg;
  placeholder-text-color: $text3; }
QPlainTextEdit, QTextEdit { padding: ${area_pad}px ${area_side}px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $focus; padding: 0 ${pad_less}px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: ${area_pad_less}px ${area_side_less}px; }
QLineEdit[quiet="true"] { background: $sunken; border-color: $sunken; }
QLineEdit[quiet="true"]:focus { background: $surface; border-color: $focus; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { background: transparent; border: 0; padding: 0; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QAbstractSpinBox[invalid="true"] {
  border: 2px solid $danger; padding: 0 ${pad_less}px; }
QPlainTextEdit[invalid="true"], QTextEdit[invalid="true"] {
  border: 2px solid $danger; padding: ${area_pad_less}px ${area_side_less}px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
  background: $sunken; color: $text3; border: 1px solid $line; }
QComboBox::drop-down, QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: ${s24}px; }
QComboBox::down-arrow, QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; padding: ${s4}px;
  selection-background-color: $sel; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${row}px; padding: 0 ${s8}px; border-radius: ${chip}px; }
QComboBox QAbstractItemView::item:hover { background: $hover; color: $text; }
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:selected:focus {
  background: $sel; color: $text; }
QAbstractItemView { background: $surface; border: 0; selection-background-color: $sel; selection-color: $text; }
QHeaderView, QHeaderView::section { background: $surface; color: $text3; border: 0; }
QTableCornerButton::section { background: $surface; border: 0; }
QMenu { background: $raised; border: 1px solid $line; border-radius: ${control}px; padding: ${s4}px; }
QMenu::item { min-height: ${row}px; padding: 0 ${s12}px; border-radius: ${chip}px; color: $text; }
QMenu::item:selected { background: $sel; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: ${s4}px ${s8}px; }
QScrollArea { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${s8}px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: ${s8}px; margin: 2px; }
QScrollBar::handle { background: $field_line; border-radius: 2px; }
QScrollBar::handle:hover { background: $text3; }
QScrollBar::handle:vertical { min-height: ${s32}px; }
QScrollBar::handle:horizontal { min-width: ${s32}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
""")


def stylesheet(theme: Theme) -> str:
    """The sheet of a theme. It differs whenever the theme does, so that setting it always repolishes."""
    colours = {name: rgba.hex for name, rgba in theme.tokens.colours[theme.mode].items()}
    spaces = {f"s{step}": theme.px(step) for step in theme.tokens.space}
    pad, area, side = theme.px(8), theme.px(6), theme.px(8)
    return f"/* {theme!r} */" + _SHEET.substitute(
        colours,
        **spaces,
        control=theme.radius("control"),
        chip=theme.radius("chip"),
        row=theme.height("button_small"),
        pad=pad,
        pad_less=pad - 1,
        area_pad=area,
        area_pad_less=area - 1,
        area_side=side,
        area_side_less=side - 1,
    )
