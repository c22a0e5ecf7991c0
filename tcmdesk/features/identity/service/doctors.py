"""What is said about the doctors, here and to the platform's patients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.models import Department, Doctor, User
from tcmdesk.features.identity.queries.doctors import read_doctor, read_doctor_list, read_id_number
from tcmdesk.features.identity.service._edits import check_text, edited, gone
from tcmdesk.features.identity.types import (
    MANAGE_STAFF,
    READ_STAFF,
    DoctorCard,
    DoctorFields,
    DoctorListRow,
    SaveDoctor,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

PHOTOS_MOST: Final = 6
PHOTO_CHARACTERS: Final = 200_000
"""Longest address of a photo; one that carries the picture itself has about 60,000."""

_LONGEST: Final = {"certificate_type": 50, "hospital": 200, "title": 100}
_TEXT_MOST: Final = 20_000


@requires(READ_STAFF)
def doctor_list(connection: Connection, actor: Actor) -> tuple[DoctorListRow, ...]:
    """Every doctor, suspended ones and those without details too; one statement."""
    return read_doctor_list(connection)


@requires(READ_STAFF)
def doctor_card(connection: Connection, actor: Actor, user_id: str) -> DoctorCard:
    """A doctor with everything but the whole id number; one statement.

    Raises:
        NotFound: the account.
    """
    card = read_doctor(connection, user_id)
    if card is None:
        raise gone()
    return card


@requires(MANAGE_STAFF)
def reveal_id_number(uow: UnitOfWork, actor: Actor, doctor_id: str) -> str:
    """The whole id number. It is read in a write, so that the audit says who saw it.

    Raises:
        NotFound: the doctor.
    """
    number = read_id_number(uow.connection, doctor_id)
    if number is None:
        raise gone()
    return number


@requires(MANAGE_STAFF)
def save_doctor(uow: UnitOfWork, actor: Actor, command: SaveDoctor) -> None:
    """Write what is said about a doctor; the first time it makes somebody one.

    Raises:
        Conflict: ``identity.changed``.
        NotFound: the account.
        ValidationError: a field does not do.
    """
    card = read_doctor(uow.connection, command.user_id, for_update=True)
    if card is None:
        raise gone()
    if card.doctor_id is None:
        _check(command.after)
        check_text("id_number", command.id_number or "", 50)
        every = {name: getattr(command.after, name) for name in DoctorFields.__slots__}
        uow.execute(
            insert(Doctor).values(
                id=command.doctor_id,
                user_id=command.user_id,
                id_number=command.id_number,
                **_columns(uow, every),
            )
        )
        # the platform books nobody whose account says patient
        uow.execute(
            update(User).where(User.id == command.user_id, User.role == "patient").values(role="doctor")
        )
        return
    changes = edited(command.before, command.after, card.fields)
    if changes:
        _check(command.after)
    values = _columns(uow, changes)
    if command.id_number is not None:
        check_text("id_number", command.id_number, 50)
        values["id_number"] = command.id_number
    if values:
        uow.execute(update(Doctor).where(Doctor.id == card.doctor_id).values(**values))


def _columns(uow: UnitOfWork, fields: dict[str, Any]) -> dict[str, Any]:
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    if "department_id" in fields:
        # the platform shows the text, we the row that is referred to
        values["department"] = _department_name(uow, fields["department_id"])
    return values


def _department_name(uow: UnitOfWork, department_id: str | None) -> str | None:
    if department_id is None:
        return None
    name = uow.execute(select(Department.name).where(Department.id == department_id)).scalar()
    if name is None:
        raise ValidationError(
            "identity.department", N_("This department no longer exists."), field="department_id"
        )
    return str(name)


def _check(fields: DoctorFields) -> None:
    for field, longest in _LONGEST.items():
        check_text(field, getattr(fields, field), longest)
    for field in ("introduction", "experience"):
        check_text(field, getattr(fields, field), _TEXT_MOST, needed=False)
    for each in fields.specialties:
        check_text("specialties", each, 100)
    if len(fields.photos) > PHOTOS_MOST:
        raise ValidationError(
            "identity.photos", N_("At most {most} photos."), field="photos", most=PHOTOS_MOST
        )
    for each in fields.photos:
        if len(each) > PHOTO_CHARACTERS:
            raise ValidationError("identity.photo", N_("This photo is too large."), field="photos")
