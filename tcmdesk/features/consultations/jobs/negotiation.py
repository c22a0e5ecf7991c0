"""What the doctor's side does with signals and with news of its connections. It keeps no time and waits for nothing.

The rules are in docs/decisions/signalling.md. `Negotiation` is told what happened and when, and answers with what is
to be done; threads, the database and the media process are the controller's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tcmdesk.features.consultations.jobs.steps import (
    Abandon,
    Candidate,
    Describe,
    Phase,
    PhaseChanged,
    Post,
    Start,
    Step,
)
from tcmdesk.features.consultations.types import Signal, SignalType
from tcmdesk.media.protocol import DescriptionType, LinkState, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

RETRY_SECONDS: Final = 0.5
"""Between fresh attempts while the line is down."""

RETRY_UNNUMBERED_SECONDS: Final = 2.0
"""The same where the other side knows no generations: it polls every second and answers one offer at a time."""

SETUP_SECONDS: Final = 5.0
"""How long an offer waits for its answer before another is made, while nobody has been connected yet."""

GLARE_SECONDS: Final = 1.5
"""How long the doctor's offer stands against one of the same generation."""

TIRED_SECONDS: Final = 120.0
"""After so long attempts come every `TIRED_RETRY_SECONDS` only."""

TIRED_RETRY_SECONDS: Final = 2.0
OVERLAP: Final = 6
"""Unconnected attempts that are kept at once; the oldest makes room, here as in the media process."""

ANSWERABLE_SECONDS: Final = 4.0
"""An offer older than this is not taken for the one that an answer without a generation belongs to."""


@dataclass(slots=True)
class _Attempt:
    role: Role
    begun: float
    sent: int
    """The generation its signals carry; an unnumbered side's are all 0."""
    offered: float | None = None
    answered: bool = False


