"""Passwords: verified in every form that the platform ever wrote, written in the one that it reads."""

from __future__ import annotations

from typing import Final

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import public
from tcmdesk.features.identity.types import PASSWORD_BYTES, PASSWORD_MIN

_HASHES: Final = PasswordHash((BcryptHasher(), Argon2Hasher()))

NOBODYS_HASH: Final = "$2b$12$yqbwTUBxC8E6ImfC0PbMw.AkLqKHpe7ir1lkdD0aWDsX4n1taJiDW"
"""Of random bytes that nobody kept: checking an unknown account takes as long as a known one."""


@public("a computation")
def verify_password(password: str, stored: str) -> bool:
    """Whether a password fits a stored bcrypt (2a, 2b, 2y) or argon2id hash; False for any other text."""
    if len(password.encode()) > PASSWORD_BYTES and stored.startswith("$2"):
        # bcrypt would refuse it, and no password this long was ever hashed
        return False
    try:
        return _HASHES.verify(password, stored)
    except (UnknownHashError, ValueError):
        return False


@public("a computation")
def check_password(password: str) -> None:
    """Raise what is wrong with a new password.

    Raises:
        ValidationError: shorter than 8 characters or longer than 72 bytes, with both counts.
    """
    if len(password) < PASSWORD_MIN:
        raise ValidationError(
            "identity.password_short",
            N_("Use a password of at least {least} characters."),
            field="password",
            least=PASSWORD_MIN,
        )
    size = len(password.encode())
    if size > PASSWORD_BYTES:
        raise ValidationError(
            "identity.password_long",
            N_("This password has {size} bytes; bcrypt takes {most}. A Chinese character counts three."),
            field="password",
            size=size,
            most=PASSWORD_BYTES,
        )


@public("a computation")
def hash_password(password: str) -> str:
    """The bcrypt hash of a new password, cost 12, as the platform writes it; takes about a quarter of a second.

    Raises:
        ValidationError: as `check_password`.
    """
    check_password(password)
    return _HASHES.hash(password)
