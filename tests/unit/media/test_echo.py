import random

from tcmdesk.media.echo import EchoDetector


def speech(seed, seconds=8):
    """Loudness of someone talking: syllables and pauses, a value each 20 ms."""
    chance = random.Random(seed)
    levels = []
    while len(levels) < seconds * 50:
        levels += [chance.choice((0.0, 0.0, 0.3, 0.6, 0.8))] * chance.randrange(4, 16)
    return levels[: seconds * 50]


def judged(played, heard):
    detector = EchoDetector()
    found = []
    for step, (one, other) in enumerate(zip(played, heard, strict=True)):
        detector.add(one, other)
        if step % 50 == 49:
            found.append(detector.judge())
    return found


def test_a_microphone_that_repeats_the_loudspeaker_is_found():
    played = speech(1)
    for delay in (1, 6, 15, 30):
        heard = [0.6 * level for level in [0.0] * delay + played[: len(played) - delay]]
        assert judged(played, heard)[-1] > 0.9, delay


def test_also_below_room_noise():
    chance = random.Random(5)
    played = speech(2)
    heard = [0.5 * level + chance.uniform(0, 0.15) for level in [0.0] * 5 + played[:-5]]
    assert judged(played, heard)[-1] is not None


def test_two_people_who_talk_are_no_echo():
    for seed in range(10, 30):
        assert not any(judged(speech(seed), speech(seed + 100)))


def test_a_headset_is_no_echo():
    assert not any(judged(speech(4), [0.02] * 400))


def test_silence_is_no_echo():
    assert not any(judged([0.0] * 400, [0.0] * 400))


def test_it_takes_three_seconds_of_evidence():
    played = speech(6, seconds=7)
    found = judged(played, [0.7 * level for level in played])
    assert found[:4] == [None] * 4
    assert found[-1] is not None
