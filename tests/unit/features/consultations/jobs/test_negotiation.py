"""The doctor's side of setting up a call, step by step, without a clock and without a network."""

import pytest

from tcmdesk.features.consultations.jobs.negotiation import (
    GLARE_SECONDS,
    OVERLAP,
    RETRY_SECONDS,
    RETRY_UNNUMBERED_SECONDS,
    SETUP_SECONDS,
    Negotiation,
)
from tcmdesk.features.consultations.jobs.steps import (
    Abandon,
    Candidate,
    Describe,
    Phase,
    PhaseChanged,
    Post,
    Start,
)
from tcmdesk.features.consultations.types import Signal, SignalType
from tcmdesk.media.protocol import DescriptionType, LinkState, Role

OFFER, ANSWER = DescriptionType.OFFER, DescriptionType.ANSWER


def signal(kind, generation=0, **payload):
    return Signal("s", kind, "patient", generation, payload)


def offer(generation=0, sdp="theirs"):
    return signal(SignalType.OFFER, generation, sdp=sdp)


def answer(generation=0):
    return signal(SignalType.ANSWER, generation, sdp="answer")


def starts(steps):
    return [(step.generation, step.role) for step in steps if isinstance(step, Start)]


def connected(negotiation, generation=0, now=1.0):
    return negotiation.changed(generation, LinkState.CONNECTED, active=True, now=now)


def in_call(*, numbered=True):
    """A call that stands on generation 0."""
    negotiation = Negotiation()
    negotiation.begin(0.0)
    if numbered:
        negotiation.take([signal(SignalType.JOIN, 1)], 0.0)
    generation = max(negotiation._attempts)
    negotiation.described(generation, OFFER, "ours", 0.1)
    negotiation.take([answer(generation if numbered else 0)], 0.5)
    connected(negotiation, generation)
    return negotiation, generation


def test_the_doctor_offers_first_and_uses_the_answer():
    negotiation = Negotiation()
    assert starts(negotiation.begin(0.0)) == [(0, Role.OFFER)]
    assert negotiation.described(0, OFFER, "ours", 0.1) == [
        Post(SignalType.OFFER, {"sdp": "ours", "generation": 0})
    ]
    assert negotiation.take([answer()], 0.5) == [Describe(0, ANSWER, "answer")]
    assert connected(negotiation) == [PhaseChanged(Phase.CONNECTED)]
    assert not negotiation.quick


def test_an_offer_that_came_before_is_answered_instead():
    negotiation = Negotiation()
    steps = negotiation.take([offer()], 0.0)
    [(generation, role)] = starts(steps)
    assert role is Role.ANSWER
    assert Describe(generation, OFFER, "theirs") in steps
    assert negotiation.begin(0.0) == []
    # to a client that knows no generations the answer says 0
    assert negotiation.described(generation, ANSWER, "ours", 0.2) == [
        Post(SignalType.ANSWER, {"sdp": "ours", "generation": 0})
    ]


def test_of_several_unnumbered_offers_the_last_counts():
    steps = Negotiation().take([offer(sdp="stale"), offer(sdp="fresh")], 0.0)
    assert [step.sdp for step in steps if isinstance(step, Describe)] == ["fresh"]


def test_numbers_are_even_and_a_patients_odd_ones_are_kept():
    negotiation = Negotiation()
    assert starts(negotiation.take([offer(3)], 0.0)) == [(3, Role.ANSWER)]
    assert starts(negotiation.take([signal(SignalType.JOIN, 5)], 0.1)) == [(6, Role.OFFER)]


def test_who_takes_over_begins_above_what_was_used():
    assert starts(Negotiation(first=8).begin(0.0)) == [(8, Role.OFFER)]


def test_glare_the_doctors_offer_stands_and_is_answered():
    negotiation = Negotiation()
    negotiation.begin(0.0)
    negotiation.described(0, OFFER, "ours", 0.1)
    assert negotiation.take([offer()], 0.2) == []
    assert negotiation.take([answer()], 0.9) == [Describe(0, ANSWER, "answer")]
    assert starts(negotiation.tick(0.2 + GLARE_SECONDS)) == []


def test_glare_with_a_client_that_does_not_give_way():
    negotiation = Negotiation()
    negotiation.begin(0.0)
    negotiation.described(0, OFFER, "ours", 0.1)
    negotiation.take([offer()], 0.2)
    assert negotiation.tick(0.1 + GLARE_SECONDS) == []
    steps = negotiation.tick(0.2 + GLARE_SECONDS)
    [(generation, role)] = starts(steps)
    assert role is Role.ANSWER
    assert Describe(generation, OFFER, "theirs") in steps


