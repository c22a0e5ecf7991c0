"""Background jobs run when they should, and one that fails stops no other."""

import threading
import time
from types import SimpleNamespace

import pytest

from tcmdesk.app.jobs import Jobs
from tcmdesk.core.clock import SystemClock
from tcmdesk.core.registry import Feature, JobSpec

RUNS: list[str] = []
RAN = threading.Event()


def note(database, clock, stopped):
    RUNS.append("note")
    RAN.set()


def fail(database, clock, stopped):
    RUNS.append("fail")
    raise ValueError("沈若兰")


class Bell:
    def subscribe(self, listener):
        self.ring = listener


@pytest.fixture
def run(monkeypatch):
    RUNS.clear()
    RAN.clear()
    started = []

    def run(*specs):
        feature = Feature("sample", "Sample", "users", jobs=specs)
        monkeypatch.setattr("tcmdesk.app.jobs.load_features", lambda: (feature,))
        bell = Bell()
        jobs = Jobs(SimpleNamespace(), SystemClock(), bell)
        started.append(jobs)
        jobs.start()
        return bell

    yield run
    for jobs in started:
        jobs.stop()


def _spec(function, **options):
    return JobSpec(function, f"{__name__}:{function}", **options)


def test_a_job_runs_once_at_the_start(run):
    run(_spec("note"))

    assert RAN.wait(2)
    time.sleep(0.05)
    assert RUNS == ["note"]


def test_a_job_runs_again_when_its_table_rings_and_not_when_another_does(run):
    bell = run(_spec("note", wakes_on=frozenset({"users"})))
    assert RAN.wait(2)
    RAN.clear()

    bell.ring(frozenset({"articles"}))
    assert not RAN.wait(0.1)
    bell.ring(frozenset({"users", "articles"}))
    assert RAN.wait(2)


def test_a_job_runs_again_when_its_time_has_come(run):
    run(_spec("note", every_seconds=0.05))

    for _ in range(3):
        assert RAN.wait(2)
        RAN.clear()


def test_a_job_that_fails_stops_no_other_and_is_written_without_words(run, caplog):
    run(_spec("fail"), _spec("note"))

    assert RAN.wait(2)
    assert RUNS == ["fail", "note"]
    assert "job fail ended by fault" in caplog.text


def test_without_jobs_no_thread_runs(run):
    run()

    assert not [thread for thread in threading.enumerate() if thread.name == "tcmdesk-jobs"]
