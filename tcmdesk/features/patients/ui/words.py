"""How a person is said in a few characters: sex, age, phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.core.i18n import N_
from tcmdesk.features.patients.types import GENDER_LABELS, SELF, Gender

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.core.i18n import Translator

_RELATIONSHIPS = {
    SELF: N_("Account holder"),
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
"""What the platform writes into `patient_profiles.relationship`; anything else is shown as it stands."""


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
    message = {"years": N_("{count} y"), "months": N_("{count} mo"), "days": N_("{count} d")}[unit]
    return tr.gettext(message).format(count=count)


def sex_age(tr: Translator, gender: Gender, birthday: dt.date | None, today: dt.date) -> str:
    """``女34岁`` or ``F 34``; only what is known."""
    sex = "" if gender is Gender.OTHER else tr.gettext(GENDER_LABELS[gender])
    if birthday is None:
        return sex
    count, unit = age(birthday, today)
    if not sex:
        return age_text(tr, birthday, today)
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


def relationship_text(tr: Translator, relationship: str | None) -> str:
    """The word for a family tie; what the platform's users typed is not translated."""
    if relationship is None:
        return ""
    known = _RELATIONSHIPS.get(relationship.strip().lower())
    return tr.gettext(known) if known else relationship
