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

    from tcmdesk.core.i18n import Translator

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

RELATIONSHIP_LABELS: Final = {
    "spouse": N_("Spouse"),
    "husband": N_("Husband"),
    "wife": N_("Wife"),
    "father": N_("Father"),
    "mother": N_("Mother"),
    "parent": N_("Parent"),
    "son": N_("Son"),
    "daughter": N_("Daughter"),
    "child": N_("Child"),
    "sibling": N_("Sibling"),
    "other": N_("Other"),
}
"""`patient_profiles.relationship` as the desk writes it; other texts are shown as they stand."""


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


def age(birthday: dt.date, today: dt.date) -> tuple[int, str]:
    """The age as people say it: years from two on, months below, days in the first month."""
    years = today.year - birthday.year - ((today.month, today.day) < (birthday.month, birthday.day))
    if years >= 2:
        return years, "years"
    months = (today.year - birthday.year) * 12 + today.month - birthday.month - (today.day < birthday.day)
    if months >= 1:
        return months, "months"
    return max((today - birthday).days, 0), "days"


def age_text(tr: Translator, birthday: dt.date | None, today: dt.date) -> str:
    """``34岁``, ``8个月``, ``12天``; empty when the birthday is not known."""
    if birthday is None:
        return ""
    count, unit = age(birthday, today)
    message = {"years": N_("{age}"), "months": N_("{age} mo"), "days": N_("{age} d")}[unit]
    return tr.gettext(message).format(age=count)


def sex_age(tr: Translator, gender: Gender, birthday: dt.date | None, today: dt.date) -> str:
    """``女34岁``, ``其他34岁`` or ``F 34``; the sex alone when the birthday is not known."""
    sex = tr.gettext(GENDER_LABELS[gender])
    if birthday is None:
        return sex
    count, unit = age(birthday, today)
    message = {
        "years": N_("{sex} {count}"),
        "months": N_("{sex} {count} mo"),
        "days": N_("{sex} {count} d"),
    }[unit]
    return tr.gettext(message).format(sex=sex, count=count)


def masked_phone(phone: str | None) -> str:
    """``138 **** 2706``: enough to compare with what the caller says, not enough to note down."""
    if not phone:
        return ""
    digits = phone.removeprefix("+86")
    return f"{digits[:3]} **** {digits[-4:]}" if len(digits) >= 11 else f"**** {digits[-4:]}"


def relationship_text(tr: Translator, ref: PatientRef, relationship: str | None) -> str:
    """The word for a family tie, and for the account holder; what people typed is not translated."""
    tie = (relationship or "").strip()
    if ref.profile_id is None or tie in SELF_WORDS:
        return tr.gettext("Holder")
    known = RELATIONSHIP_LABELS.get(tie.lower())
    return tr.gettext(known) if known else tie
