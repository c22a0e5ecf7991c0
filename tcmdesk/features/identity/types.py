"""Accounts and staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
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


class Gender(StrEnum):
    """As `users.gender` has it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


ROLE_LABELS: Final = {
    Role.ADMIN: N_("Administrator"),
    Role.DOCTOR: N_("Doctor"),
    Role.FRONT_DESK: N_("Front desk"),
    Role.PHARMACIST: N_("Pharmacist"),
}


@dataclass(frozen=True, slots=True)
class StaffFields:
    """What is said about a member of staff, and may be changed."""

    account: str
    name: str
    gender: Gender
    phone: str
    email: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A member of staff as the list shows one.

    `active` is whether they may sign in; `locked_minutes` how long they may not try, 0 for not locked, by the
    server's clock when it was read; `doctor_id` is `doctors.id` of those who have one; `spelled` every way to
    type the name, for the search.
    """

    user_id: str
    fields: StaffFields
    active: bool
    locked_minutes: int
    doctor_id: str | None
    department: str
    spelled: str


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody begins here. The id is made by the form and kept over its retries."""

    user_id: str
    fields: StaffFields


@dataclass(frozen=True, slots=True)
class NumberHolder:
    """Who has a number already; `works_here` is whether they have a part in the clinic."""

    user_id: str
    name: str
    works_here: bool


@dataclass(frozen=True, slots=True)
class EditStaff:
    """What was read, and what it is to be; fields that are equal in both stay as they are by now."""

    user_id: str
    before: StaffFields
    after: StaffFields


@dataclass(frozen=True, slots=True)
class DoctorFields:
    """What `doctors` holds but the id number.

    `photos` are addresses that a browser can show: ``https:`` ones, or the picture itself as ``data:``.
    """

    certificate_type: str
    hospital: str
    department_id: str | None
    title: str
    introduction: str
    specialties: tuple[str, ...]
    experience: str
    photos: tuple[str, ...]


NEW_DOCTOR: Final = DoctorFields("", "", None, "", "", (), "", ())


@dataclass(frozen=True, slots=True)
class DoctorListRow:
    """A doctor in the administrators' list; `doctor_id` is None for a staff doctor whose details are missing."""

    user_id: str
    doctor_id: str | None
    name: str
    title: str
    department: str
    hospital: str
    active: bool
    spelled: str


@dataclass(frozen=True, slots=True)
class DoctorCard:
    """A doctor with everything; of the id number only what `masked` leaves."""

    user_id: str
    doctor_id: str | None
    name: str
    fields: DoctorFields
    masked_id_number: str


@dataclass(frozen=True, slots=True)
class SaveDoctor:
    """`before` as for `EditStaff`. `id_number` None leaves it as it is; `doctor_id` is made by the form for a new one."""

    user_id: str
    doctor_id: str
    before: DoctorFields
    after: DoctorFields
    id_number: str | None


@dataclass(frozen=True, slots=True)
class DepartmentFields:
    """What `departments` holds."""

    name: str
    code: str
    contact_person: str
    contact_phone: str
    description: str
    active: bool


NEW_DEPARTMENT: Final = DepartmentFields("", "", "", "", "", True)


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department; `doctors` is how many active ones belong to it."""

    department_id: str
    fields: DepartmentFields
    doctors: int
    spelled: str


@dataclass(frozen=True, slots=True)
class SaveDepartment:
    """`before` as for `EditStaff`, None for a new one. `with_doctors` closes it although doctors belong to it."""

    department_id: str
    before: DepartmentFields | None
    after: DepartmentFields
    with_doctors: bool = False


def masked(id_number: str) -> str:
    """The first two and last two characters of a number that identifies a person; short ones are all hidden."""
    if len(id_number) < 8:
        return "•" * len(id_number)
    return id_number[:2] + "•" * (len(id_number) - 4) + id_number[-2:]
