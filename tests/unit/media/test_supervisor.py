"""What becomes of a media process that dies, hangs, lies or cannot be started; with small programs in its place."""

import os
import signal
import sys
import textwrap
import threading
import time

import pytest

from tcmdesk.media import protocol, supervisor
from tcmdesk.media.client import MediaClient
from tcmdesk.media.protocol import Crashed, Event, Ready, Restarted, Role, StateChanged

BEGIN = """
import os, sys, time
from tcmdesk.media import channel, protocol, wire
line = channel.connect(channel.Place.parse(sys.argv[2:]))
buffer = wire.LineBuffer()
def say(event): line.sendall(wire.encode(event))
def heard(): yield from iter(lambda: line.recv(65536), b"")
ready = protocol.Ready(protocol.VERSION, "x", os.getpid(), False)
"""
GOOD = """
say(ready)
for data in heard():
    for message in buffer.feed(data):
        if isinstance(message, protocol.Ping): say(protocol.Pong(message.number))
        elif isinstance(message, protocol.Shutdown): sys.exit(0)
        else: say(protocol.Failed("echo", wire.name_of(type(message))))
"""
HANGS = "say(ready)\nfor data in heard(): time.sleep(60)"
LIES = 'say(ready)\nline.sendall(b"{\\"message\\": \\"dance\\"}\\n")\ntime.sleep(60)'
OLD = 'say(protocol.Ready(0, "x", 1, False))\ntime.sleep(60)'
DIES = "say(ready)\ntime.sleep(0.05)\nos._exit(7)"


class Told:
    def __init__(self):
        self.events = []
        self._told = threading.Condition()

    def __call__(self, event):
        with self._told:
            self.events.append(event)
            self._told.notify_all()

    def wait(self, kind, count=1, patience=20.0):
        deadline = time.monotonic() + patience
        with self._told:
            while len(found := [event for event in self.events if isinstance(event, kind)]) < count:
                assert self._told.wait(deadline - time.monotonic()), f"no {kind.__name__} in {self.events}"
        return found[count - 1]


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a small program in the place of the media process; the next start takes what was set last."""
    path = tmp_path / "stand_in.py"
    monkeypatch.setattr(supervisor, "_program", lambda: [sys.executable, str(path)])
    monkeypatch.setattr(supervisor, "BACK_OFF_SECONDS", (0.0,))

    def put(body):
        path.write_text(BEGIN + textwrap.dedent(body), "utf-8")

    return put


@pytest.fixture
def client(program):
    program(GOOD)
    told = Told()
    media = MediaClient(told)
    media.told = told
    yield media
    media.close(patience=1.0)


def test_commands_given_before_it_is_ready_are_carried_out(client):
    client.mute(True)
    client.start()
    assert client.told.wait(protocol.Failed).error == "mute"
    assert client.told.wait(Ready).pid == client.pid


def test_a_process_that_is_killed_is_started_again_with_its_settings(client):
    client.start()
    client.mute(True)
    client.start_call("c", 3, (), Role.OFFER)
    client.told.wait(protocol.Failed, 2)
    first = client.pid
    os.kill(first, signal.SIGKILL)
    assert client.told.wait(Crashed) == Crashed(-signal.SIGKILL, hung=False)
    assert client.told.wait(Restarted).calls == ("c",)
    assert client.told.wait(protocol.Failed, 3).error == "mute"
    assert client.pid != first
    order = [type(event) for event in client.told.events]
    assert order.index(Crashed) < order.index(Restarted)


def test_a_process_that_hangs_is_ended_and_started_again(client, program, monkeypatch):
    monkeypatch.setattr(supervisor, "SILENCE_SECONDS", 1.5)
    program(HANGS)
    client.start()
    client.told.wait(Ready)
    program(GOOD)
    assert client.told.wait(Crashed) == Crashed(None, hung=True)
    client.told.wait(Restarted)


@pytest.mark.parametrize("body", [LIES, OLD, DIES, "os._exit(3)"])
def test_whatever_it_does_another_is_started(client, program, body):
    program(body)
    client.start()
    client.told.wait(Crashed)
    program(GOOD)
    client.told.wait(Restarted)


def test_a_program_that_is_not_there_is_tried_again(client, monkeypatch):
    monkeypatch.setattr(supervisor, "_program", lambda: ["/nonexistent/program"])
    client.start()
    assert client.told.wait(Crashed, 2) == Crashed(None, hung=False)


def test_a_listener_that_fails_does_not_end_the_line(program):
    program(GOOD)
    told = Told()

    def fail(event: Event):
        told(event)
        raise RuntimeError("the screen has gone")

    media = MediaClient(fail)
    media.start()
    told.wait(Ready)
    media.mute(True)
    told.wait(protocol.Failed)
    media.close()


def test_a_frozen_listener_is_not_taken_for_a_hanging_process(client, monkeypatch):
    monkeypatch.setattr(supervisor, "SILENCE_SECONDS", 1.0)
    pause = threading.Event()
    told = client.told
    monkeypatch.setattr(client._supervisor, "_on_event", lambda event: (pause.wait(1.5), told(event)))
    client.start()
    client.mute(True)
    told.wait(protocol.Failed)
    time.sleep(1.0)
    assert not [event for event in told.events if isinstance(event, Crashed)]
    pause.set()


def test_closing_ends_the_process_and_is_no_crash(client):
    client.start()
    client.told.wait(Ready)
    pid = client.pid
    client.close()
    client.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not [event for event in client.told.events if isinstance(event, (Crashed, StateChanged))]
    client.mute(True)


def test_one_that_does_not_want_to_go_is_killed(client, program):
    program("say(ready)\nwhile True:\n    time.sleep(1)")
    client.start()
    client.told.wait(Ready)
    began = time.monotonic()
    client.close(patience=0.5)
    assert time.monotonic() - began < 5.0
    assert client.pid is None


def test_a_client_that_was_never_started_closes():
    media = MediaClient(lambda _event: None)
    media.mute(True)
    media.close()
