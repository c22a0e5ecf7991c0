"""Signals through the shared table, as ours and the platform's clients write them."""

import datetime as dt
import logging

import pytest
from sqlalchemy import func, insert, select, update

from tcmdesk.core.actor import Anonymous, Patient, System
from tcmdesk.core.errors import Conflict, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.consultations.models import WebrtcSignal
from tcmdesk.features.consultations.service import calls, ending, links, signals
from tcmdesk.features.consultations.types import SignalType

GATEWAY = System("gateway")
SDP = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n"
OFFER = {"sdp": SDP, "generation": 2}


@pytest.fixture
def call(online):
    return online.in_call()


def platform_signal(online, room, kind, payload, *, sender=None, reader=None):
    """A row as the platform's client inserts it."""
    signal_id = uuid7()
    online.clinic.insert(
        WebrtcSignal.__table__,
        id=signal_id,
        room_id=room.room_id,
        from_user_id=sender or room.patient_user_id,
        to_user_id=reader or room.doctor_user_id,
        signal_type=kind,
        payload=payload,
    )
    return signal_id


def take(online, room):
    return signals.take_signals(online.database, online.doctor, room.room_id, room.doctor_user_id)


def rows(online):
    with online.database.reads.connect() as connection:
        return connection.execute(select(WebrtcSignal.__table__).order_by(WebrtcSignal.id)).all()


def test_an_offer_reaches_the_patient_and_its_answer_the_doctor(online, call):
    room, who = call
    signals.post_signal(online.database, online.doctor, room.room_id, SignalType.OFFER, OFFER)
    [row] = rows(online)
    assert (row.from_user_id, row.to_user_id) == (online.doctor.user_id, online.patient_id)
    assert row.payload == {"sdp": SDP, "generation": 2}
    [seen] = signals.take_signals(online.database, who, room.room_id, who.user_id)
    assert (seen.type, seen.generation, seen.payload) == (SignalType.OFFER, 2, {"sdp": SDP})
    signals.post_signal(online.database, who, room.room_id, SignalType.ANSWER, {"sdp": SDP, "generation": 2})
    [answer] = take(online, room)
    assert (answer.type, answer.from_user_id) == (SignalType.ANSWER, online.patient_id)
    assert take(online, room) == ()


def test_signals_do_not_enter_the_ledger(online, call):
    from tcmdesk.core.db.operations import DeskOperation

    room, _ = call
    count = select(func.count()).select_from(DeskOperation)
    before = online.database.read(lambda connection: connection.execute(count).scalar_one())
    signals.post_signal(online.database, online.doctor, room.room_id, SignalType.OFFER, OFFER)
    assert online.database.read(lambda connection: connection.execute(count).scalar_one()) == before


@pytest.mark.parametrize(
    ("payload", "canonical"),
    [
        ({"candidate": "c", "sdp_mid": "0", "sdp_mline_index": 0}, ("c", "0", 0)),
        ({"candidate": "c", "sdpMid": "1", "sdpMLineIndex": 1}, ("c", "1", 1)),
        ({"candidate": {"candidate": "c", "sdpMid": "1", "sdpMLineIndex": 1}}, ("c", "1", 1)),
        ({"candidate": "", "sdp_mid": None, "sdp_mline_index": None}, ("", None, None)),
    ],
)
def test_both_spellings_of_candidates(online, call, payload, canonical):
    room, _ = call
    platform_signal(online, room, "ice_candidate", payload)
    [signal] = take(online, room)
    assert tuple(signal.payload.values()) == canonical
    assert signal.generation == 0


@pytest.mark.parametrize(
    "payload", [{"sdp": SDP}, {"sdp": {"type": "offer", "sdp": SDP}}, {"sdp": SDP, "type": "offer"}]
)
def test_shapes_of_offers(online, call, payload):
    room, _ = call
    platform_signal(online, room, "offer", payload)
    [signal] = take(online, room)
    assert signal.payload == {"sdp": SDP}


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("offer", {"sdp": 5}), ("offer", {}), ("answer", {"sdp": "nonsense"}), ("offer", ["v=0"]),
        ("offer", {"sdp": "v=0" + "x" * 70000}), ("offer", {"sdp": SDP, "generation": "now"}),
        ("ice_candidate", {"candidate": 4}), ("ice_candidate", {"candidate": "c"}),
        ("ice_candidate", {"candidate": "c", "sdp_mid": "0", "sdp_mline_index": -1}),
    ],
)  # fmt: skip
def test_malformed_signals_are_marked_logged_and_dropped(online, call, caplog, kind, payload):
    room, _ = call
    signal_id = platform_signal(online, room, kind, payload)
    with caplog.at_level(logging.WARNING):
        assert take(online, room) == ()
    assert signal_id in caplog.text
    assert "sdp" not in caplog.text
    assert [row.delivered for row in rows(online)] == [True]


def test_signals_of_a_stranger_are_ignored_and_logged(online, call, caplog):
    room, _ = call
    stranger = online.clinic.account("过路人")
    platform_signal(online, room, "offer", {"sdp": SDP}, sender=stranger)
    with caplog.at_level(logging.WARNING):
        assert take(online, room) == ()
    assert "not in the room" in caplog.text


