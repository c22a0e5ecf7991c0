"""PDFs read back as they were written; pictures, pages and printers."""

import re
import shutil
import subprocess

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

from tcmdesk.core.errors import UserError
from tcmdesk.ui.printing import output
from tcmdesk.ui.printing.blocks import Code, Column, Gap, Line, Pair, PaperDocument, Rule, Table
from tcmdesk.ui.printing.papers import A4, A5, ROLL_58, ROLL_80
from tcmdesk.ui.printing.typesetter import MM

# each of them is read back as something else, or as nothing, from a PDF as Qt writes it
RADICALS = "女一见长门马车龙贝金 7号"
RARE = "𠮷田 㛃䶮 𬭎 欧阳若曦"
LATIN = "12:30 “office” fi ffl – 0123456789"


def document(*blocks, papers=(A5,)):
    return PaperDocument("test", "样张", papers, lambda _paper: blocks)


def written(tr, *blocks, paper=A5):
    made = document(*blocks)
    pages = output.set_pages(made, paper, tr)
    return output.pdf(made, pages), pages


def read_back(data):
    """The text of each page, as Qt's own reader finds it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    pdf = QPdfDocument()
    pdf.load(buffer)
    texts = [pdf.getAllText(page).text() for page in range(pdf.pageCount())]
    pdf.close()
    return texts


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", [RADICALS, RARE, LATIN])
def test_the_text_reads_back_exactly(tr, text, bold):
    data, _ = written(tr, Line(text, 12, bold))
    (page,) = read_back(data)
    assert page.splitlines()[0].strip() == text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler's pdftotext")
def test_another_reader_agrees(tr, tmp_path):
    data, _ = written(tr, Line(RADICALS, 12), Line(RARE, 14, bold=True), Pair("时间", LATIN))
    (tmp_path / "x.pdf").write_bytes(data)
    run = subprocess.run(["pdftotext", "-raw", tmp_path / "x.pdf", "-"], capture_output=True, check=True)
    lines = [line.strip() for line in run.stdout.decode().splitlines()]
    assert lines[:3] == [RADICALS, RARE, f"时间 {LATIN}"]


def test_columns_are_read_in_rows_and_the_head_stands_on_each_page(tr):
    rows = tuple((f"{number:03d}", f"患者{number:03d}", "就诊中") for number in range(80))
    columns = (Column("号", 0.2, "right"), Column("姓名", 0.5, bold=True), Column("状态", 0.3))
    data, pages = written(tr, Table(columns, rows))
    texts = read_back(data)
    assert len(pages) == len(texts) > 1
    assert all("姓名" in text for text in texts)
    names = [name for text in texts for name in re.findall(r"患者\d{3}", text)]
    assert names == [row[1] for row in rows]


def test_nothing_is_cut_a_long_name_breaks(tr):
    name = "阿依古丽·买买提江·努尔艾合买提" * 4
    data, pages = written(tr, Line(name, 20, bold=True), paper=ROLL_58)
    assert "".join(read_back(data)[0].split()) == name
    texts = [text for page in pages for text in page.texts]
    assert all(
        text.layout.lineAt(at).naturalTextWidth() <= ROLL_58.room * MM
        for text in texts
        for at in range(text.layout.lineCount())
    )


def test_a_roll_is_as_long_as_what_stands_on_it(tr):
    _, (short,) = written(tr, Line("一"), paper=ROLL_80)
    _, (long,) = written(tr, Line("一"), Gap(50), Rule(), Line("二"), paper=ROLL_80)
    assert round((long.height - short.height) / MM) in range(53, 58)
    assert round(short.width / MM) == 80


def test_a_sheet_has_its_size_and_a_foot(tr):
    data, (page,) = written(tr, Line("一"), paper=A4)
    assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
    assert "Page 1 of 1" in read_back(data)[0]


def test_a_code_is_drawn_square_by_square(tr):
    modules = ((True, False, True), (False, True, False), (True, True, True))
    _, (page,) = written(tr, Code(modules, 30), paper=ROLL_80)
    image = output.picture(page, dpi=254)
    left = (80 - 30) / 2 * 10
    top = ROLL_80.margin * 10
    seen = tuple(
        tuple(
            image.pixelColor(round(left + (x + 0.5) * 100), round(top + (y + 0.5) * 100)).lightness() < 128
            for x in range(3)
        )
        for y in range(3)
    )
    assert seen == modules


def test_a_picture_is_black_on_white_whatever_the_look(tr):
    _, (page,) = written(tr, Line("候诊", 40), paper=ROLL_80)
    image = output.picture(page, dpi=100)
    assert image.pixelColor(0, 0).lightness() == 255
    dark = sum(
        image.pixelColor(x, y).lightness() < 60 for x in range(image.width()) for y in range(image.height())
    )
    assert dark > 200


def test_a_printer_that_is_not_there(tr):
    made = document(Line("一"))
    with pytest.raises(UserError) as caught:
        output.send(made, output.set_pages(made, A5, tr), "no such printer")
    assert caught.value.code == "printing.no_printer"


def test_a_pdf_is_whole_or_not_there(tr, tmp_path):
    made = document(Line("一"))
    pages = output.set_pages(made, A5, tr)
    output.save_pdf(made, pages, tmp_path / "一.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["一.pdf"]
    with pytest.raises(UserError) as caught:
        output.save_pdf(made, pages, tmp_path / "missing" / "一.pdf")
    assert caught.value.code == "printing.file"
