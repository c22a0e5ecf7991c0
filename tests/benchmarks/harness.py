"""How anything is measured here: arms take turns in one run, and a number needs at least five turns.

A machine's speed drifts while a benchmark runs. Arms that take turns (A B A B …) drift together, so their ratio holds
where their seconds do not; that is why most figures are ratios.
"""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MINIMUM_RUNS: Final = 5
NOT_MEASURED: Final = "not measured"


def say(line: str) -> None:
    """Progress, on stderr: stdout carries the JSON."""
    print(line, file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the things compared. `run` makes one sample and returns it in the measurement's unit."""

    name: str
    run: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the samples of one arm lie."""

    n: int
    median: float
    q1: float
    q3: float
    low: float
    high: float

    @classmethod
    def of(cls, samples: Sequence[float]) -> Spread:
        """Median and quartiles (the inclusive method, so that they stay within the samples)."""
        if len(samples) > 1:
            q1, _, q3 = statistics.quantiles(samples, n=4, method="inclusive")
        else:
            q1 = q3 = samples[0]
        return cls(len(samples), statistics.median(samples), q1, q3, min(samples), max(samples))

    def as_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "median": rounded(self.median),
            "iqr": [rounded(self.q1), rounded(self.q3)],
            "range": [rounded(self.low), rounded(self.high)],
        }


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure must be."""

    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        match self.sign:
            case "<=":
                return value <= self.limit
            case ">=":
                return value >= self.limit
            case _:
                return value == self.limit

    def __str__(self) -> str:
        return f"{self.sign} {self.limit:g}"


def at_most(limit: float) -> Bound:
    return Bound("<=", limit)


def at_least(limit: float) -> Bound:
    return Bound(">=", limit)


def exactly(value: float) -> Bound:
    return Bound("==", value)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its target. `spread` is over the samples; `value` is what the target is held against.

    `runs` is how often the arms took turns; the samples can be more, as when warm-ups count for what must never happen.
    """

    name: str
    unit: str
    value: float
    spread: Spread
    runs: int
    target: Bound | None = None

    @property
    def measured(self) -> bool:
        return self.runs >= MINIMUM_RUNS

    @property
    def met(self) -> bool | None:
        """Whether the target holds; None without a target or without enough runs."""
        if not self.measured or self.target is None:
            return None
        return self.target.holds(self.value)

    def as_json(self) -> dict[str, Any]:
        if not self.measured:
            return {
                "name": self.name,
                "value": NOT_MEASURED,
                "runs": self.runs,
                "target": _target(self.target),
                "met": None,
            }
        return {
            "name": self.name,
            "value": rounded(self.value),
            "unit": self.unit,
            "spread": self.spread.as_json(),
            "target": _target(self.target),
            "met": self.met,
        }


def counted(
    name: str,
    per_run: Sequence[float],
    target: Bound | None = None,
    *,
    unit: str = "",
    runs: int | None = None,
) -> Figure:
    """Something that must not happen even once, or must never exceed a limit: the worst run is the figure."""
    spread = Spread.of(per_run)
    worst = spread.low if target is not None and target.sign == ">=" else spread.high
    if target is not None and target.sign == "==":
        worst = max(per_run, key=lambda value: abs(value - target.limit))
    return Figure(name, unit, worst, spread, spread.n if runs is None else runs, target)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The samples of arms that took turns."""

    name: str
    unit: str
    order: tuple[str, ...]
    samples: Mapping[str, tuple[float, ...]]

    def median(self, arm: str) -> float:
        return statistics.median(self.samples[arm])

    def ratio(self, name: str, arm: str, to: str, target: Bound | None = None) -> Figure:
        """Ratio of the medians of two arms; its spread is that of the turns' own ratios."""
        turns = [a / b for a, b in zip(self.samples[arm], self.samples[to], strict=True)]
        return Figure(name, "x", self.median(arm) / self.median(to), Spread.of(turns), len(turns), target)

    def absolute(self, name: str, arm: str, target: Bound | None = None) -> Figure:
        """The median of one arm."""
        spread = Spread.of(self.samples[arm])
        return Figure(name, self.unit, self.median(arm), spread, spread.n, target)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "unit": self.unit,
            "order": " ".join(self.order),
            "arms": {
                arm: Spread.of(samples).as_json() | {"samples": [rounded(value) for value in samples]}
                for arm, samples in self.samples.items()
            },
        }


def take_turns(name: str, unit: str, arms: Sequence[Arm], runs: int, *, warm_up: int = 1) -> Measurement:
    """Run every arm once a turn, `runs` turns long, after `warm_up` turns that are not counted."""
    for turn in range(warm_up):
        for arm in arms:
            say(f"{name}: warm-up {turn + 1}/{warm_up} {arm.name}")
            arm.run()
    order: list[str] = []
    samples: dict[str, list[float]] = {arm.name: [] for arm in arms}
    for turn in range(runs):
        for arm in arms:
            sample = arm.run()
            order.append(arm.name)
            samples[arm.name].append(sample)
            say(f"{name}: {turn + 1}/{runs} {arm.name} {sample:.4g} {unit}")
    return Measurement(name, unit, tuple(order), {arm: tuple(values) for arm, values in samples.items()})


def percentile(samples: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile: the smallest sample that at least `percent` of all do not exceed."""
    if not samples:
        raise ValueError("no samples")
    ranked = sorted(samples)
    rank = -(-len(ranked) * percent // 100)
    return ranked[max(int(rank), 1) - 1]


def rounded(value: float) -> float:
    """Four significant digits: more would be noise."""
    return value if isinstance(value, int) else float(f"{value:.4g}")


def _target(bound: Bound | None) -> str | None:
    return None if bound is None else str(bound)
