"""Who is a patient: account holders and the family members they keep."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, String, and_, bindparam, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from tcmdesk.core.db.types import UtcTimestamp
from tcmdesk.features.identity.models import DeskStaff, User
from tcmdesk.features.identity.types import CLINIC_ACCOUNT_ID
from tcmdesk.features.patients.models import DeskPatientSearch, PatientProfile
from tcmdesk.features.patients.queries.index import Person
from tcmdesk.features.patients.types import SELF_WORDS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

_Own = aliased(PatientProfile)
_own_name = (
    select(func.max(_Own.name))
    .where(_Own.user_id == User.id, _Own.relationship.in_(SELF_WORDS))
    .correlate(User)
    .scalar_subquery()
)
_staff = exists().where(DeskStaff.user_id == User.id)
_keeps_profiles = exists().where(PatientProfile.user_id == User.id)
_accounts = bindparam("accounts", type_=String, expanding=True)

_HOLDERS: Final = select(
    User.id,
    User.name,
    _own_name.label("also_named"),
    User.phone,
    User.gender,
    User.birthday,
    func.coalesce(User.updated_at, User.created_at).label("updated_at"),
).where(
    User.id.in_(_accounts),
    # staff are patients when they keep a profile, their own or a child's
    or_(and_(User.role == "patient", ~_staff), _keeps_profiles),
    User.id != CLINIC_ACCOUNT_ID,
)
_PROFILES: Final = (
    select(
        PatientProfile.id,
        PatientProfile.user_id,
        PatientProfile.name,
        func.coalesce(PatientProfile.phone, User.phone).label("phone"),
        PatientProfile.gender,
        PatientProfile.birthday,
        PatientProfile.relationship,
        func.coalesce(PatientProfile.updated_at, PatientProfile.created_at).label("updated_at"),
    )
    .join(User, User.id == PatientProfile.user_id)
    .where(PatientProfile.user_id.in_(_accounts), PatientProfile.relationship.not_in(SELF_WORDS))
)
_INDEXED: Final = select(
    DeskPatientSearch.person_key,
    DeskPatientSearch.user_id,
    DeskPatientSearch.profile_id,
    DeskPatientSearch.name,
    DeskPatientSearch.also_named,
    DeskPatientSearch.phone,
    DeskPatientSearch.gender,
    DeskPatientSearch.birthday,
    DeskPatientSearch.relationship,
    DeskPatientSearch.last_visit,
    DeskPatientSearch.source_updated_at,
    DeskPatientSearch.family,
).where(DeskPatientSearch.user_id.in_(_accounts))
_since = bindparam("since", type_=UtcTimestamp)
_CHANGED: Final = union(
    select(User.id).where(User.updated_at >= _since),
    select(PatientProfile.user_id).where(PatientProfile.updated_at >= _since),
)
_PAGE: Final = select(User.id).where(User.id > bindparam("after")).order_by(User.id).limit(bindparam("count"))


def people_of(connection: Connection, account_ids: Iterable[str]) -> list[Person]:
    """Everyone of these accounts who can be found as a patient. `last_visit` is left open."""
    accounts = {"accounts": list(account_ids)}
    holders = connection.execute(_HOLDERS, accounts).all()
    profiles = connection.execute(_PROFILES, accounts).all()
    found = [_holder(row) for row in holders] + [_member(row) for row in profiles]
    persons = Counter(person.user_id for person in found)
    return [replace(person, family=persons[person.user_id]) for person in found]


def indexed_of(connection: Connection, account_ids: Iterable[str]) -> dict[str, Person]:
    """What the index holds of these accounts, by key; its telephone numbers are bare digits."""
    rows = connection.execute(_INDEXED, {"accounts": list(account_ids)}).all()
    return {
        row.person_key: Person(
            user_id=row.user_id,
            profile_id=row.profile_id,
            name=row.name,
            also_named=row.also_named,
            phone=row.phone,
            gender=row.gender,
            birthday=row.birthday,
            relationship=row.relationship,
            last_visit=row.last_visit,
            updated_at=row.source_updated_at,
            family=row.family,
        )
        for row in rows
    }


def accounts_changed_since(connection: Connection, since: dt.datetime) -> list[str]:
    """Accounts of which the holder or a family member was written since then."""
    return list(connection.execute(_CHANGED, {"since": since}).scalars())


def accounts_after(connection: Connection, after: str, count: int) -> list[str]:
    """The next ids of accounts in their order, for walking all of them."""
    return list(connection.execute(_PAGE, {"after": after, "count": count}).scalars())


def watermark(connection: Connection) -> dt.datetime | None:
    """The latest change that the index has seen; None while it is empty."""
    return connection.execute(select(func.max(DeskPatientSearch.source_updated_at))).scalar_one_or_none()


def count_accounts(connection: Connection) -> int:
    """How many accounts there are."""
    return connection.execute(select(func.count()).select_from(User)).scalar_one()


def orphans(connection: Connection) -> list[str]:
    """Keys of the index whose account or profile is no longer there."""
    return list(
        connection.execute(
            select(DeskPatientSearch.person_key)
            .outerjoin(User, User.id == DeskPatientSearch.user_id)
            .outerjoin(PatientProfile, PatientProfile.id == DeskPatientSearch.profile_id)
            .where(
                or_(
                    User.id.is_(None),
                    and_(DeskPatientSearch.profile_id.is_not(None), PatientProfile.id.is_(None)),
                )
            )
        ).scalars()
    )


def _holder(row: Any) -> Person:
    return Person(
        user_id=row.id,
        profile_id=None,
        name=row.name,
        also_named=row.also_named if row.also_named != row.name else None,
        phone=row.phone,
        gender=row.gender,
        birthday=row.birthday,
        relationship=None,
        last_visit=None,
        updated_at=row.updated_at,
    )


def _member(row: Any) -> Person:
    return Person(
        user_id=row.user_id,
        profile_id=row.id,
        name=row.name,
        also_named=None,
        phone=row.phone,
        gender=row.gender,
        birthday=row.birthday,
        relationship=row.relationship,
        last_visit=None,
        updated_at=row.updated_at,
    )
