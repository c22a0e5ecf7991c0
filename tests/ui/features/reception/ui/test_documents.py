"""Tickets, slips and day lists: what stands on them, on every paper, in both languages."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from tcmdesk.core.i18n import Translator
from tcmdesk.features.patients.types import Gender
from tcmdesk.features.reception.types import DayList, Slip, Ticket
from tcmdesk.features.reception.ui import documents
from tcmdesk.ui.printing import output
from tcmdesk.ui.printing.blocks import Code
from tests.factories import sample_day
from tests.factories.bookings import at
from tests.factories.clinic import DAY, ZONE

EN = Translator("en")
TICKET = Ticket(
    "杏林诊所", 8, "𠮷若曦", "陈景和", "内科", "诊室 1", DAY, at("10:45"), at("09:48"), 2, walk_in=False
)
SLIP = Slip(
    "杏林诊所", "01a204ee-c8da-7a25-acd6-25b1f2c833d7", "𠮷若曦", Gender.FEMALE, dt.date(1992, 3, 1), "陈景和",
    "内科", "诊室 1", DAY, at("10:45"), 15, "10:45", video=False,
)  # fmt: skip


def text_of(document, paper):
    data = output.pdf(document, output.set_pages(document, paper, EN))
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    pdf = QPdfDocument()
    pdf.load(buffer)
    text = "\n".join(pdf.getAllText(page).text() for page in range(pdf.pageCount()))
    pdf.close()
    return text.replace("\r", "")


@pytest.mark.parametrize("width", [80, 58])
def test_a_ticket_on_each_roll(width):
    document = documents.ticket(TICKET, EN, ZONE)
    paper = next(paper for paper in document.papers if paper.width == width)
    lines = [line.strip() for line in text_of(document, paper).split("\n") if line.strip()]
    assert lines[:7] == [
        "杏林诊所", "Your number", "8", "𠮷若曦", "陈景和 内科", "诊室 1", "2 people before you",
    ]  # fmt: skip
    assert any("10:45" in line for line in lines)


def test_the_first_in_the_queue_is_told_so():
    document = documents.ticket(replace(TICKET, ahead=0), EN, ZONE)
    assert "You are next" in text_of(document, document.papers[0])


def test_a_slip_on_every_paper():
    document = documents.slip(SLIP, EN, ZONE, DAY)
    for paper in document.papers:
        text = text_of(document, paper)
        assert all(part in text for part in ("𠮷若曦", "F 34", "10:45", "陈景和 内科", "Tue 24 Nov 2026"))


def test_the_code_names_the_appointment_and_nothing_of_the_person():
    import segno

    document = documents.slip(SLIP, EN, ZONE, DAY)
    (code,) = [block for block in document.blocks(document.papers[0]) if isinstance(block, Code)]
    expected = segno.make_qr(f"TCMDESK:A:{SLIP.appointment_id}", error="m")
    assert code.modules == tuple(tuple(bool(module) for module in row) for row in expected.matrix)


def test_a_slip_of_a_time_nobody_could_read():
    document = documents.slip(replace(SLIP, starts_at=None, slot_text="下午"), EN, ZONE, DAY)
    assert "下午 (time to be confirmed)" in " ".join(text_of(document, document.papers[0]).split())


def test_a_day_list_in_order_of_time():
    cards = tuple(sample_day.card("d1", f"{9 + number // 4}:{15 * (number % 4):02d}", 15, f"患者{number:02d}")
                  for number in range(30))  # fmt: skip
    document = documents.day_list(DayList("杏林诊所", "陈景和", "内科", "诊室 1", DAY, cards), EN, ZONE)
    text = text_of(document, document.papers[0])
    places = [text.index(card.patient_name) for card in cards]
    assert places == sorted(places)
    assert "30 appointments" in text


def test_a_day_without_anybody():
    document = documents.day_list(DayList("杏林诊所", "陈景和", "", "", DAY, ()), EN, ZONE)
    assert "No appointments" in text_of(document, document.papers[1])
