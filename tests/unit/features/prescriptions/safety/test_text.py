"""Widths, characters, handling notes and dosage forms as they are written."""

import pytest

from tcmdesk.features.prescriptions.safety.build import reference
from tcmdesk.features.prescriptions.types import Form

TEXT = reference().text


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("汤剂", Form.DECOCTION), ("中药饮片（代煎）", Form.DECOCTION), ("水煎服", Form.DECOCTION), ("代茶饮", Form.DECOCTION),
        ("颗粒剂", Form.GRANULES), ("免煎中药颗粒", Form.GRANULES), ("配方顆粒", Form.GRANULES),
        ("丸剂", Form.PILLS), ("打粉装胶囊", Form.PILLS), ("散剂", Form.PILLS), ("膏方", Form.PASTE), ("药酒", Form.WINE),
        ("外用散剂", Form.EXTERNAL), ("熏洗", Form.EXTERNAL), ("泡脚", Form.EXTERNAL), ("膏药", Form.EXTERNAL), ("灌肠", Form.EXTERNAL),
        ("注射剂", None), ("", None),
    ],
)  # fmt: skip
def test_a_dosage_form_is_read(written, form):
    assert TEXT.form(written) is form


@pytest.mark.parametrize(
    ("written", "methods"),
    [
        ("先煎30分钟", {"先煎"}), ("（后下）", {"后下"}), ("布包煎", {"包煎"}), ("另炖兑服", {"另煎", "冲服"}), ("烊化", {"烊化"}),
        ("研末冲服", {"冲服"}), ("外敷", {"外用"}), ("每日1剂", set()), ("另包", set()), ("", set()),
    ],
)  # fmt: skip
def test_handling_is_read_from_free_text(written, methods):
    assert TEXT.methods_in(written) == methods


def test_names_are_folded():
    assert TEXT.normalise(" “黃　耆”。") == "黄耆"
    assert TEXT.normalise("附子［先煎］") == "附子(先煎)"
    assert TEXT.normalise("ＡＢ１２") == "ab12"
    assert TEXT.normalise("") == ""
