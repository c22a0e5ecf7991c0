"""Looks for openings of whom somebody types; only the last answer counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from tcmdesk.core.spelling import folded, whole_names
from tcmdesk.features.appointments.service import board as reading

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.features.appointments.types import DoctorColumn, Opening, PartOfDay, VisitType
    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.operation import Operation

PAUSE_MS: Final = 120
"""After a key, before the question is asked."""

DAYS: Final = 14
MOST: Final = 400


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. `whom` is as typed: part of a name, of its pinyin or initials, or of a department."""

    whom: str
    part: PartOfDay | None
    minutes: int
    visit_type: VisitType | None
    from_: dt.datetime


class OpeningsSearch(QObject):
    """`found` brings the doctors that were meant and their openings; `failed` the error."""

    found = Signal(tuple, tuple)
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._operation: Operation[object] | None = None
        self._wish: Wish | None = None
        self._doctors: tuple[DoctorColumn, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_timeout)

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self._pause.isActive() or self._operation is not None

    def ask(self, wish: Wish, doctors: tuple[DoctorColumn, ...], *, at_once: bool = False) -> None:
        """Look for openings among these doctors."""
        self._wish, self._doctors = wish, doctors
        if self._operation is not None:
            self._operation.cancel()
            self._operation = None
        if at_once:
            self._pause.stop()
            self._on_pause_timeout()
        else:
            self._pause.start()

    def _on_pause_timeout(self) -> None:
        context, wish, doctors = self._context, self._wish, self._doctors
        if wish is None:
            return

        def look() -> tuple[tuple[DoctorColumn, ...], tuple[Opening, ...]]:
            meant = matching(wish.whom, doctors)
            if not meant:
                return (), ()
            ids = {doctor.doctor_id for doctor in meant}
            openings = context.database.read(
                lambda connection: reading.find_openings(
                    connection, context.actor, zone=context.zone, from_=wish.from_, days=DAYS,
                    doctor_id=next(iter(ids)) if len(ids) == 1 else None, part_of_day=wish.part,
                    minutes=wish.minutes, visit_type=wish.visit_type,
                    limit=MOST if len(ids) == len(doctors) else MOST * 5,
                )
            )  # fmt: skip
            return meant, tuple(opening for opening in openings if opening.doctor_id in ids)[:MOST]

        self._operation = context.operation(self, look)
        self._operation.on_done(self._on_look_done).on_failed(self._on_look_failed).start()

    def _on_look_done(self, answer: tuple[tuple[DoctorColumn, ...], tuple[Opening, ...]]) -> None:
        self._operation = None
        self.found.emit(*answer)

    def _on_look_failed(self, error: BaseException) -> bool:
        self._operation = None
        self.failed.emit(error)
        return True


def matching(typed: str, doctors: tuple[DoctorColumn, ...]) -> tuple[DoctorColumn, ...]:
    """Who is meant by part of a name, its pinyin, its initials, or a department; everybody by nothing."""
    wanted = folded(typed).replace(" ", "")
    if not wanted:
        return doctors
    return tuple(
        doctor
        for doctor in doctors
        if any(wanted in text for text in (folded(doctor.name), folded(doctor.department)))
        or any(
            spelled.startswith(wanted)
            for name in (doctor.name, doctor.department)
            for spelled in _spellings(folded(name))
        )
    )


def _spellings(name: str) -> list[str]:
    found = []
    for syllables in whole_names(name):
        found += ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
        found += ["".join(syllables[1:])] if len(syllables) > 1 else []
    return [spelled for spelled in found if spelled]