def test_early_candidates_are_handed_on():
    steps = Negotiation().take(
        [signal(SignalType.CANDIDATE, 1, candidate="c", sdp_mid="0", sdp_mline_index=0), offer(1)], 0.0
    )
    assert steps[0] == Candidate(1, "c", "0", 0)
    assert starts(steps) == [(1, Role.ANSWER)]


def test_unnumbered_candidates_belong_to_the_newest_answered_attempt():
    negotiation = Negotiation()
    negotiation.take([offer()], 0.0)
    [step] = negotiation.take(
        [signal(SignalType.CANDIDATE, candidate="c", sdp_mid="0", sdp_mline_index=0)], 0.1
    )
    assert step == Candidate(0, "c", "0", 0)


def test_a_lost_line_is_tried_anew_every_half_second_with_rising_numbers():
    negotiation, generation = in_call()
    steps = negotiation.changed(generation, LinkState.LOST, active=True, now=10.0)
    assert PhaseChanged(Phase.RECONNECTING) in steps
    begun = starts(steps)
    now = 10.0
    for _ in range(4):
        assert negotiation.tick(now + RETRY_SECONDS - 0.1) == []
        now += RETRY_SECONDS
        begun += starts(negotiation.tick(now))
    numbers = [number for number, _ in begun]
    assert len(numbers) == 5
    assert numbers == sorted(set(numbers))
    assert all(number % 2 == 0 and number > generation for number in numbers)


def test_attempts_overlap_but_not_without_end():
    negotiation, generation = in_call()
    negotiation.changed(generation, LinkState.LOST, active=True, now=10.0)
    steps = [step for at in range(30) for step in negotiation.tick(10.0 + (at + 1) * RETRY_SECONDS)]
    abandoned = [step.generation for step in steps if isinstance(step, Abandon)]
    assert len(starts(steps)) == 30
    assert len(negotiation._attempts) <= OVERLAP + 1
    assert abandoned == sorted(abandoned)


def test_the_first_that_connects_ends_the_trying():
    negotiation, generation = in_call()
    negotiation.changed(generation, LinkState.LOST, active=True, now=10.0)
    [(number, _)] = starts(negotiation.tick(10.6))
    assert connected(negotiation, number, 11.0) == [PhaseChanged(Phase.CONNECTED)]
    assert negotiation.tick(20.0) == []


def test_a_connection_that_ends_without_a_hang_up_is_a_drop():
    negotiation, generation = in_call()
    steps = negotiation.changed(generation, LinkState.CLOSED, active=True, now=40.0)
    assert PhaseChanged(Phase.RECONNECTING) in steps
    [(number, role)] = starts(steps)
    assert (role, number > generation) == (Role.OFFER, True)
    assert len(starts(negotiation.tick(40.0 + RETRY_SECONDS))) == 1


def test_the_carrying_connection_is_the_media_processs_word():
    negotiation, generation = in_call()
    # a newer one had connected and is gone again; the older one carries the call
    connected(negotiation, generation + 2)
    negotiation.changed(generation + 2, LinkState.CLOSED, active=False, now=12.0)
    connected(negotiation, generation, 12.5)
    assert negotiation.phase is Phase.CONNECTED
    steps = negotiation.changed(generation, LinkState.LOST, active=True, now=13.0)
    assert PhaseChanged(Phase.RECONNECTING) in steps


def test_the_end_of_one_that_carries_nothing_is_no_drop():
    negotiation, generation = in_call()
    assert negotiation.changed(generation - 2, LinkState.CLOSED, active=False, now=12.0) == []
    assert negotiation.phase is Phase.CONNECTED


def test_the_end_of_a_connection_after_leaving_begins_nothing():
    negotiation, generation = in_call()
    negotiation.take([signal(SignalType.LEAVE)], 5.0)
    assert negotiation.changed(generation, LinkState.CLOSED, active=True, now=5.1) == []
    assert negotiation.tick(60.0) == []


def test_answers_to_older_attempts_of_a_drop_are_used():
    negotiation, generation = in_call()
    numbers = [
        number for number, _ in starts(negotiation.changed(generation, LinkState.LOST, active=True, now=10.0))
    ]
    for at in range(1, OVERLAP):
        numbers += [number for number, _ in starts(negotiation.tick(10.0 + at * RETRY_SECONDS))]
    assert len(numbers) == OVERLAP
    # who looks once a second answers the first when five others have been made since
    assert negotiation.take([answer(numbers[0])], 12.9) == [Describe(numbers[0], ANSWER, "answer")]
    assert negotiation.take([answer(numbers[2])], 12.9) == [Describe(numbers[2], ANSWER, "answer")]


