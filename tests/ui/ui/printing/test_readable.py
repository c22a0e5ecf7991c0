"""What makes a PDF readable refuses what it does not know."""

import pytest

from tcmdesk.ui.printing.readable import Drawn, UnreadableError, make_readable

WITHOUT_TRAILER = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\nnothing else"
EMPTY_TABLE = (
    b"%PDF-1.7\n1 0 obj\n<< /ToUnicode 2 0 R >>\nendobj\n2 0 obj\n<< >>\nendobj\n"
    b"trailer\n<< /Size 3 >>\nstartxref\n9\n%%EOF\n"
)


@pytest.mark.parametrize("pdf", [WITHOUT_TRAILER, EMPTY_TABLE])
def test_another_structure(pdf):
    with pytest.raises(UnreadableError):
        make_readable(pdf, [Drawn({1: "一"})])
