"""What a person's name, birthday and telephone number may be."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Final

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.features.patients.queries.phones import is_plausible, normalised

NAME_MAX: Final = 100
_OLDEST_YEARS: Final = 130
_SPACES: Final = re.compile(r"\s+")


def clean_name(name: str) -> str:
    """A name as it is stored: composed, without spaces at its ends or control characters.

    Nothing else is changed: quotes, emoji and rare characters are people's own.

    Raises:
        ValidationError: it is empty or longer than 100 characters.
    """
    printable = "".join(one for one in name if unicodedata.category(one) not in {"Cc", "Cs"} or one.isspace())
    cleaned = _SPACES.sub(" ", unicodedata.normalize("NFC", printable)).strip()
    if not cleaned or len(cleaned) > NAME_MAX:
        raise ValidationError(
            "patients.name", N_("Enter a name of 1 to {most} characters."), field="name", most=NAME_MAX
        )
    return cleaned


def check_birthday(birthday: dt.date | None, now: dt.datetime) -> None:
    """Raise `ValidationError` for a birthday to come or more than 130 years ago."""
    if birthday is None:
        return
    # the date line: it may already be tomorrow where the clinic is
    if not now.year - _OLDEST_YEARS <= birthday.year or birthday > now.date() + dt.timedelta(days=1):
        raise ValidationError(
            "patients.birthday",
            N_("Check the birthday: it lies in the future or too far back."),
            field="birthday",
        )


def check_phone(phone: str) -> str:
    """A number as it is stored.

    Raises:
        ValidationError: it has no 5 to 15 digits.
    """
    number = normalised(phone)
    if not is_plausible(number):
        raise ValidationError(
            "patients.phone",
            N_("A phone number has 5 to 15 digits, a Chinese mobile number 11. This one has {count}."),
            field="phone",
            count=sum(character.isdigit() for character in number),
        )
    return number
