"""Where pages go: a picture, a PDF, a printer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from tcmdesk.core.errors import UserError
from tcmdesk.core.i18n import N_
from tcmdesk.ui.printing.readable import UnreadableError, drawn_faces, make_readable
from tcmdesk.ui.printing.typesetter import DPI, MM, Page, Typesetter
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from pathlib import Path

    from tcmdesk.core.i18n import Translator
    from tcmdesk.ui.printing.blocks import PaperDocument
    from tcmdesk.ui.printing.papers import Paper

log = logging.getLogger(__name__)

PAPER: Final = 0xFFFFFFFF
"""Paper is white in every look."""

_PROGRAM: Final = "tcmdesk"


def set_pages(document: PaperDocument, paper: Paper, tr: Translator) -> list[Page]:
    """The pages of a document on a paper."""
    foot = tr.gettext("Page {page} of {count}") if paper.height is not None else ""
    return Typesetter(paper, current().families(), foot).pages(document.blocks(paper))


def picture(page: Page, *, dpi: float) -> QImage:
    """A page as it comes out of a printer, at `dpi`."""
    scale = dpi / DPI
    image = QImage(round(page.width * scale), round(page.height * scale), QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    page.paint(painter, scale)
    painter.end()
    return image


def _page_layout(page: Page) -> QPageLayout:
    size = QSizeF(page.width / MM, page.height / MM)
    return QPageLayout(
        QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch),
        QPageLayout.Orientation.Portrait,
        QMarginsF(),
    )


def pdf(document: PaperDocument, pages: list[Page]) -> bytes:
    """A PDF whose text reads back exactly as it was written."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(document.title)
    writer.setCreator(_PROGRAM)
    writer.setResolution(DPI)
    writer.setPageLayout(_page_layout(pages[0]))
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        page.paint(painter, 1)
    painter.end()
    written = bytes(buffer.data())
    layouts = [text.layout for page in pages for text in page.texts]
    try:
        return make_readable(written, drawn_faces(layouts))
    except UnreadableError as error:
        # it still prints and shows as it should
        log.warning("the text of a PDF may not read back: %s", error)
        return written


def save_pdf(document: PaperDocument, pages: list[Page], path: Path) -> None:
    """Write a PDF in one step: a file is whole or not there.

    Raises:
        UserError: the place cannot be written.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        draft.write_bytes(pdf(document, pages))
        draft.replace(path)
    except OSError as error:
        raise UserError(
            "printing.file", N_("The file cannot be written there. Choose another folder.")
        ) from error


def printers() -> list[str]:
    """The printers of this computer, its usual one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = [str(name) for name in QPrinterInfo.availablePrinterNames()]
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: name != usual)


def send(document: PaperDocument, pages: list[Page], printer_name: str) -> None:
    """Hand pages to a printer.

    Raises:
        UserError: ``printing.no_printer``: it is not there any more, or takes no work.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(printer_name)
    if info.isNull():
        raise missing(printer_name)
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.title)
    printer.setCreator(_PROGRAM)
    printer.setFullPage(True)
    printer.setPageLayout(_page_layout(pages[0]))
    painter = QPainter()
    if not painter.begin(printer):
        raise missing(printer_name)
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        page.paint(painter, printer.resolution() / DPI)
    painter.end()


def missing(printer_name: str) -> UserError:
    """The printer cannot be used."""
    return UserError(
        "printing.no_printer",
        N_("The printer “{printer}” does not answer. Choose another, or save a PDF; nothing is lost."),
        printer=printer_name,
    )
