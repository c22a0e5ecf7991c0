"""The door to paper: at once where it is known how, else with a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from tcmdesk.core.errors import UserError
from tcmdesk.ui.printing import output
from tcmdesk.ui.printing.choices import Choices
from tcmdesk.ui.printing.preview import PreviewDialog

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.printing.blocks import PaperDocument


class Printing:
    """Prints documents for a screen."""

    def __init__(self, context: UiContext, choices: Choices | None = None) -> None:
        self._context = context
        self._choices = choices or Choices()

    def print(self, document: PaperDocument) -> PreviewDialog | None:
        """Print on the printer this kind of document went to last; without one, or when it is gone, show the preview.

        Returns the preview where one was opened.
        """
        choice = self._choices.of(document)
        if not choice.printer:
            return self.preview(document)
        try:
            output.send(document, output.set_pages(document, choice.paper, self._context.tr), choice.printer)
        except UserError as error:
            return self.preview(document, trouble=error.text(self._context.tr))
        words = self._context.tr.gettext("{document} is printed").format(document=document.title)
        self._context.messages.done(words, key="print")
        return None

    def preview(self, document: PaperDocument, *, trouble: str = "") -> PreviewDialog:
        """Show what will come out. `trouble` says why it was not printed at once."""
        window = _window()
        dialog = PreviewDialog(self._context, document, self._choices, window, trouble=trouble)
        # the keyboard goes back to where it was, whatever the window manager does
        dialog.finished.connect(window.activateWindow)
        dialog.open()
        dialog.print.setFocus()
        return dialog


def _window() -> QWidget:
    found = QApplication.activeWindow() or next(
        (window for window in QApplication.topLevelWidgets() if window.isVisible()), None
    )
    return found if found is not None else QWidget()
