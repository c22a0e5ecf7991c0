"""A video call between two media processes: what arrives while the window is idle and busy, over lines that lose packets or
break, and what showing it costs.

Parts, chosen with `--only`: `window` (pictures and sound with an idle and a busy window), `lateness` (the window's own
timer with the panel open and closed, the call going on in both), `display` (converting alone against converting, handing
over and painting), `loss`, `drop`, `start`, `browser` (the patient is Chromium at the gateway's page:
`call_gateway`), `poller` (the patient's client looks once a second: `call_poller`). In the others both ends are media processes of the program; the picture is the test pattern, 640 x 480 at
30, the sound a tone. Signals are handed over by the benchmark, at once or every second.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from tcmdesk.media.protocol import LinkState, StateChanged, Stats
from tests.benchmarks.harness import (
    Arm,
    Measurement,
    at_least,
    at_most,
    counted,
    percentile,
    say,
    take_turns,
)
from tests.benchmarks.report import Report
from tests.support.calls import Conversation, Party
from tests.support.lossy_udp import Conditions, LossyUdp

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

SETTLE_SECONDS: Final = 3.0
OUTAGE_SECONDS: Final = 6.0
LOSSES: Final = {"5 % lost": 0.05, "10 % lost": 0.10}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--runs", type=int, default=5, help="turns of every arm; below 5 nothing counts as measured"
    )
    parser.add_argument("--seconds", type=float, default=8.0, help="length of one sample")
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), help="these parts; default: all")


def run(arguments: argparse.Namespace) -> Report:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    report = Report("call", {"seconds_a_sample": arguments.seconds, "picture": "640x480, 30 a second, VP8"})
    for name, part in PARTS.items():
        if not arguments.only or name in arguments.only:
            say(f"== {name}")
            part(report, arguments.runs, arguments.seconds)
    return report


# ---- with a window ----


def _window(report: Report, runs: int, seconds: float) -> None:
    from tests.benchmarks.call_window import Panel, Stress, application, run_for

    application()
    stress = Stress()
    gaps: dict[str, list[float]] = {"idle": [], "busy": []}
    with Conversation() as conversation:
        panel = Panel(conversation.a)
        panel.open()
        run_for(SETTLE_SECONDS)

        def arm(name: str, begin: Callable[[], None], end: Callable[[], None]) -> Arm:
            def once() -> float:
                begin()
                run_for(0.5)
                since = time.monotonic()
                run_for(seconds)
                until = time.monotonic()
                end()
                run_for(1.0)
                received, sent = conversation.a.seconds(since, until), conversation.b.seconds(since, until)
                gaps[name].append(max(one.audio_gap_ms for one in received))
                say(f"    longest gap {gaps[name][-1]:.0f} ms")
                return _mean(received, "fps") / _mean(sent, "sent_fps")

            return Arm(name, once)

        arms = [arm("idle", lambda: None, lambda: None), arm("busy", stress.start, stress.stop)]
        measured = take_turns("pictures received of those sent", "x", arms, runs)
        panel.close()
    longest = Measurement(
        "longest wait for a piece of sound",
        "ms",
        measured.order,
        {name: tuple(values[-runs:]) for name, values in gaps.items()},
    )
    report.measurements += [measured, longest]
    report.figures += [
        measured.absolute("pictures received of those sent, idle window", "idle", at_least(0.99)),
        measured.absolute("pictures received of those sent, busy window", "busy", at_least(0.97)),
        longest.ratio("longest gap in the sound, busy to idle", "busy", "idle", at_most(1.5)),
        counted("longest gap in the sound", longest.samples["busy"], at_most(60), unit="ms"),
    ]


def _lateness(report: Report, runs: int, seconds: float) -> None:
    from tests.benchmarks.call_window import Panel, application, run_for
    from tests.benchmarks.ui import Lateness

    application()
    lateness = Lateness()
    with Conversation() as conversation:
        panel = Panel(conversation.a)
        run_for(SETTLE_SECONDS)

        def arm(name: str, begin: Callable[[], None]) -> Arm:
            def once() -> float:
                begin()
                run_for(0.5)
                lateness.start()
                run_for(seconds)
                lateness.stop()
                panel.close()
                run_for(0.2)
                return percentile(lateness.late_ms, 99)

            return Arm(name, once)

        arms = [arm("closed", lambda: None), arm("open", panel.open)]
        measured = take_turns("lateness of the window's timer, p99", "ms", arms, runs)
    report.measurements.append(measured)
    report.figures.append(
        measured.ratio("lateness of the window's timer, panel open to closed", "open", "closed", at_most(1.3))
    )


def _display(report: Report, runs: int, seconds: float) -> None:
    from tests.benchmarks.call_display import DOCKED, HEIGHT, WIDTH, Display

    for name, size in (("docked", DOCKED), ("as large as it is", (WIDTH, HEIGHT))):
        display = Display(*size)
        arms = [
            Arm("convert", lambda display=display: display.convert(seconds / 4)),
            Arm("show", lambda display=display: display.show(seconds / 4)),
        ]
        measured = take_turns(f"processor time of a picture, {name}", "ms", arms, runs)
        display.close()
        report.measurements.append(measured)
        # the panel is docked; for comparison, a picture that is not made smaller, which is cheap to convert
        target = at_most(2) if name == "docked" else None
        report.figures.append(
            measured.ratio(f"showing a picture to converting it alone, {name}", "show", "convert", target)
        )


# ---- lines ----


def _loss(report: Report, runs: int, seconds: float) -> None:
    with LossyUdp(Conditions(delay=0.01)) as line, Conversation(line) as conversation:
        time.sleep(SETTLE_SECONDS)

        def arm(name: str, loss: float) -> Arm:
            def once() -> float:
                line.conditions = Conditions(loss=loss, delay=0.01)
                time.sleep(1.5)
                since = time.monotonic()
                time.sleep(seconds)
                return min(
                    _mean(party.seconds(since), "audio_delivered")
                    for party in (conversation.a, conversation.b)
                )

            return Arm(name, once)

        arms = [arm("none lost", 0.0), *(arm(name, loss) for name, loss in LOSSES.items())]
        measured = take_turns("sound delivered, the worse direction", "x", arms, runs)
    report.measurements.append(measured)
    report.figures += [
        measured.absolute("sound delivered at 5 % loss", "5 % lost", at_least(0.99)),
        measured.absolute("sound delivered at 10 % loss", "10 % lost", at_least(0.97)),
    ]


def _drop(report: Report, runs: int, seconds: float) -> None:
    del seconds
    noticed: list[float] = []
    measured_arms: list[Arm] = []
    with (
        LossyUdp() as line,
        LossyUdp() as polled_line,
        Conversation(line) as conversation,
        Conversation(polled_line, every=1.0) as polled,
    ):
        time.sleep(SETTLE_SECONDS)
        measured_arms = [
            Arm("address kept", lambda: _drop_once(line, conversation, noticed, forget=False)),
            Arm("address changed", lambda: _drop_once(line, conversation, noticed, forget=True)),
            Arm("address changed, polled", lambda: _drop_once(polled_line, polled, noticed, forget=True)),
        ]
        measured = take_turns("picture back after the line returns", "s", measured_arms, runs, warm_up=0)
    report.measurements.append(measured)
    report.figures += [
        counted("a drop is noticed", noticed, at_most(5.0), unit="s", runs=runs),
        measured.absolute("picture back, address kept", "address kept", at_most(1.5)),
        measured.absolute("picture back, address changed", "address changed", at_most(1.5)),
        measured.absolute("picture back, a poller of one second", "address changed, polled", at_most(3.5)),
    ]


def _drop_once(line: LossyUdp, conversation: Conversation, noticed: list[float], *, forget: bool) -> float:
    """Break a line for six seconds; the seconds from its return to the first picture, the later side's."""
    line.conditions = Conditions(cut=True)
    cut = time.monotonic()
    for party in (conversation.a, conversation.b):
        at, _ = party.wait(
            StateChanged, lambda event: event.state is LinkState.LOST and event.active, cut, patience=10
        )
        noticed.append(at - cut)
    time.sleep(max(0.0, cut + OUTAGE_SECONDS - time.monotonic()))
    if forget:
        line.forget()
    line.conditions = Conditions()
    returned = time.monotonic()
    back = max(_picture(party, returned) for party in (conversation.a, conversation.b))
    for party in (conversation.a, conversation.b):
        party.wait(Stats, since=returned + 2)
    time.sleep(2.0)
    return back