def test_a_stranger_cannot_post(online, call):
    room, _ = call
    other = Patient(online.clinic.account("过路人"), uuid7(), room.room_id)
    with pytest.raises(Conflict) as refusal:
        signals.post_signal(online.database, other, room.room_id, SignalType.OFFER, OFFER)
    assert refusal.value.code == "signal.refused"
    with pytest.raises(PermissionDenied):
        signals.post_signal(online.database, Anonymous(), room.room_id, SignalType.OFFER, OFFER)


def test_nobody_reads_anothers_signals(online, call):
    room, who = call
    with pytest.raises(PermissionDenied):
        signals.take_signals(online.database, who, room.room_id, room.doctor_user_id)
    with pytest.raises(PermissionDenied):
        signals.unread(online.database, who, {room.room_id: room.doctor_user_id})


def test_a_patient_who_is_not_let_in_cannot_post(online):
    room = online.opened()
    who = online.patient_in(room)
    with pytest.raises(Conflict) as refusal:
        signals.post_signal(online.database, who, room.room_id, SignalType.JOIN, {})
    assert refusal.value.code == "signal.refused"
    online.write(online.doctor, calls.admit, room.consultation_id)
    signals.post_signal(online.database, who, room.room_id, SignalType.JOIN, {})
    assert [signal.type for signal in take(online, room)] == [SignalType.JOIN]


def test_a_room_that_is_over_takes_nothing(online, call):
    room, _ = call
    online.write(online.doctor, ending.cancel, room.consultation_id)
    with pytest.raises(Conflict):
        signals.post_signal(online.database, online.doctor, room.room_id, SignalType.OFFER, OFFER)


def test_a_signal_that_is_none_is_refused_at_once(online, call):
    room, _ = call
    with pytest.raises(ValidationError):
        signals.post_signal(online.database, online.doctor, room.room_id, SignalType.OFFER, {"sdp": "no"})


def test_a_new_offer_replaces_those_that_nobody_read(online, call):
    room, who = call
    replaced = []
    for generation in (2, 4, 6):
        signals.post_signal(
            online.database,
            online.doctor,
            room.room_id,
            SignalType.OFFER,
            {"sdp": SDP, "generation": generation},
            on_replaced=lambda before=generation - 2: replaced.append(before),
        )
    assert replaced == [2, 4]
    read = signals.take_signals(online.database, who, room.room_id, who.user_id)
    assert [signal.generation for signal in read] == [6]


def test_a_gateway_reads_many_rooms_at_once_and_marks_when_handed_on(online, call):
    room, who = call
    signals.post_signal(online.database, online.doctor, room.room_id, SignalType.OFFER, OFFER)
    readers = {room.room_id: who.user_id, "room_of_somebody_else": who.user_id}
    found = signals.unread(online.database, GATEWAY, readers)
    assert [signal.generation for signal in found[room.room_id]] == [2]
    assert signals.unread(online.database, GATEWAY, readers).keys() == {room.room_id}
    signals.mark_delivered(online.database, GATEWAY, [found[room.room_id][0].signal_id])
    assert signals.unread(online.database, GATEWAY, readers) == {}


def test_what_commits_late_is_still_read(online, call):
    """By `delivered`, not by the last id: rows can become visible out of order."""
    room, _ = call
    late = uuid7()
    with online.database.writes.connect() as open_connection:
        transaction = open_connection.begin()
        if not online.database.embedded:
            open_connection.execute(
                insert(WebrtcSignal).values(
                    id=late, room_id=room.room_id, from_user_id=room.patient_user_id,
                    to_user_id=room.doctor_user_id, signal_type="join", payload={},
                )
            )  # fmt: skip
            platform_signal(online, room, "leave", {})
            assert [signal.type for signal in take(online, room)] == [SignalType.LEAVE]
        transaction.commit()
    if not online.database.embedded:
        assert [signal.signal_id for signal in take(online, room)] == [late]


def test_after_an_hour_signals_are_deleted(online, call):
    room, _ = call
    old = platform_signal(online, room, "join", {})
    young = platform_signal(online, room, "join", {})
    with online.database.writes.begin() as connection:
        now = connection.execute(select(WebrtcSignal.created_at).where(WebrtcSignal.id == young)).scalar_one()
        connection.execute(
            update(WebrtcSignal)
            .where(WebrtcSignal.id == old)
            .values(created_at=now - dt.timedelta(minutes=61))
        )
    assert signals.sweep(online.database, System("video-sweep")) == 1
    assert [row.id for row in rows(online)] == [young]
    with pytest.raises(PermissionDenied):
        signals.sweep(online.database, online.doctor)


def test_an_opened_link_does_not_matter_to_signals_once_revoked(online, call):
    room, _ = call
    state = online.read(online.doctor, links.link_state, room.consultation_id)
    online.write(online.doctor, links.revoke_link, state.link_id)
    with pytest.raises(Conflict) as refusal:
        online.database.read(
            lambda connection: links.patient_of(
                connection, Anonymous(), "c" * 43, now=online.database.clock.now()
            )
        )
    assert refusal.value.code == "session.ended"