@dataclass(slots=True)
class Negotiation:
    """One call, from the first offer on.

    Args:
        first: the generation of the first attempt, even; 0 unless another workstation has used some.
    """

    first: int = 0
    phase: Phase = Phase.CONNECTING
    numbered: bool = False
    active: int | None = None
    _seen: int = -1
    _attempts: dict[int, _Attempt] = field(default_factory=dict)
    _last_attempt: float | None = None
    _down_since: float = 0.0
    _rival: tuple[float, str] | None = None

    @property
    def reached(self) -> int:
        """The highest generation used or seen so far."""
        return max(self._seen, 0)

    @property
    def quick(self) -> bool:
        """Whether signals are wanted at once: something is being set up."""
        return self.phase in {Phase.CONNECTING, Phase.RECONNECTING}

    def begin(self, now: float) -> list[Step]:
        """Make the first offer, unless one that came already is being answered."""
        return [] if self._attempts else self._offer(now)

    def take(self, signals: Iterable[Signal], now: float) -> list[Step]:
        """What to do with signals that came together; of several offers without a number only the last is of use."""
        listed = list(signals)
        unnumbered = [
            at for at, one in enumerate(listed) if one.type is SignalType.OFFER and not one.generation
        ]
        steps: list[Step] = []
        for at, signal in enumerate(listed):
            if at in unnumbered[:-1]:
                continue
            steps += self._take_one(signal, now)
        return steps

    def _take_one(self, signal: Signal, now: float) -> list[Step]:
        if signal.generation > 0:
            self.numbered = True
        match signal.type:
            case SignalType.OFFER:
                return self._take_offer(signal, now)
            case SignalType.ANSWER:
                return self._take_answer(signal, now)
            case SignalType.CANDIDATE:
                return self._take_candidate(signal)
            case SignalType.JOIN:
                self._seen = max(self._seen, signal.generation)
                return self._offer(now)
            case SignalType.LEAVE:
                return self._leave()
            case _:
                return []

    def _take_offer(self, signal: Signal, now: float) -> list[Step]:
        sdp = str(signal.payload["sdp"])
        generation = signal.generation
        own = self._attempts.get(generation)
        if own is not None and own.role is Role.OFFER:
            if own.answered or self.active == generation:
                return self._answer(self._next_odd(), generation, sdp, now)
            # glare: the doctor's offer stands for a while
            self._rival = (now, sdp)
            return []
        if own is not None:
            return []
        if self.active is not None and not self.numbered and generation == 0:
            return self._answer(self._next_odd(), 0, sdp, now)
        wanted = generation if generation > self._seen or generation % 2 else self._next_odd()
        return self._answer(wanted, generation, sdp, now)

    def _answer(self, generation: int, sent: int, sdp: str, now: float) -> list[Step]:
        if generation in self._attempts:
            return []
        self._seen = max(self._seen, generation)
        self._attempts[generation] = _Attempt(Role.ANSWER, now, sent, answered=True)
        self._last_attempt = now
        return [
            *self._make_room(),
            *self._revive(),
            Start(generation, Role.ANSWER),
            Describe(generation, DescriptionType.OFFER, sdp),
        ]

    def _take_answer(self, signal: Signal, now: float) -> list[Step]:
        generation = signal.generation
        if not self.numbered:
            generation = self._oldest_unanswered(now)
        attempt = self._attempts.get(generation)
        if attempt is None or attempt.role is not Role.OFFER or attempt.answered:
            return []
        attempt.answered = True
        self._rival = None
        return [*self._revive(), Describe(generation, DescriptionType.ANSWER, str(signal.payload["sdp"]))]

    def unread(self, generation: int) -> list[Step]:
        """An offer was replaced before the other side read it: an answer without a number is not its."""
        if generation in self._attempts:
            self._attempts[generation].offered = None
        return []

    def _oldest_unanswered(self, now: float) -> int:
        waiting = [
            number
            for number, one in self._attempts.items()
            if one.offered is not None and not one.answered and now - one.offered < ANSWERABLE_SECONDS
        ]
        return min(waiting, default=-1)

    def _take_candidate(self, signal: Signal) -> list[Step]:
        generation = signal.generation
        if generation not in self._attempts and not generation:
            latest = [number for number, one in self._attempts.items() if one.answered or one.sent == 0]
            generation = max(latest, default=0)
        if self.active is not None and generation < self.active and generation not in self._attempts:
            return []
        payload = signal.payload
        return [
            Candidate(generation, str(payload["candidate"]), payload["sdp_mid"], payload["sdp_mline_index"])
        ]

    def described(self, generation: int, kind: DescriptionType, sdp: str, now: float) -> list[Step]:
        """The media process has our description of an attempt ready."""
        attempt = self._attempts.get(generation)
        if attempt is None:
            return []
        if kind is DescriptionType.OFFER:
            attempt.offered = now
            return [Post(SignalType.OFFER, {"sdp": sdp, "generation": generation})]
        return [Post(SignalType.ANSWER, {"sdp": sdp, "generation": attempt.sent})]

    def changed(self, generation: int, state: LinkState, *, active: bool, now: float) -> list[Step]:
        """The media process says where an attempt stands."""
        match state:
            case LinkState.CONNECTED:
                self.active = generation if active or self.active is None else max(self.active, generation)
                self._rival = None
                for older in [number for number in self._attempts if number < self.active]:
                    # the media process closes them by itself
                    del self._attempts[older]
                return self._to(Phase.CONNECTED)
            case LinkState.LOST if active or generation == self.active:
                return self._down(now)
            case LinkState.FAILED | LinkState.CLOSED:
                self._attempts.pop(generation, None)
                if active or generation == self.active:
                    # nobody hung up here: consent ran out, or the other side's process went
                    self.active = None
                    return self._down(now) if self.phase is Phase.CONNECTED else []
                return []
            case _:
                return []

    def restarted(self, now: float) -> list[Step]:
        """The media process is a new one: every connection is gone."""
        self._attempts.clear()
        self.active = None
        steps = [] if self.phase in {Phase.PATIENT_LEFT, Phase.CONNECTING} else self._down(now, offer=False)
        return steps if self.phase is Phase.PATIENT_LEFT else [*steps, *self._offer(now)]

    def crashed(self, now: float) -> list[Step]:
        """The media process is gone; nothing can be tried before it is back."""
        self._attempts.clear()
        self.active = None
        self._last_attempt = now
        return self._down(now, offer=False) if self.phase is Phase.CONNECTED else []

    def tick(self, now: float) -> list[Step]:
        """Time has passed."""
        steps: list[Step] = []
        if self._rival is not None and now - self._rival[0] >= GLARE_SECONDS:
            _, sdp = self._rival
            self._rival = None
            steps += self._answer(self._next_odd(), 0, sdp, now)
        pause = self._pause(now)
        if pause is not None and self._last_attempt is not None and now - self._last_attempt >= pause:
            steps += self._offer(now)
        return steps

    def _pause(self, now: float) -> float | None:
        if self.phase is Phase.CONNECTING:
            return SETUP_SECONDS
        if self.phase is not Phase.RECONNECTING:
            return None
        if now - self._down_since > TIRED_SECONDS:
            return TIRED_RETRY_SECONDS
        return RETRY_SECONDS if self.numbered else RETRY_UNNUMBERED_SECONDS

    def _offer(self, now: float) -> list[Step]:
        generation = self._next_even()
        self._seen = generation
        self._attempts[generation] = _Attempt(Role.OFFER, now, generation)
        self._last_attempt = now
        return [*self._make_room(), *self._revive(), Start(generation, Role.OFFER)]

    def _make_room(self) -> list[Step]:
        idle = sorted(number for number in self._attempts if number != self.active)
        surplus = idle[: max(0, len(idle) - OVERLAP)]
        for number in surplus:
            del self._attempts[number]
        return [Abandon(number) for number in surplus]

    def _leave(self) -> list[Step]:
        abandoned: list[Step] = [Abandon(number) for number in self._attempts]
        self._attempts.clear()
        self.active = None
        return [*abandoned, *self._to(Phase.PATIENT_LEFT)]

    def _down(self, now: float, *, offer: bool = True) -> list[Step]:
        if self.phase is Phase.RECONNECTING:
            return []
        self._down_since = now
        steps = self._to(Phase.RECONNECTING)
        return [*steps, *self._offer(now)] if offer else steps

    def _revive(self) -> list[Step]:
        return self._to(Phase.CONNECTING) if self.phase is Phase.PATIENT_LEFT else []

    def _to(self, phase: Phase) -> list[Step]:
        if phase is self.phase:
            return []
        self.phase = phase
        return [PhaseChanged(phase)]

    def _next_even(self) -> int:
        if self._seen < self.first:
            return self.first
        return self._seen + 2 - self._seen % 2

    def _next_odd(self) -> int:
        seen = max(self._seen, self.first)
        return seen + 1 + seen % 2
