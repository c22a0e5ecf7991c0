"""Printing from the desk: at once where it is known how, else with a preview; nothing is lost without a printer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tcmdesk.core.errors import UserError
from tcmdesk.core.keepsakes import Keepsake
from tcmdesk.ui.printing import output
from tcmdesk.ui.printing.blocks import Line, PaperDocument
from tcmdesk.ui.printing.choices import Choice, Choices
from tcmdesk.ui.printing.papers import ROLL_58, ROLL_80
from tcmdesk.ui.printing.printing import Printing

DOCUMENT = PaperDocument("ticket", "Ticket 8", (ROLL_80, ROLL_58), lambda _paper: (Line("8", 40),))


@pytest.fixture
def choices(tmp_path):
    return Choices(Keepsake("printing", tmp_path))


@pytest.fixture
def printers(monkeypatch):
    """Printers of this computer, and what they were sent."""
    sent = []

    def send(document, pages, name):
        if name == "gone":
            raise output.missing(name)
        sent.append((document.title, round(pages[0].width / output.MM), name))

    monkeypatch.setattr(output, "printers", lambda: ["front", "gone"])
    monkeypatch.setattr(output, "send", send)
    return sent


def test_the_first_time_one_chooses_and_then_it_is_known(front, choices, printers):
    dialog = Printing(front.context, choices).print(DOCUMENT)
    dialog.paper.set_value(ROLL_58)
    dialog.paper.value_changed.emit(ROLL_58)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert printers == [("Ticket 8", 58, "front")]
    assert Printing(front.context, choices).print(DOCUMENT) is None
    assert printers == [("Ticket 8", 58, "front")] * 2
    assert front.said[-1].text == "Ticket 8 is printed"


def test_a_printer_that_does_not_answer_leads_to_the_preview_with_the_reason(front, choices, printers):
    choices.keep(DOCUMENT, Choice(ROLL_80, "gone"))
    dialog = Printing(front.context, choices).print(DOCUMENT)
    assert "gone" in dialog.trouble
    assert dialog.pages
    dialog.close()


def test_without_any_printer_a_pdf_is_offered(front, choices, monkeypatch, tmp_path):
    monkeypatch.setattr(output, "printers", list)
    dialog = Printing(front.context, choices).print(DOCUMENT)
    assert not dialog.print.isEnabled()
    dialog.save_to(tmp_path / "ticket.pdf")
    assert (tmp_path / "ticket.pdf").read_bytes().startswith(b"%PDF")
    assert front.said[-1].text == "Saved as ticket.pdf"


def test_a_place_that_cannot_be_written_is_said_and_the_preview_stays(front, choices, printers, tmp_path):
    dialog = Printing(front.context, choices).print(DOCUMENT)
    dialog.save_to(tmp_path / "missing" / "ticket.pdf")
    assert dialog.isVisible()
    assert "folder" in dialog.trouble
    dialog.close()


def test_the_preview_says_why_nothing_came_out(front, choices, printers, monkeypatch):
    def refuse(_document, _pages, name):
        raise output.missing(name)

    dialog = Printing(front.context, choices).print(DOCUMENT)
    monkeypatch.setattr(output, "send", refuse)
    dialog.send()
    assert dialog.isVisible()
    assert "front" in dialog.trouble
    assert isinstance(output.missing("x"), UserError)
    dialog.close()
