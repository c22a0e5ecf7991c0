import random
from dataclasses import dataclass

import pytest

from tcmdesk.media.process.arrivals import AudioArrivals, Holes, VideoArrivals

KEY, DELTA = b"\x00", b"\x01"


@dataclass
class Packet:
    sequence_number: int
    timestamp: int
    marker: int = 1
    _data: bytes = b"."


def audio(number):
    return Packet(number % 65536, number * 960)


def stands_alone(data):
    return data[:1] == KEY


def play(arrivals, packets, step=0.02, start=100.0):
    """Hand over packets, one a step; a None is a step in which nothing arrives. Returns the timestamps decoded."""
    found = []
    for at, packet in enumerate(packets):
        now = start + at * step
        frames = arrivals.add(packet, now) if packet else arrivals.advance(now)
        found += [frame.timestamp for frame in frames]
    return found


def test_sound_in_order_is_not_kept_waiting():
    arrivals = AudioArrivals()
    for number in range(20):
        assert [frame.timestamp for frame in arrivals.add(audio(number), number * 0.02)] == [number * 960]


def test_sound_that_overtakes_is_put_in_order():
    numbers = [0, 1, 3, 2, 4, 6, 7, 5, 8]
    assert play(AudioArrivals(), map(audio, numbers)) == [number * 960 for number in range(9)]


def test_a_packet_that_is_sent_again_in_time_is_played():
    arrivals = AudioArrivals()
    found = play(arrivals, [audio(0), audio(1), audio(3), audio(4), audio(2), audio(5)])
    assert found == [number * 960 for number in range(6)]
    assert (arrivals.holes.missed, arrivals.given_up) == (1, 0)


def test_a_packet_that_stays_away_is_left_out_and_all_behind_it_are_played_at_once():
    arrivals = AudioArrivals()
    arrivals.add(audio(0), 0.0)
    assert arrivals.add(audio(2), 0.02) == []
    assert arrivals.add(audio(3), 0.04) == []
    frames = arrivals.advance(0.02 + arrivals.patience)
    assert [frame.timestamp for frame in frames] == [2 * 960, 3 * 960]
    assert (arrivals.delivered, arrivals.given_up) == (3, 1)
    assert arrivals.add(audio(1), 1.0) == []
    assert arrivals.late == 1


def test_patience_follows_how_long_a_packet_takes_that_is_asked_for():
    quick, slow = AudioArrivals(), AudioArrivals()
    for arrivals, delay in ((quick, 0.01), (slow, 0.09)):
        now = 0.0
        for number in range(0, 400, 2):
            arrivals.add(audio(number), now)
            arrivals.holes.due(now)
            arrivals.add(audio(number - 1), now + delay) if number else None
            now += 0.04
    assert quick.patience == AudioArrivals.SHORTEST_WAIT
    assert slow.patience == pytest.approx(2.5 * 0.09, rel=0.1)


def test_numbers_wrap_around():
    start = 65530
    packets = [Packet((start + step) % 65536, step * 960) for step in range(20) if step != 8]
    found = play(AudioArrivals(), [*packets, *[None] * 20])
    assert found == [step * 960 for step in range(20) if step != 8]


def test_after_an_outage_it_goes_on_with_what_comes():
    arrivals = AudioArrivals()
    found = play(arrivals, [audio(0), audio(1), audio(2), audio(900), audio(901)])
    assert found == [0, 960, 1920, 900 * 960, 901 * 960]
    assert not arrivals.holes


@pytest.mark.parametrize("loss", [0.01, 0.05, 0.1, 0.2])
def test_no_packet_that_came_is_ever_withheld(loss):
    chance = random.Random(11)
    arrivals = AudioArrivals()
    packets = [audio(number) if chance.random() >= loss else None for number in range(5000)]
    found = play(arrivals, [*packets, audio(5000), *[None] * 20])
    assert found == [packet.timestamp for packet in [*packets, audio(5000)] if packet]


def picture(number, packets=2, first=0, data=DELTA):
    """The packets of a picture; numbers continue at `first`."""
    return [
        Packet(first + part, number * 3000, int(part == packets - 1), data + bytes([number]))
        for part in range(packets)
    ]


def film(count, packets=2, keys=(0,)):
    return [
        packet
        for number in range(count)
        for packet in picture(number, packets, number * packets, KEY if number in keys else DELTA)
    ]


def test_a_picture_is_decoded_as_soon_as_its_last_packet_is_there():
    arrivals = VideoArrivals(stands_alone)
    first, second = picture(0, data=KEY)
    assert arrivals.add(first, 0.0) == []
    (frame,) = arrivals.add(second, 0.0)
    assert frame.data == first._data + second._data


def test_pictures_whose_packets_overtake_are_decoded_in_order():
    packets = film(6)
    packets[3], packets[6] = packets[6], packets[3]
    assert play(VideoArrivals(stands_alone), packets) == [number * 3000 for number in range(6)]


def test_an_incomplete_picture_costs_all_until_one_that_stands_alone():
    arrivals = VideoArrivals(stands_alone)
    packets = film(40, keys=(0, 30))
    # half of picture 5 never comes
    del packets[11]
    found = play(arrivals, packets, step=0.015)
    assert found == [number * 3000 for number in (*range(5), *range(30, 40))]


@pytest.mark.parametrize("gone", [range(10, 11), range(11, 12), range(10, 13), range(11, 15)])
def test_whatever_part_is_lost_nothing_broken_is_decoded(gone):
    arrivals = VideoArrivals(stands_alone)
    packets = [packet for at, packet in enumerate(film(60, keys=(0, 40))) if at not in gone]
    found = play(arrivals, packets, step=0.015)
    assert found[:5] == [number * 3000 for number in range(5)]
    assert found[-20:] == [number * 3000 for number in range(40, 60)]
    assert len(found) == 25


def test_a_fresh_picture_is_asked_for_again_until_it_comes():
    arrivals = VideoArrivals(stands_alone)
    assert not arrivals.wants_fresh(0.0)
    arrivals.lose()
    asked = [tick / 100 for tick in range(100) if arrivals.wants_fresh(10 + tick / 100)]
    assert asked == pytest.approx([0.0, 0.4, 0.8], abs=0.011)
    play(arrivals, picture(1, first=0, data=KEY))
    assert not arrivals.wants_fresh(20.0)


def test_missing_packets_are_asked_for_at_once_and_again_after_a_round_trip():
    holes = Holes()
    for number in (0, 1, 4):
        holes.add(number, 0.0)
    assert holes.due(0.0) == [2, 3]
    assert holes.due(0.01) == []
    assert holes.due(0.061) == [2, 3]
    holes.add(2, 0.07)
    assert holes.due(0.2) == [3]
    holes.give_up(4)
    assert not holes
