import pytest

from tcmdesk.app.palette.matching import fit


@pytest.mark.parametrize(
    ("title", "typed", "marked"),
    [
        ("加号申请", "shen", "shen"),
        ("加号申请", "jhsq", "jhsq"),
        ("加号申请", "haoshen", "haoshen"),
        ("审方签名", "SF", "sf"),
        ("新预约", "xin yu", "xinyu"),
    ],
)
def test_chinese_is_found_by_pinyin_from_any_syllable_and_by_initials(title, typed, marked):
    found = fit(title, typed)
    assert found is not None
    assert "".join(found.reading[start:end] for start, end in found.reading_spans) == marked


@pytest.mark.parametrize(
    ("title", "typed"), [("加号申请", "hen"), ("New booking", "ooking"), ("审方签名", "x")]
)
def test_the_middle_of_a_word_or_syllable_is_no_beginning(title, typed):
    assert fit(title, typed) is None


def test_english_is_found_from_the_start_of_any_word():
    assert fit("New booking", "book").spans == ((4, 8),)
    assert fit("New booking", "NEW").rank < fit("New booking", "book").rank


def test_what_was_typed_in_characters_is_marked_in_the_title():
    assert fit("审方签名", "签名").spans == ((2, 4),)


def test_nothing_typed_fits_everything():
    assert fit("审方签名", "  ") is not None
