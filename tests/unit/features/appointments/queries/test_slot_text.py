"""What the platform may have written into `time_slot`, and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.appointments.queries.slot_text import parse, write

NINE, HALF_PAST_TWO = 9 * 60, 14 * 60 + 30


@pytest.mark.parametrize(
    "text",
    [
        "09:00", "9:00", "09：00", "０９：００", " 09:00 ", "9.00", "09:00:00", "9点", "9点整", "9点钟", "9时", "09时00分", "九点", "上午9点",
        "上午九点", "早上 9:00", "9:00 AM", "9 am",
    ],
)  # fmt: skip
def test_nine_in_the_morning(text):
    assert parse(text) == (NINE, None)


@pytest.mark.parametrize(
    "text",
    [
        "14:30",
        "14：30",
        "下午2:30",
        "下午2点半",
        "下午两点半",
        "2:30 PM",
        "2:30pm",
        "十四点三十分",
        "下午2点30分",
        "中午2点半",
    ],
)
def test_half_past_two_in_the_afternoon(text):
    assert parse(text) == (HALF_PAST_TWO, None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("09:00-10:00", 540, 600),
        ("14:00–14:30", 840, 870),
        ("14:00—14:30", 840, 870),
        ("14:00～14:30", 840, 870),
        ("14:00 ~ 14:30", 840, 870),
        ("9:00至9:30", 540, 570),
        ("上午9点-10点半", 540, 630),
        ("上午9点-12点", 540, 720),
        ("下午2点到3点", 840, 900),
        ("上午11点-下午1点", 660, 780),
        ("23:30-24:00", 1410, 1440),
    ],
)
def test_ranges(text, start, end):
    assert parse(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "上午", "下午", "morning", "待定", "9", "9-10", "900", "第9号", "25:00", "24:00", "9:60", "09:00-08:00", "09:00-09:00",
        "2024-01-01", "周一 09:00", "九十点", "09:00-", "-09:00", "09:00,10:00", "1.5h", "\U0001f600",
    ],
)  # fmt: skip
def test_what_names_no_time_is_not_guessed(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("12:00 AM", 0),
        ("12:00 PM", 720),
        ("中午12点", 720),
        ("上午12点", 720),
        ("凌晨12点", 0),
        ("晚上8点", 1200),
    ],
)
def test_twelve_and_the_evening(text, minutes):
    assert parse(text) == (minutes, None)


@given(st.integers(0, 24 * 60 - 1))
def test_what_the_desk_writes_is_read_back(minutes):
    assert parse(write(minutes)) == (minutes, None)
    assert len(write(minutes)) == 5


@given(st.integers(0, 24 * 60 - 1), st.integers(1, 24 * 60), st.sampled_from("-–—~～至到"))
def test_every_range_is_read_whatever_joins_it(start, end, joint):
    text = f"{write(start)}{joint}{end // 60:02d}:{end % 60:02d}"
    assert parse(text) == ((start, end) if end > start else None)


@given(st.text(alphabet="0123456789:：-–~ 点半时分上下午中早晚至到一二三九十两 amp.整", max_size=20))
def test_no_text_breaks_it_and_every_answer_is_a_time_of_day(text):
    found = parse(text)
    if found is not None:
        start, end = found
        assert 0 <= start < 24 * 60
        assert end is None or start < end <= 24 * 60


@given(st.text(max_size=20))
def test_no_unicode_breaks_it(text):
    parse(text)
