"""What rules and exceptions make of a day."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tcmdesk.features.schedules.queries.timetable import Timetable
from tcmdesk.features.schedules.types import ExceptionKind, HoursRule, Session
from tcmdesk.features.settings.types import DEFAULT_HOURS
from tests.factories.hours import exception

TUESDAY = dt.date(2026, 11, 24)
MORNING, AFTERNOON = Session(540, 720), Session(840, 1020)
DAY_MINUTES = 24 * 60


def table(*exceptions, rules=()):
    made = Timetable(DEFAULT_HOURS, exceptions=list(exceptions))
    for rule in rules:
        made.rules[rule.doctor_id].append(rule)
    return made


def rule(weekday, session, **validity):
    return HoursRule("r", "doctor", weekday, session, **validity)


def sessions(made, day=TUESDAY):
    return made.day("doctor", day).sessions


def test_without_a_rule_the_clinics_hours_hold():
    assert sessions(table()) == (MORNING, AFTERNOON)


def test_with_any_rule_nothing_else_holds():
    made = table(rules=[rule(0, MORNING)])
    assert sessions(made) == ()
    assert sessions(made, TUESDAY - dt.timedelta(days=1)) == (MORNING,)


def test_a_rule_is_in_force_on_its_days_only():
    ended = rule(1, MORNING, valid_until=TUESDAY - dt.timedelta(days=1))
    begins = rule(1, AFTERNOON, valid_from=TUESDAY)
    made = table(rules=[ended, begins])
    assert sessions(made) == (AFTERNOON,)
    assert sessions(made, TUESDAY - dt.timedelta(days=7)) == (MORNING,)


def test_a_closure_cuts_what_it_touches():
    made = table(exception(ExceptionKind.LEAVE, "doctor", 600, 900))
    day = made.day("doctor", TUESDAY)
    assert day.sessions == (Session(540, 600), Session(900, 1020))
    assert [(closure.start, closure.end) for closure in day.closures] == [(600, 900)]
    assert made.day("other", TUESDAY).closures == ()


def test_seats_are_those_of_the_session():
    made = table(rules=[rule(1, Session(540, 720, seats=3)), rule(1, Session(720, 780, seats=2))])
    day = made.day("doctor", TUESDAY)
    assert (day.seats_at(540, 570), day.seats_at(700, 740), day.seats_at(900, 930)) == (3, 2, 1)


spans = st.tuples(st.integers(0, 287), st.integers(1, 288)).map(
    lambda pair: (pair[0] * 5, min(DAY_MINUTES, (pair[0] + pair[1]) * 5))
)


@given(st.lists(spans, max_size=4), st.lists(spans, max_size=3))
def test_sessions_never_overlap_and_never_lie_in_a_leave(open_, closed):
    rules = [rule(1, Session(*span)) for span in open_] or [rule(0, MORNING)]
    made = table(*(exception(ExceptionKind.LEAVE, "doctor", *span) for span in closed), rules=rules)
    found = sessions(made)
    minutes = [minute for each in found for minute in range(each.start, each.end)]
    assert len(minutes) == len(set(minutes))
    wanted = {minute for span in open_ for minute in range(*span)}
    away = {minute for span in closed for minute in range(*span)}
    assert set(minutes) == wanted - away
