"""The persons of one account, and who has a telephone number."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, union

from tcmdesk.features.identity.models import User
from tcmdesk.features.identity.types import is_placeholder
from tcmdesk.features.patients.models import DeskPatientSearch, PatientProfile
from tcmdesk.features.patients.queries.phones import digits, masked
from tcmdesk.features.patients.types import SELF_WORDS, FamilyMember, Gender, PatientMatch, PatientRef

_GENDERS: Final = {member.value: member for member in Gender}
_LIST: Final = re.compile(r"[，、；;\n\r]+")
_ACCOUNT: Final = (
    select(
        User.id,
        User.name,
        User.gender,
        User.birthday,
        User.phone,
        PatientProfile.id.label("profile_id"),
        PatientProfile.name.label("profile_name"),
        PatientProfile.gender.label("profile_gender"),
        PatientProfile.birthday.label("profile_birthday"),
        PatientProfile.relationship,
        PatientProfile.allergies,
        PatientProfile.medical_history,
    )
    .outerjoin(PatientProfile, PatientProfile.user_id == User.id)
    .where(User.id == bindparam("account"))
    .order_by(PatientProfile.created_at, PatientProfile.id)
)
# a join with a union, because servers walk the whole table for an OR over several
_having_phone = union(
    select(User.id).where(User.phone == bindparam("phone")),
    select(User.id).where(User.account == bindparam("phone")),
    # the platform may have stored it with a country code or spaces
    select(DeskPatientSearch.user_id).where(
        DeskPatientSearch.phone == bindparam("digits"), DeskPatientSearch.profile_id.is_(None)
    ),
).subquery("having_phone")
_BY_PHONE: Final = (
    select(User.id, User.name, User.gender, User.birthday, User.phone)
    .join(_having_phone, _having_phone.c.id == User.id)
    .order_by(User.id)
    .limit(1)
)


def split_list(text: str | None) -> tuple[str, ...]:
    """Allergies and the like, as they are written in one column: apart at ，、；; and line ends."""
    return tuple(part.strip() for part in _LIST.split(text or "") if part.strip())


def join_list(parts: tuple[str, ...]) -> str | None:
    """The reverse: joined by ；, null for none."""
    return "；".join(part.strip() for part in parts if part.strip()) or None


def read_family(connection: Connection, account_id: str) -> tuple[FamilyMember, ...]:
    """The holder first, then the others in the order in which they were added; empty for no such account.

    What the holder's own profile (本人) says of health belongs to the holder.
    """
    rows = connection.execute(_ACCOUNT, {"account": account_id}).all()
    if not rows:
        return ()
    own = next((row for row in rows if row.relationship in SELF_WORDS), None)
    holder = FamilyMember(
        ref=PatientRef(account_id),
        name=rows[0].name,
        relationship=None,
        gender=_GENDERS.get(rows[0].gender, Gender.OTHER),
        birthday=rows[0].birthday or (own.profile_birthday if own is not None else None),
        allergies=split_list(own.allergies) if own is not None else (),
        medical_history=(own.medical_history or "") if own is not None else "",
    )
    others = (row for row in rows if row.profile_id is not None and row.relationship not in SELF_WORDS)
    return (holder, *(_member(row) for row in others))


def _member(row: Any) -> FamilyMember:
    return FamilyMember(
        ref=PatientRef(row.id, row.profile_id),
        name=row.profile_name,
        relationship=row.relationship,
        gender=_GENDERS.get(row.profile_gender, Gender.OTHER),
        birthday=row.profile_birthday,
        allergies=split_list(row.allergies),
        medical_history=row.medical_history or "",
    )


def account_exists(connection: Connection, account_id: str) -> bool:
    """Whether there is such an account."""
    return connection.execute(select(User.id).where(User.id == account_id)).first() is not None


def holder_of_phone(connection: Connection, phone: str) -> PatientMatch | None:
    """The account that has a number, as far as somebody else at the desk may see it."""
    row = connection.execute(_BY_PHONE, {"phone": phone, "digits": digits(phone)}).first()
    if row is None:
        return None
    return PatientMatch(
        ref=PatientRef(row.id),
        name=row.name,
        gender=_GENDERS.get(row.gender, Gender.OTHER),
        birthday=row.birthday,
        phone=masked(row.phone),
        reading="",
        relationship=None,
        family=1,
        placeholder_phone=is_placeholder(row.phone),
    )