def test_an_answer_still_counts_when_the_old_line_has_healed():
    negotiation, generation = in_call()
    [(number, _)] = starts(negotiation.changed(generation, LinkState.LOST, active=True, now=10.0))
    connected(negotiation, generation, 11.0)
    assert negotiation.take([answer(number)], 11.5) == [Describe(number, ANSWER, "answer")]
    assert connected(negotiation, number, 12.0) == []
    assert negotiation.active == number


def test_a_line_that_heals_by_itself_ends_the_trying_too():
    negotiation, generation = in_call()
    negotiation.changed(generation, LinkState.LOST, active=True, now=10.0)
    assert connected(negotiation, generation, 12.0) == [PhaseChanged(Phase.CONNECTED)]


def test_a_client_without_numbers_is_offered_one_at_a_time():
    negotiation, generation = in_call(numbered=False)
    negotiation.changed(generation, LinkState.LOST, active=True, now=10.0)
    assert negotiation.tick(10.0 + RETRY_SECONDS) == []
    [(number, _)] = starts(negotiation.tick(10.0 + RETRY_UNNUMBERED_SECONDS))
    negotiation.described(number, OFFER, "again", 12.1)
    assert negotiation.take([answer()], 12.9) == [Describe(number, ANSWER, "answer")]


def test_an_answer_without_a_number_belongs_to_the_oldest_open_offer():
    negotiation, generation = in_call(numbered=False)
    negotiation.changed(generation, LinkState.LOST, active=True, now=10.0)
    first = max(negotiation._attempts)
    negotiation.described(first, OFFER, "one", 10.1)
    [(second, _)] = starts(negotiation.tick(12.0))
    negotiation.described(second, OFFER, "two", 12.1)
    assert negotiation.take([answer()], 12.2) == [Describe(first, ANSWER, "answer")]
    assert negotiation.take([answer()], 13.2) == [Describe(second, ANSWER, "answer")]


def test_an_answer_without_a_number_is_not_of_an_offer_that_nobody_read():
    negotiation, generation = in_call(numbered=False)
    negotiation.changed(generation, LinkState.LOST, active=True, now=10.0)
    first = max(negotiation._attempts)
    negotiation.described(first, OFFER, "one", 10.1)
    [(second, _)] = starts(negotiation.tick(12.0))
    negotiation.described(second, OFFER, "two", 12.1)
    assert negotiation.unread(first) == []
    assert negotiation.take([answer()], 12.2) == [Describe(second, ANSWER, "answer")]
    assert negotiation.take([answer()], 12.3) == []


def test_nobody_answers_at_first():
    negotiation = Negotiation()
    negotiation.begin(0.0)
    assert negotiation.tick(SETUP_SECONDS - 0.1) == []
    assert starts(negotiation.tick(SETUP_SECONDS)) == [(2, Role.OFFER)]


def test_a_page_that_was_reloaded_gets_a_fresh_offer():
    negotiation, generation = in_call()
    [(number, role)] = starts(negotiation.take([signal(SignalType.JOIN, generation + 1)], 5.0))
    assert role is Role.OFFER
    assert number > generation


def test_a_client_that_offers_anew_in_the_call_is_answered():
    negotiation, _ = in_call(numbered=False)
    [(number, role)] = starts(negotiation.take([offer(sdp="again")], 5.0))
    assert role is Role.ANSWER
    assert number > 0


def test_leaving_ends_the_trying_until_somebody_is_back():
    negotiation, generation = in_call()
    steps = negotiation.take([signal(SignalType.LEAVE)], 5.0)
    assert Abandon(generation) in steps
    assert PhaseChanged(Phase.PATIENT_LEFT) in steps
    assert negotiation.tick(60.0) == []
    steps = negotiation.take([signal(SignalType.JOIN, 9)], 61.0)
    assert PhaseChanged(Phase.CONNECTING) in steps
    assert starts(steps) == [(10, Role.OFFER)]


def test_a_crash_of_the_media_process_is_answered_by_a_higher_number():
    negotiation, generation = in_call()
    assert negotiation.crashed(5.0) == [PhaseChanged(Phase.RECONNECTING)]
    [(number, role)] = starts(negotiation.restarted(5.8))
    assert (role, number > generation) == (Role.OFFER, True)


@pytest.mark.parametrize("late", [answer(4), answer(0), signal(SignalType.ERROR, code="x", message="y")])
def test_what_belongs_to_nothing_is_dropped(late):
    negotiation, _ = in_call()
    assert negotiation.take([late], 5.0) == []
