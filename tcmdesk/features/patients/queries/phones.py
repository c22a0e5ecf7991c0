"""Telephone numbers as they are compared and as they are shown."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from tcmdesk.features.identity.types import PLACEHOLDER_PHONE, is_placeholder

_NOT_DIGITS: Final = re.compile(r"\D")
_COUNTRY: Final = re.compile(r"(?:00|\+)?86(?=1\d{10}$)")
_SEPARATORS: Final = re.compile(r"[\s\-–—().·]+")
_PLACEHOLDER_DIGITS: Final = 14


def digits(phone: str) -> str:
    """Only the digits, without the country code of a Chinese mobile number."""
    return _NOT_DIGITS.sub("", normalised(phone))


def normalised(phone: str) -> str:
    """A number as it is stored: no spaces or dashes, no +86; another country's code stays."""
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", phone))
    return _COUNTRY.sub("", plain, count=1) if _COUNTRY.match(plain) else plain


def is_plausible(phone: str) -> bool:
    """Whether a normalised number could be dialled: 5 to 15 digits, a plus at most in front (E.164)."""
    return re.fullmatch(r"\+?\d{5,15}", phone) is not None and not is_placeholder(phone)


def placeholder(user_id: str) -> str:
    """The number of an account whose holder has none; the same for the same account."""
    number = int.from_bytes(hashlib.sha256(user_id.encode()).digest()[:8]) % 10**_PLACEHOLDER_DIGITS
    return f"{PLACEHOLDER_PHONE}{number:0{_PLACEHOLDER_DIGITS}d}"


def masked(phone: str) -> str:
    """``138****1234``: enough to recognise a number that one knows."""
    if len(phone) < 8:
        return "*" * len(phone)
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
