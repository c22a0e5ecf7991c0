import os
import socket
import threading

import pytest

from tcmdesk.media import channel
from tcmdesk.media.channel import Place
from tcmdesk.media.frames import SharedFrames
from tcmdesk.media.protocol import Stream


@pytest.fixture
def frames():
    shared = {stream: SharedFrames.create() for stream in Stream}
    yield shared
    for one in shared.values():
        one.close()


def test_a_place_is_a_command_line(frames):
    place = Place("fd:5", {stream: shared.address for stream, shared in frames.items()})
    assert Place.parse(place.arguments()) == place


@pytest.mark.parametrize("arguments", [[], ["fd:5", "nonsense"], ["fd:5", "elsewhere=6"]])
def test_what_is_no_place_is_refused(arguments):
    with pytest.raises(ValueError):  # noqa: PT011  (three kinds of nonsense, one kind of error)
        Place.parse(arguments)


def test_an_inherited_line(frames):
    offer = channel.offer(frames, inherit=True)
    there = channel.connect(Place(f"fd:{os.dup(int(offer.place.line[3:]))}", {}))
    here = offer.accept()
    there.sendall(b"hello")
    assert here.recv(10) == b"hello"
    assert {shared.descriptor for shared in frames.values()} < set(offer.pass_fds)
    here.close()
    there.close()


def test_a_connected_line_wants_the_secret(frames, monkeypatch):
    offer = channel.offer(frames, inherit=False)
    stranger = socket.create_connection(("127.0.0.1", int(offer.place.line.removeprefix("port:"))))
    stranger.sendall(b"0" * 64)
    for name, value in offer.environment.items():
        monkeypatch.setenv(name, value)
    connected = []
    # the listener takes one after the other
    child = threading.Thread(target=lambda: connected.append(channel.connect(offer.place)))
    child.start()
    here = offer.accept()
    child.join()
    connected[0].sendall(b"hello")
    assert here.recv(10) == b"hello"
    assert stranger.recv(10) == b"", "the stranger was turned away"
    assert channel.SECRET_VARIABLE not in os.environ
    for line in (here, stranger, *connected):
        line.close()
