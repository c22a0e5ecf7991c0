"""The page's own reckoning, run where it runs: in the browser."""

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def ask(page, gateway):
    """The value of an expression over a script of the page, called `m`."""

    async def evaluate(script, expression):
        await page.open(gateway)
        await page.step("no-link")
        return await page.evaluate(f"import('/static/{script}').then((m) => {expression})")

    return evaluate


async def test_four_words_for_the_line(ask):
    words = await ask(
        "quality.js",
        "[[0, 0.1], [0.02, 0.1], [0, 0.3], [0.05, 0.1], [0.2, 0.1], [0, 2]].map((a) => m.word(...a))",
    )
    assert words == ["excellent", "good", "good", "fair", "poor", "poor"]


async def test_a_bad_line_keeps_the_picture_back_and_a_good_one_sends_it_again(ask):
    pictures = await ask(
        "quality.js",
        """(() => {
          const quality = new m.Quality();
          const second = (upLoss) => { quality.add({ received: 0, lost: 0, upLoss, roundTrip: 0.1 }); return quality.picture; };
          const run = (count, loss) => Array.from({ length: count }, () => second(loss));
          return [run(5, 0.3), run(1, 0.3), run(9, 0), run(1, 0), run(6, 0.3), run(19, 0), run(1, 0)].map((one) => one.at(-1));
        })()""",
    )
    # the second time it takes twice as long
    assert pictures == [True, False, False, True, False, False, True]


async def test_a_short_burst_does_not_take_the_picture(ask):
    assert await ask(
        "quality.js",
        """(() => {
          const quality = new m.Quality();
          for (let at = 0; at < 60; at += 1) quality.add({ received: 0, lost: 0, upLoss: at % 5 ? 0.3 : 0, roundTrip: 0 });
          return quality.picture;
        })()""",
    )


SDP = "v=0\\r\\na=rtpmap:111 opus/48000/2\\r\\na=fmtp:111 useinbandfec=1\\r\\na=rtpmap:96 VP8/90000\\r\\na=rtpmap:98 H264/90000\\r\\na=fmtp:98 profile-level-id=42e01f\\r\\n"


async def test_lines_are_added_to_descriptions_once_and_none_is_lost(ask):
    resent = await ask("sdp.js", f"m.withSoundResent(m.withSoundResent('{SDP}'))")
    assert resent.count("a=rtcp-fb:111 nack\r\n") == 1
    started = await ask("sdp.js", f"m.withVideoStart(m.withVideoStart('{SDP}', 1500), 1500)")
    assert started.count("x-google-start-bitrate=1500") == 2
    assert "a=fmtp:96 x-google-start-bitrate=1500\r\n" in started
    assert "a=fmtp:98 profile-level-id=42e01f;x-google-start-bitrate=1500\r\n" in started
    for line in SDP.split("\\r\\n"):
        assert line in resent
        assert line in started


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("19840301", "1984-03-01"), ("1984-03-01", "1984-03-01"), ("1984/3/1", "1984-03-01"),
        ("1984年3月1日", "1984-03-01"), ("1984 03 01", "1984-03-01"), ("19840230", None), ("840301", None),
        ("", None), ("18000101", None), ("3/1/1984", None),
    ],
)  # fmt: skip
async def test_birthdays_as_people_type_them(ask, typed, day):
    assert await ask("steps.js", f"m.birthdayOf('{typed}')") == day
