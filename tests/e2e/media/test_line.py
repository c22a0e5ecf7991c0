"""Two media processes over lines of every kind: what arrives, how soon a drop is noticed, how soon the picture is back."""

import os
import signal
import statistics
import time

import pytest

from tcmdesk.media.protocol import (
    Crashed,
    DataMode,
    DataModeChanged,
    LinkState,
    Restarted,
    StateChanged,
    Stats,
)
from tests.support.calls import Conversation
from tests.support.lossy_udp import Conditions, LossyUdp

SETTLED_SECONDS = 3.0


def lost(since):
    return lambda event: event.state is LinkState.LOST and event.active


def delivered(seconds):
    """Of the sound that was sent, over all those seconds."""
    return statistics.mean(one.audio_delivered for one in seconds)


def pictures_shown(seconds):
    return statistics.mean(one.fps for one in seconds)


def until_it_holds(conversation, length, holds, tries=4):
    """Measure windows of so many seconds until one satisfies on both sides.

    The figures are the line's, and a machine that others use at the same time spoils them; a fault of ours spoils all.
    """
    for _ in range(tries):
        since = time.monotonic()
        time.sleep(length)
        windows = [party.seconds(since) for party in (conversation.a, conversation.b)]
        if all(window and holds(window) for window in windows):
            return
    raise AssertionError([[one.audio_delivered, one.loss_in, one.fps, one.rtt_ms] for one in windows[0]])


@pytest.mark.slow
@pytest.mark.parametrize(("loss", "least"), [(0.01, 0.995), (0.05, 0.99), (0.10, 0.97)])
def test_sound_survives_loss(loss, least):
    with LossyUdp(Conditions(loss=loss, delay=0.01)) as line, Conversation(line) as conversation:
        time.sleep(SETTLED_SECONDS)
        until_it_holds(
            conversation,
            8,
            lambda window: (
                delivered(window) >= least
                and 0 < statistics.mean(one.loss_in for one in window) < 3 * loss
                and statistics.median(one.fps for one in window) >= 12
            ),
        )


@pytest.mark.slow
def test_delay_and_jitter_cost_neither_sound_nor_line():
    with LossyUdp(Conditions(delay=0.05, jitter=0.02)) as line, Conversation(line) as conversation:
        time.sleep(SETTLED_SECONDS)
        until_it_holds(
            conversation,
            6,
            lambda window: (
                delivered(window) >= 0.99 and 80 <= statistics.median(one.rtt_ms for one in window) <= 250
            ),
        )
        assert not [one for one in conversation.a.events(StateChanged) if one.state is LinkState.LOST]


@pytest.mark.slow
@pytest.mark.parametrize("outage", [5.0, 30.0])
def test_an_outage_is_noticed_and_overcome(outage):
    with LossyUdp() as line, Conversation(line) as conversation:
        conversation.b.picture()
        time.sleep(2)
        line.conditions = Conditions(cut=True)
        cut = time.monotonic()
        noticed = conversation.a.wait(StateChanged, lost(cut), since=cut, patience=6)[0] - cut
        assert noticed <= 5.0
        time.sleep(max(0.0, cut + outage - time.monotonic()))
        line.conditions = Conditions()
        returned = time.monotonic()
        for party in (conversation.a, conversation.b):
            assert party.picture(since=returned + 0.05)[0] - returned <= 3.5
            assert party.link is LinkState.CONNECTED or party.connected(since=returned)


@pytest.mark.slow
def test_a_narrow_line_carries_the_sound_and_less_picture():
    with LossyUdp(Conditions(kbps=300, delay=0.02)) as line, Conversation(line) as conversation:
        time.sleep(14)
        until_it_holds(
            conversation,
            8,
            lambda window: (
                delivered(window) >= 0.97
                and statistics.mean(one.kbps_in for one in window) <= 310
                and statistics.mean(one.fps for one in window) >= 5
            ),
        )
        # and when it is wide again, the picture may use it
        line.conditions = Conditions()
        widened = time.monotonic()
        for party in (conversation.a, conversation.b):
            party.wait(Stats, lambda event: event.target_kbps > 600, since=widened + 1, patience=60)
            assert party.events(DataModeChanged)[-1].mode is DataMode.FULL


@pytest.mark.slow
def test_a_frozen_program_does_not_disturb_the_call():
    with Conversation() as conversation:
        time.sleep(SETTLED_SECONDS + 4)
        frozen = time.monotonic()
        before = conversation.b.seconds(frozen - 4, frozen)
        conversation.a.pause = 5.0
        time.sleep(6.5)
        during = conversation.b.seconds(frozen)
        assert delivered(during) >= 0.99
        # by the machine's own measure, which others use as well
        assert pictures_shown(during) >= 0.9 * pictures_shown(before)
        assert conversation.a.link is LinkState.CONNECTED
        assert not conversation.a.events(Crashed)
        # what piled up for the frozen program is bounded, and it goes on
        assert conversation.a.picture(since=time.monotonic())


@pytest.mark.slow
def test_a_killed_process_is_started_again_and_the_call_goes_on():
    with Conversation() as conversation:
        conversation.b.picture()
        killed = time.monotonic()
        before = conversation.a.client.pid
        os.kill(before, signal.SIGKILL)
        _, crashed = conversation.a.wait(Crashed, since=killed)
        assert crashed.exit_code == -signal.SIGKILL
        _, restarted = conversation.a.wait(Restarted, since=killed)
        assert len(restarted.calls) == 1
        assert conversation.a.client.pid != before
        again = conversation.a.connected(since=killed)
        assert conversation.a.picture(since=again)
        assert conversation.b.picture(since=again)
