"""The list with everybody's names and running offers, from one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Select, and_, bindparam, func, literal, or_, select
from sqlalchemy.orm import aliased

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.appointments.types import VisitType
from tcmdesk.features.identity.models import Doctor, User
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.types import Gender, PatientRef
from tcmdesk.features.waitlist.models import WaitlistEntry, WaitlistOffer
from tcmdesk.features.waitlist.types import Entry, EntryStatus, Offer, OfferStatus, Waitlist, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.sql.elements import ColumnElement

MOST: Final = 2000
"""Rows read at once: an entry has one for each offer of these days, and one without any."""

OFFERS_BACK: Final = dt.timedelta(days=1)
"""Offers of times before that are history."""

_DoctorUser = aliased(User)
_OfferDoctor = aliased(Doctor)
_OfferDoctorUser = aliased(User)

_GENDERS: Final = {member.value: member for member in Gender}


def _clock(connection: Connection, now: dt.datetime) -> ColumnElement[dt.datetime]:
    """The server's clock, which counts; of an embedded file it is this computer's."""
    if connection.dialect.name == "sqlite":
        return literal(now, UtcTimestamp)
    return func.current_timestamp(type_=UtcTimestamp)


def _select(connection: Connection, now: dt.datetime) -> Select[*tuple[Any, ...]]:
    clock = _clock(connection, now)
    return (
        select(
            *WaitlistEntry.__table__.c,
            User.name.label("account_name"),
            User.gender.label("account_gender"),
            User.birthday.label("account_birthday"),
            User.phone.label("account_phone"),
            PatientProfile.name.label("profile_name"),
            PatientProfile.gender.label("profile_gender"),
            PatientProfile.birthday.label("profile_birthday"),
            _DoctorUser.name.label("doctor_name"),
            WaitlistOffer.id.label("offer_id"),
            WaitlistOffer.doctor_id.label("offer_doctor_id"),
            WaitlistOffer.starts_at,
            WaitlistOffer.minutes.label("offer_minutes"),
            WaitlistOffer.expires_at,
            WaitlistOffer.status.label("offer_status"),
            (WaitlistOffer.expires_at > clock).label("offer_runs"),
            _OfferDoctorUser.name.label("offer_doctor"),
            clock.label("server_now"),
        )
        .select_from(WaitlistEntry)
        .outerjoin(User, User.id == WaitlistEntry.user_id)
        .outerjoin(
            PatientProfile,
            and_(
                PatientProfile.id == WaitlistEntry.profile_id, PatientProfile.user_id == WaitlistEntry.user_id
            ),
        )
        .outerjoin(Doctor, Doctor.id == WaitlistEntry.doctor_id)
        .outerjoin(_DoctorUser, _DoctorUser.id == Doctor.user_id)
        .outerjoin(
            WaitlistOffer,
            and_(
                WaitlistOffer.entry_id == WaitlistEntry.id,
                WaitlistOffer.starts_at > bindparam("offers_from", now - OFFERS_BACK, type_=UtcTimestamp),
            ),
        )
        .outerjoin(_OfferDoctor, _OfferDoctor.id == WaitlistOffer.doctor_id)
        .outerjoin(_OfferDoctorUser, _OfferDoctorUser.id == _OfferDoctor.user_id)
    )


def read_waiting(connection: Connection, today: dt.date, now: dt.datetime) -> Waitlist:
    """Who waits and may still be served, those first who came first."""
    chosen = (
        _select(connection, now)
        .where(WaitlistEntry.status == EntryStatus.WAITING.value, WaitlistEntry.last_day >= today)
        .order_by(WaitlistEntry.created_at, WaitlistEntry.id, WaitlistOffer.made_at, WaitlistOffer.id)
        .limit(MOST)
    )
    return _waitlist(connection.execute(chosen).all(), now)


def read_ended(connection: Connection, today: dt.date, now: dt.datetime) -> Waitlist:
    """Who was booked or taken off, or waited in vain, the last ones first."""
    chosen = (
        _select(connection, now)
        .where(or_(WaitlistEntry.status != EntryStatus.WAITING.value, WaitlistEntry.last_day < today))
        .order_by(WaitlistEntry.updated_at.desc(), WaitlistEntry.id, WaitlistOffer.made_at, WaitlistOffer.id)
        .limit(MOST)
    )
    return _waitlist(connection.execute(chosen).all(), now)


def read_entry(connection: Connection, entry_id: str, now: dt.datetime) -> Entry | None:
    """One entry, whatever became of it; None when there is none of this id."""
    chosen = _select(connection, now).where(WaitlistEntry.id == entry_id).order_by(WaitlistOffer.made_at)
    return next(iter(_waitlist(connection.execute(chosen).all(), now).entries), None)


def read_offer(connection: Connection, offer_id: str, now: dt.datetime) -> tuple[Offer, Entry] | None:
    """One offer with its entry; None when there is none of this id."""
    chosen = _select(connection, now).where(WaitlistOffer.id == offer_id)
    row = connection.execute(chosen).first()
    return None if row is None else (_offer(row), _entry(row))


def read_run_out(connection: Connection, now: dt.datetime) -> tuple[str, ...]:
    """Offers that nobody has ended though their time has run out."""
    rows = connection.execute(
        select(WaitlistOffer.id).where(
            WaitlistOffer.status == OfferStatus.HELD.value,
            WaitlistOffer.expires_at <= _clock(connection, now),
        )
    )
    return tuple(rows.scalars())


def offered_since(
    connection: Connection, times: Iterable[tuple[str, dt.datetime]]
) -> dict[tuple[str, dt.datetime], dt.datetime]:
    """When each of these times of doctors was offered last, to whomever."""
    wanted = list(times)
    if not wanted:
        return {}
    rows = connection.execute(
        select(WaitlistOffer.doctor_id, WaitlistOffer.starts_at, func.max(WaitlistOffer.made_at))
        .where(
            or_(
                *(
                    and_(WaitlistOffer.doctor_id == doctor_id, WaitlistOffer.starts_at == starts_at)
                    for doctor_id, starts_at in wanted
                )
            )
        )
        .group_by(WaitlistOffer.doctor_id, WaitlistOffer.starts_at)
    )
    return {(doctor_id, starts_at): made_at for doctor_id, starts_at, made_at in rows}


def _waitlist(rows: Iterable[Any], now: dt.datetime) -> Waitlist:
    entries: dict[str, Entry] = {}
    server_now = now
    for row in rows:
        server_now = row.server_now
        entry = entries.get(row.id) or _entry(row)
        if row.offer_id is not None:
            entry = _with_offer(entry, _offer(row), row.offer_doctor or "")
        entries[row.id] = entry
    return Waitlist(tuple(entries.values()), server_now)


def _with_offer(entry: Entry, offer: Offer, doctor_name: str) -> Entry:
    if offer.status is OfferStatus.HELD:
        return replace(entry, offer=offer, offer_doctor=doctor_name)
    return replace(entry, refused=(*entry.refused, (offer.doctor_id, offer.starts_at)))


def _offer(row: Any) -> Offer:
    status = OfferStatus(row.offer_status)
    if status is OfferStatus.HELD and not row.offer_runs:
        status = OfferStatus.EXPIRED
    return Offer(
        row.offer_id, row.id, row.offer_doctor_id, row.starts_at, row.offer_minutes, row.expires_at, status
    )


def _entry(row: Any) -> Entry:
    profile = row.profile_name is not None
    gender = row.profile_gender if profile else row.account_gender
    return Entry(
        entry_id=row.id,
        # a family member who was removed is still named by the entry: booking for them is refused, not changed
        patient=PatientRef(row.user_id, row.profile_id),
        patient_name=row.profile_name or ("" if row.profile_id else row.account_name or ""),
        gender=_GENDERS.get(gender, Gender.OTHER),
        birthday=row.profile_birthday if profile else row.account_birthday,
        phone=row.account_phone,
        wish=Wish(
            row.doctor_id, row.department, row.weekdays, (row.window_from, row.window_until),
            row.first_day, row.last_day, row.minutes, VisitType(row.visit_type), row.note, bool(row.urgent),
        ),
        doctor_name=row.doctor_name or "",
        status=EntryStatus(row.status),
        created_at=row.created_at,
        appointment_id=row.appointment_id,
    )  # fmt: skip