def _start(report: Report, runs: int, seconds: float) -> None:
    del seconds

    def once() -> float:
        with Conversation(connect=False) as conversation:
            # devices are open before one calls
            for party in (conversation.a, conversation.b):
                party.client.open_preview(*([party.camera] * 2), "none:")
            time.sleep(1.0)
            began = time.monotonic()
            conversation.call()
            return max(_picture(party, began) for party in (conversation.a, conversation.b))

    measured = take_turns("from the call to the first picture", "s", [Arm("loopback", once)], runs)
    report.measurements.append(measured)
    report.figures.append(measured.absolute("from the call to the first picture", "loopback", at_most(1.5)))


def _picture(party: Party, since: float) -> float:
    return party.picture(since=since)[0] - since


def _mean(seconds: list[Stats], name: str) -> float:
    values = [getattr(one, name) for one in seconds]
    return sum(values) / len(values)


def _browser(report: Report, runs: int, seconds: float) -> None:
    # chromium and a database server, which the other parts need not have
    from tests.benchmarks import call_gateway

    figures, measurements = call_gateway.measure(runs)
    report.figures += figures
    report.measurements += measurements


def _poller(report: Report, runs: int, seconds: float) -> None:
    from tests.benchmarks import call_poller

    figures, measurements = call_poller.measure(runs)
    report.figures += figures
    report.measurements += measurements


PARTS: Final = {
    "window": _window,
    "lateness": _lateness,
    "display": _display,
    "loss": _loss,
    "drop": _drop,
    "start": _start,
    "browser": _browser,
    "poller": _poller,
}
