import socket
import threading
import time

import pytest

from tests.benchmarks.proxy import DelayProxy

ROUND_TRIP = 0.05


@pytest.fixture
def echo():
    """The port of a server that repeats what it hears."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            while data := connection.recv(100):
                connection.sendall(data)

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    thread.join()
    listener.close()


def test_each_question_takes_a_round_trip_and_is_counted(echo):
    with DelayProxy(echo, ROUND_TRIP * 1000) as line:
        with socket.create_connection(("127.0.0.1", line.port)) as client:
            for number in range(3):
                begun = time.monotonic()
                client.sendall(b"?")
                assert client.recv(10) == b"?"
                assert time.monotonic() - begun >= ROUND_TRIP
                assert line.round_trips() == number + 1
        client.close()


def test_a_question_in_two_parts_is_one_round_trip(echo):
    with DelayProxy(echo, 1) as line:
        with socket.create_connection(("127.0.0.1", line.port)) as client:
            client.sendall(b"one")
            client.sendall(b"two")
            heard = b""
            while len(heard) < 6:
                heard += client.recv(10)
            assert line.round_trips() <= 2
        client.close()
