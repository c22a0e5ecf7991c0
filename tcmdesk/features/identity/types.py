"""Accounts and staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from tcmdesk.core.actor import Role
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    import datetime as dt

READ_DOCTORS: Final = permission("identity:doctor:read", *Role)
READ_STAFF: Final = permission("identity:staff:read")
MANAGE_STAFF: Final = permission("identity:staff:write")
REGISTER: Final = permission("identity:account:write", Role.DOCTOR, Role.FRONT_DESK)

PLACEHOLDER_PHONE: Final = "0000"
"""How `users.phone` begins for somebody without a telephone: no number in China does, so none is ever reached.

`users.phone` is unique and not null; such a person gets these digits and 14 more made of the account's id.
Nothing is sent to it.
"""

PASSWORD_BYTES: Final = 72
"""Longest password in UTF-8 bytes; bcrypt ignores what is beyond."""

PASSWORD_MIN: Final = 8

TRIES: Final = 5
"""Wrong passwords in a row that lock an account."""

LOCK_MINUTES: Final = 15

IDLE_DEFAULT: Final = 10
"""Minutes after which a desk that nobody touches locks itself, unless the clinic says otherwise."""

IDLE_MOST: Final = 120

CLINIC_ACCOUNT_ID: Final = "00000000-0000-4000-8000-636c696e6963"
"""The account in whose name the clinic blocks times on the platform. It is nobody: no list of people or visits has it."""


def is_placeholder(phone: str) -> bool:
    """Whether a number stands for having none."""
    return phone.startswith(PLACEHOLDER_PHONE)


@dataclass(frozen=True, slots=True)
class DoctorRow:
    """A doctor as lists show one."""

    doctor_id: str
    user_id: str
    name: str
    department: str
    title: str


@dataclass(frozen=True, slots=True)
class NewAdmin:
    """An account for an administrator."""

    user_id: str
    account: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A patient's account, made at the desk: its name is the phone, its password opens nothing."""

    user_id: str
    name: str
    phone: str
    gender: Literal["male", "female", "other"]
    birthday: dt.date | None
