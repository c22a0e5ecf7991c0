"""What will come out, with the printer and the paper to choose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QStandardPaths, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tcmdesk.core.errors import UserError
from tcmdesk.ui import paint
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.dialog import Dialog
from tcmdesk.ui.components.inputs import ComboBox
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import Text, label
from tcmdesk.ui.printing import output
from tcmdesk.ui.printing.choices import Choice, Choices
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.printing.blocks import PaperDocument
    from tcmdesk.ui.printing.typesetter import Page

SHEET_WIDTH: Final = 380
"""How wide a sheet is shown, px at 100 %."""

ROLL_DPI: Final = 120
"""A roll is shown by its length: so many px to the inch, at 100 %."""


class _Sheets(Themed, QWidget):
    """Pages under each other, at true proportions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self.start_theming()

    def show_pages(self, pages: list[Page]) -> None:
        theme, ratio = current(), self.devicePixelRatioF()
        inches = max(page.width for page in pages) / output.DPI
        shown = theme.px(SHEET_WIDTH if inches > 5 else round(inches * ROLL_DPI))
        self._images = []
        for page in pages:
            image = output.picture(page, dpi=shown * ratio / inches)
            image.setDevicePixelRatio(ratio)
            self._images.append(image)
        gap = theme.px(12)
        high = sum(round(image.height() / ratio) + gap for image in self._images) + gap
        self.setFixedSize(shown + 2 * gap, high)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.fillRect(event.rect(), theme.colour("sunken"))
        y = theme.px(12)
        for image in self._images:
            size = image.deviceIndependentSize()
            x = (self.width() - size.width()) / 2
            painter.drawImage(QRectF(x, y, size.width(), size.height()), image)
            paint.rounded(painter, QRectF(x - 1, y - 1, size.width() + 2, size.height() + 2), 0, None, "line")
            y += round(size.height()) + theme.px(12)


class PreviewDialog(Dialog):
    """Enter prints, Ctrl S saves a PDF, Esc leaves. What was chosen is remembered for this kind of document."""

    def __init__(
        self,
        context: UiContext,
        document: PaperDocument,
        choices: Choices,
        parent: QWidget,
        *,
        trouble: str = "",
    ) -> None:
        _ = self._ = context.tr.gettext
        super().__init__(document.title, close_text=_("Close"), note=trouble, width=760, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._document, self._choices = context, document, choices
        choice = choices.of(document)
        self._sheets = _Sheets(self)
        self._scroller = QScrollArea(self)
        self._scroller.setWidget(self._sheets)
        self._scroller.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroller.setAccessibleName(_("Preview"))
        self._build_choices(choice)
        self.pdf = self.add_action(Button(_("Save PDF"), key="Ctrl S", size="sheet", parent=self))
        self.print = self.add_action(
            Button(_("Print"), icon="printer", key="⏎", kind="primary", size="sheet", parent=self)
        )
        self.pdf.clicked.connect(self.save)
        self.print.clicked.connect(self.send)
        context.shortcuts.add(self, "Ctrl+S", _("Save PDF"), self.save)
        self.print.setEnabled(bool(self.printer.count()))
        self.pages: list[Page] = []
        self._set_pages()
        self._say_trouble(trouble)
        self.apply_theme()

    def _build_choices(self, choice: Choice) -> None:
        _ = self._
        names = output.printers()
        self.printer = ComboBox([(name, name) for name in names], name=_("Printer"), parent=self)
        if choice.printer in names:
            self.printer.set_value(choice.printer)
        self.printer.setVisible(bool(names))
        self._none = Text(_("No printer on this computer"), "body", "text2", wrap=True, parent=self)
        self._none.setVisible(not names)
        self.paper = SegmentedControl(
            [(paper, _(paper.label)) for paper in self._document.papers], name=_("Paper"), parent=self
        )
        self.paper.set_value(choice.paper)
        self.paper.value_changed.connect(lambda _paper: self._set_pages())
        self._count = Text("", "small", "text2", parent=self)
        self._trouble = Text("", "small", "warn", wrap=True, parent=self)
        side = QWidget(self)
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(0, 0, 0, 0)
        for part in (label(_("Printer"), side), self.printer, self._none, label(_("Paper"), side), self.paper,
                     self._count, self._trouble):  # fmt: skip
            self._side.addWidget(part)
        self._side.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self._scroller, 1)
        row.addWidget(side)
        self._row, self._side_widget = row, side
        self.body.addLayout(row)

    @property
    def choice(self) -> Choice:
        return Choice(self.paper.value, self.printer.value or "")

    @property
    def trouble(self) -> str:
        """Why nothing came out; empty when nothing went wrong."""
        return self._trouble.text()

    def send(self) -> None:
        """Print; a printer that does not answer is said, and everything stays."""
        choice = self.choice
        try:
            output.send(self._document, self.pages, choice.printer)
        except UserError as error:
            self._say_trouble(error.text(self._context.tr))
            return
        self._choices.keep(self._document, choice)
        self._context.messages.done(
            self._("{document} is printed").format(document=self._document.title), key="print"
        )
        self.accept()

    def save(self) -> None:
        """Save a PDF where the user says."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path, _kind = QFileDialog.getSaveFileName(
            self, self._("Save PDF"), str(Path(folder) / f"{self._document.title}.pdf"), "PDF (*.pdf)"
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save a PDF there."""
        try:
            output.save_pdf(self._document, self.pages, path)
        except UserError as error:
            self._say_trouble(error.text(self._context.tr))
            return
        self._context.messages.done(self._("Saved as {file}").format(file=path.name), key="print")
        self.accept()

    def _set_pages(self) -> None:
        self.pages = output.set_pages(self._document, self.paper.value, self._context.tr)
        self._sheets.show_pages(self.pages)
        count = len(self.pages)
        self._count.setText(
            self._context.tr.ngettext("{count} page", "{count} pages", count).format(count=count)
        )

    def _say_trouble(self, text: str) -> None:
        self.set_note("")
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))

    def apply_theme(self) -> None:
        super().apply_theme()
        if not hasattr(self, "_row"):
            return
        theme = current()
        self._row.setSpacing(theme.px(16))
        self._side.setSpacing(theme.px(8))
        self._side_widget.setFixedWidth(theme.px(250))
        self._scroller.setFixedHeight(theme.px(440))
