"""Two media processes that call each other: pictures, signals that are wrong, wishes, who offers."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tcmdesk.media import protocol
from tcmdesk.media.protocol import (
    DataMode,
    DataModeChanged,
    DescriptionType,
    DeviceFailed,
    DeviceKind,
    IceServer,
    LinkState,
    LocalDescription,
    QualityChanged,
    Refusal,
    Role,
    SignalRefused,
    StateChanged,
)
from tests.support.calls import CALL, Conversation, Party


@pytest.mark.slow
def test_two_processes_see_and_hear_each_other():
    with Conversation(connect=False) as conversation:
        assert conversation.call() <= 1.5
        for party in (conversation.a, conversation.b):
            _, first = party.picture()
            time.sleep(1.0)
            _, later = party.picture()
            assert 15 <= later - first <= 60, "the picture's own counter runs at the camera's pace"
            party.wait(QualityChanged, lambda event: event.bars >= 3)
            _, stats = party.wait(protocol.Stats, lambda event: event.audio_frames > 25)
            assert stats.audio_delivered == 1.0
        conversation.hang_up()
        _, closed = conversation.b.wait(StateChanged, lambda event: event.state is LinkState.CLOSED)
        assert closed.active


@pytest.mark.slow
def test_wrong_signals_are_refused_and_the_call_goes_on():
    with Conversation() as conversation:
        client = conversation.a.client
        for generation, sdp in ((0, "v=0\r\nnothing"), (0, "")):
            since = time.monotonic()
            client.remote_description(CALL, generation, sdp, DescriptionType.ANSWER)
            _, refused = conversation.a.wait(SignalRefused, since=since)
            assert refused.code is Refusal.OUT_OF_TURN
        since = time.monotonic()
        client.remote_candidate(CALL, 0, "candidate:what is this", "0", 0)
        assert conversation.a.wait(SignalRefused, since=since)[1].code is Refusal.MALFORMED
        since = time.monotonic()
        client.remote_description("nobody", 0, "v=0", DescriptionType.OFFER)
        assert conversation.a.wait(SignalRefused, since=since)[1].code is Refusal.UNKNOWN_CALL
        since = time.monotonic()
        client.start_call(CALL, 1, (), Role.ANSWER)
        for sdp in ("", "v=0\r\nm=", "v=0\r\nm=video x\r\n" * 3, "v=0\r\n" + "m=audio 9 UDP 0\r\n" * 9000):
            client.remote_description(CALL, 1, sdp, DescriptionType.OFFER)
            _, refused = conversation.a.wait(SignalRefused, since=since)
            assert (refused.generation, refused.code) == (1, Refusal.MALFORMED)
            since = time.monotonic()
        assert conversation.b.picture(since=time.monotonic())
        assert not conversation.a.events(protocol.Failed)


@pytest.mark.slow
def test_when_both_offer_the_polite_side_gives_way():
    with Conversation(connect=False) as conversation:
        conversation.a.start(0, Role.OFFER, polite=False)
        conversation.b.start(0, Role.OFFER, polite=True)
        conversation.a.connected()
        conversation.b.connected()
        assert conversation.a.picture()
        assert conversation.b.picture()


@pytest.mark.slow
def test_a_later_attempt_takes_over_and_the_earlier_is_closed():
    with Conversation() as conversation:
        since = time.monotonic()
        conversation.a.start(1, Role.OFFER)
        for party in (conversation.a, conversation.b):
            _, taken = party.wait(
                StateChanged, lambda event: event.generation == 1 and event.active, since=since
            )
            assert taken.state is LinkState.CONNECTED
            party.wait(
                StateChanged,
                lambda event: event.generation == 0 and event.state is LinkState.CLOSED,
                since=since,
            )
            assert party.picture(since=time.monotonic())


@pytest.mark.slow
def test_what_a_person_chooses_reaches_the_other_side():
    with Conversation() as conversation:
        conversation.b.picture()
        client = conversation.a.client
        client.low_data(True)
        _, mode = conversation.a.wait(DataModeChanged, lambda event: event.mode is DataMode.LOW)
        assert not mode.automatic
        since = time.monotonic()
        conversation.b.wait(
            protocol.Stats, lambda event: event.width == 320 and 8 <= event.fps <= 20, since=since
        )
        client.audio_only(True)
        conversation.b.wait(protocol.Stats, lambda event: event.fps <= 2, since=since)
        client.audio_only(False)
        client.low_data(False)
        conversation.b.wait(protocol.Stats, lambda event: event.width == 640, since=time.monotonic())


@pytest.mark.slow
def test_a_camera_that_is_off_is_black_and_one_that_is_on_is_seen_again():
    with Conversation() as conversation:
        conversation.b.picture()
        client = conversation.a.client
        client.camera_off(True)
        conversation.b.wait(protocol.Stats, lambda event: event.width == 160, since=time.monotonic())
        client.camera_off(False)
        conversation.b.wait(protocol.Stats, lambda event: event.width == 640, since=time.monotonic())


@pytest.mark.slow
def test_a_turn_server_that_is_away_is_said_and_costs_two_seconds():
    party = Party("a")
    try:
        party.wait(protocol.Ready)
        began = time.monotonic()
        # a network for documentation: nobody is there (RFC 5737)
        away = IceServer(("turn:203.0.113.1:3478?transport=udp", "stun:203.0.113.1:3478"), "u", "p")
        party.client.start_call(CALL, 0, (away,), Role.OFFER)
        party.wait(protocol.IceServerUnreachable)
        at, offer = party.wait(LocalDescription)
        assert at - began <= 4.0
        assert "typ host" in offer.sdp
    finally:
        party.client.close()


@pytest.mark.slow
def test_the_process_ends_with_the_program_that_started_it():
    script = """
import sys, time
from tcmdesk.media.client import MediaClient
from tcmdesk.media.protocol import Ready
client = MediaClient(lambda event: isinstance(event, Ready) and print(event.pid, flush=True))
client.start()
time.sleep(60)
"""
    program = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    pid = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    deadline = time.monotonic() + 10
    while is_running(pid):
        assert time.monotonic() < deadline, "the media process outlives the program"
        time.sleep(0.05)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_no_device_at_all_is_said_and_a_call_is_still_possible():
    party = Party("a", camera="")
    try:
        since = time.monotonic()
        party.client.open_preview("", "", "")
        for kind in (DeviceKind.CAMERA, DeviceKind.MICROPHONE, DeviceKind.SPEAKER):
            _, failed = party.wait(DeviceFailed, lambda event, kind=kind: event.kind is kind, since=since)
            assert failed.code is protocol.DeviceProblem.NONE_FOUND
        party.start(0, Role.OFFER)
        _, offer = party.wait(LocalDescription)
        assert "VP8" in offer.sdp
    finally:
        party.client.close()
