"""Persons: account holders and the family members they keep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    import datetime as dt

READ: Final = permission("patients:person:read", Role.DOCTOR, Role.FRONT_DESK, Role.PHARMACIST)
WRITE: Final = permission("patients:person:write", Role.DOCTOR, Role.FRONT_DESK)
INDEX: Final = permission("patients:index:write")


class Gender(StrEnum):
    """`users.gender`."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"


GENDER_LABELS: Final = {Gender.MALE: N_("M"), Gender.FEMALE: N_("F"), Gender.OTHER: N_("Other")}

SELF: Final = "self"
"""`patient_profiles.relationship` of the account holder's own profile; shown as 本人."""

SELF_WORDS: Final = (SELF, "本人", "自己")
"""Everything that the platform's clients write for it."""


@dataclass(frozen=True, slots=True)
class PatientRef:
    """One person: an account holder (`profile_id` None) or one of the profiles kept under an account."""

    user_id: str
    profile_id: str | None = None


@dataclass(frozen=True, slots=True)
class PatientMatch:
    """One line of the patient search.

    `reading` is the pinyin that matched, syllables separated by spaces (``li xiao min``); `family` how many
    persons the account has, the holder included; `last_visit` the day of the last appointment, if any.
    """

    ref: PatientRef
    name: str
    gender: Gender
    birthday: dt.date | None
    phone: str | None
    reading: str
    relationship: str | None
    family: int
    last_visit: dt.date | None = None
    last_doctor: str | None = None
    placeholder_phone: bool = False


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """One person of an account, as the booking panel offers them."""

    ref: PatientRef
    name: str
    relationship: str | None
    gender: Gender
    birthday: dt.date | None
    allergies: tuple[str, ...] = ()
    medical_history: str = ""


@dataclass(frozen=True, slots=True)
class NewPatient:
    """A person registered at the desk. The ids are made by the dialog, so that a retry is the same person.

    Without a phone the clinic's placeholder number is used, which is never messaged.
    """

    user_id: str
    name: str
    gender: Gender
    phone: str | None
    birthday: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NewProfile:
    """A family member added under an account."""

    profile_id: str
    user_id: str
    name: str
    gender: Gender
    birthday: dt.date
    relationship: str
    phone: str | None = None
    allergies: tuple[str, ...] = ()
