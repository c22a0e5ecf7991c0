import os

import pytest

from tests.benchmarks.contest.crew import Crew, CrewError


class Worker:
    def __init__(self, number):
        self._number = number

    def work(self, command, gate):
        if command == "fail" and self._number == 1:
            raise RuntimeError("broken on purpose")
        if command != "fail":
            gate.wait()
        return command, self._number, os.getpid()


def makers(count):
    return [lambda number=number: Worker(number) for number in range(count)]


def test_every_member_is_a_process_and_answers_come_in_their_order():
    with Crew(makers(3)) as crew:
        answers = crew.command("go")
    assert [(command, number) for command, number, _ in answers] == [("go", 0), ("go", 1), ("go", 2)]
    assert len({pid for *_, pid in answers} | {os.getpid()}) == 4


def test_a_crew_takes_one_command_after_the_other():
    with Crew(makers(2)) as crew:
        assert [number for _, number, _ in crew.command("one") + crew.command("two")] == [0, 1, 0, 1]


def test_a_member_that_fails_is_heard_of():
    with Crew(makers(2)) as crew, pytest.raises(CrewError, match="broken on purpose"):
        crew.command("fail")
