"""Token buckets."""

from tcmdesk.gateway.limits import Limiter, Rate


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_a_burst_then_a_pace():
    clock = Clock()
    limiter = Limiter(Rate(burst=3, per_second=0.5), clock=clock)
    assert [limiter.admits("a") for _ in range(5)] == [True, True, True, False, False]
    assert limiter.seconds_to_wait("a") == 2
    clock.now += 1
    assert limiter.seconds_to_wait("a") == 1
    assert not limiter.admits("a")
    clock.now += 1
    assert [limiter.admits("a") for _ in range(2)] == [True, False]


def test_keys_do_not_disturb_each_other():
    limiter = Limiter(Rate(burst=1, per_second=1), clock=Clock())
    assert limiter.admits("a")
    assert limiter.admits("b")
    assert not limiter.admits("a")


def test_a_full_bucket_does_not_overflow():
    clock = Clock()
    limiter = Limiter(Rate(burst=2, per_second=10), clock=clock)
    limiter.admits("a")
    clock.now += 3600
    assert [limiter.admits("a") for _ in range(3)] == [True, True, False]


def test_memory_is_bounded_and_the_quietest_is_forgotten():
    limiter = Limiter(Rate(burst=1, per_second=0.001), clock=Clock(), remembered=2)
    for key in "abc":
        limiter.admits(key)
    assert len(limiter) == 2
    assert limiter.admits("a"), "forgotten"
    assert not limiter.admits("c"), "remembered"
