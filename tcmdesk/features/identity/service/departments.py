"""The clinic's departments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from tcmdesk.core.errors import Conflict, NotFound, ValidationError
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import requires
from tcmdesk.features.identity.models import Department, Doctor
from tcmdesk.features.identity.queries.departments import read_department, read_departments
from tcmdesk.features.identity.service._edits import check_text, edited
from tcmdesk.features.identity.types import (
    MANAGE_STAFF,
    READ_DOCTORS,
    DepartmentFields,
    DepartmentRow,
    SaveDepartment,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tcmdesk.core.actor import Actor
    from tcmdesk.core.db.unit_of_work import UnitOfWork

_LONGEST: Final = {"name": 100, "code": 20, "contact_person": 50, "contact_phone": 20, "description": 20_000}
_NEEDED: Final = frozenset({"name", "code"})


@requires(READ_DOCTORS)
def departments(connection: Connection, actor: Actor) -> tuple[DepartmentRow, ...]:
    """All departments, closed ones too, as the clinic made them; one statement."""
    return read_departments(connection)


@requires(MANAGE_STAFF)
def save_department(uow: UnitOfWork, actor: Actor, command: SaveDepartment) -> None:
    """Open a department, correct what is said about it, close it. None is ever deleted.

    Raises:
        Conflict: ``identity.changed``; ``identity.department_in_use`` when it is closed though doctors belong
            to it and the command does not say `with_doctors`.
        NotFound: the department.
        ValidationError: a field does not do, or another department has the code.
    """
    fields = command.after
    for field, longest in _LONGEST.items():
        check_text(field, getattr(fields, field), longest, needed=field in _NEEDED)
    if command.before is None:
        _check_code(uow, command)
        every = {name: getattr(fields, name) for name in DepartmentFields.__slots__}
        try:
            uow.execute(insert(Department).values(id=command.department_id, **_columns(every)))
        except IntegrityError as error:
            raise _code_taken() from error
        return
    row = read_department(uow.connection, command.department_id, for_update=True)
    if row is None:
        raise NotFound("identity.department_gone", N_("This department no longer exists. Look for it again."))
    changes = edited(command.before, fields, row.fields)
    if changes.get("active") is False and row.doctors and not command.with_doctors:
        raise Conflict(
            "identity.department_in_use",
            N_("{doctors} doctors belong to it. They stay bookable, but nobody new can be put there."),
            doctors=row.doctors,
        )
    if not changes:
        return
    _check_code(uow, command)
    uow.execute(update(Department).where(Department.id == command.department_id).values(**_columns(changes)))
    if "name" in changes:
        uow.execute(
            update(Doctor)
            .where(Doctor.department_id == command.department_id)
            .values(department=changes["name"])
        )


def _columns(changes: dict[str, Any]) -> dict[str, Any]:
    values = {name: value or None if name not in _NEEDED else value for name, value in changes.items()}
    if "active" in values:
        values["status"] = "active" if values.pop("active") else "inactive"
    return values


def _check_code(uow: UnitOfWork, command: SaveDepartment) -> None:
    other = uow.execute(
        select(Department.id).where(
            Department.code == command.after.code, Department.id != command.department_id
        )
    ).first()
    if other is not None:
        raise _code_taken()


def _code_taken() -> ValidationError:
    return ValidationError("identity.code_taken", N_("Another department has this code."), field="code")
