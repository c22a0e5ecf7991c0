"""What the rules and exceptions make of a doctor's day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tcmdesk.features.schedules.types import CLOSING, Closure, DoctorDay, ExceptionKind, Session

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from tcmdesk.features.schedules.types import HoursException, HoursRule
    from tcmdesk.features.settings.types import Hours


@dataclass(frozen=True, slots=True)
class Timetable:
    """The rules of some doctors, the exceptions of some days, and the clinic's hours for who has no rules."""

    hours: Hours
    rules: dict[str, list[HoursRule]] = field(default_factory=lambda: defaultdict(list))
    exceptions: list[HoursException] = field(default_factory=list)

    def day(self, doctor_id: str, day: dt.date) -> DoctorDay:
        """A doctor's day.

        Changed hours replace the week's; a holiday closes these, an extra session stays open on it; leave closes
        everything.
        """
        today = [each for each in self.exceptions if each.covers(day) and each.doctor_id in {None, doctor_id}]
        sessions = [each.session for each in today if each.kind is ExceptionKind.CHANGED]
        sessions = sessions or list(self._week(doctor_id, day))
        closures = [_closure(each) for each in today if each.kind in CLOSING]
        for closure in closures:
            if closure.kind is ExceptionKind.HOLIDAY:
                sessions = list(_cut(sessions, closure))
        sessions += [each.session for each in today if each.kind is ExceptionKind.EXTRA]
        for closure in closures:
            if closure.kind is ExceptionKind.LEAVE:
                sessions = list(_cut(sessions, closure))
        return DoctorDay(doctor_id, day, _in_turn(sessions), tuple(sorted(closures, key=_span)))

    def _week(self, doctor_id: str, day: dt.date) -> Iterator[Session]:
        rules = self.rules.get(doctor_id)
        if not rules:
            for open_ in self.hours.on(day):
                yield Session(open_.start, open_.end)
            return
        for rule in rules:
            if rule.weekday == day.weekday() and rule.valid_on(day):
                yield rule.session


def _closure(exception: HoursException) -> Closure:
    session = exception.session
    return Closure(
        session.start, session.end, exception.reason, exception.kind, exception.exception_id, exception.moved
    )


def _span(span: Session | Closure) -> tuple[int, int]:
    return span.start, span.end


def _cut(sessions: Iterable[Session], closure: Closure) -> Iterator[Session]:
    """What a closure leaves of sessions."""
    for session in sessions:
        if closure.end <= session.start or session.end <= closure.start:
            yield session
            continue
        if session.start < closure.start:
            yield replace(session, end=closure.start)
        if closure.end < session.end:
            yield replace(session, start=closure.end)


def _in_turn(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """In order of time; of two that overlap, which no screen lets in, the later one begins when the first ends."""
    turn: list[Session] = []
    for session in sorted(sessions, key=_span):
        start = max(session.start, turn[-1].end) if turn else session.start
        if start < session.end:
            turn.append(replace(session, start=start))
    return tuple(turn)
