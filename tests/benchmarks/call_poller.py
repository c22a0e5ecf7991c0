"""The patient at a client like the platform's, which looks for signals once a second and knows no generations.

`measure(runs)` is what the benchmark of calls asks for. Both ends are real media processes, the doctor's with the program's
controller, on a table in a file; a sample is an outage of pictures and signals in which the line forgets both ends, as when
a telephone changes its network, so that only a new connection brings the picture back. "Back" is when both sides have one
that was made after the line's return.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcmdesk.core.db.schema.upgrade import upgrade
from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.service import calls
from tests.benchmarks.harness import Arm, at_most, take_turns
from tests.support.doctor_desk import READY_SECONDS, DoctorDesk
from tests.support.lossy_udp import Conditions, LossyUdp
from tests.support.platform_client import PlatformClient, wait_until
from tests.support.sql import sql_allowed
from tests.support.video_visits import open_visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.harness import Figure, Measurement

OUTAGES: Final = {"5 s": 5.0, "30 s": 30.0}
SETTLE_SECONDS: Final = 2.0
PATIENCE_SECONDS: Final = 30.0


@contextlib.contextmanager
def _call(template: Path) -> Iterator[tuple[DoctorDesk, PlatformClient, LossyUdp]]:
    """A call of a new clinic over a line of its own, with pictures on both sides."""
    url = f"sqlite:///{shutil.copy(template, template.with_name(f'{uuid7()}.db'))}"
    visit = open_visit(url)
    visit.clinic.write(visit.clinic.doctor, calls.admit, visit.room.consultation_id)
    desk = DoctorDesk(visit)
    try:
        assert desk.ready.wait(READY_SECONDS), "the media process does not begin"
        with LossyUdp() as line, PlatformClient(url, visit.room, rewrite=line.rewrite) as patient:
            desk.call()
            wait_until(lambda: desk.connected and desk.pictures > 10)
            patient.party.picture()
            yield desk, patient, line
    finally:
        desk.close()
        visit.clinic.database.close()


def _back(template: Path, seconds_down: float) -> float:
    """Seconds from the line's return to pictures on both sides."""
    with sql_allowed(), _call(template) as (desk, patient, line):
        time.sleep(SETTLE_SECONDS)
        line.conditions, patient.away = Conditions(cut=True), True
        line.forget()
        time.sleep(seconds_down)
        line.conditions, patient.away = Conditions(), False
        returned = time.monotonic()
        patient.party.picture(since=returned, patience=PATIENCE_SECONDS)
        wait_until(lambda: desk.last_picture > returned, PATIENCE_SECONDS)
        return time.monotonic() - returned


def measure(runs: int, only: str | None = None) -> tuple[list[Figure], list[Measurement]]:
    """The poller's figures; `only` is one of the outages, ``5 s`` or ``30 s``."""
    outages = {name: down for name, down in OUTAGES.items() if only in {None, name}}
    with tempfile.TemporaryDirectory() as name:
        template = Path(name) / "template.db"
        upgrade(f"sqlite:///{template}", create_contract=True, report=lambda _line: None)
        arms = [Arm(arm, partial(_back, template, down)) for arm, down in outages.items()]
        back = take_turns("picture back, one-second poller", "s", arms, runs, warm_up=0)
    figures = [
        back.absolute(f"one-second poller: picture back after an outage of {arm}", arm, at_most(3.5))
        for arm in outages
    ]
    return figures, [back]
