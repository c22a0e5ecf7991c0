"""Accounts, doctors and departments, and the staff of this clinic."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from sqlalchemy import CHAR, ForeignKey, Index, SmallInteger, String, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import ZERO, CreatedAt, Id, Moment, OneOf, Ref, UpdatedAt, json_column

Gender = Literal["male", "female", "other"]
PlatformRole = Literal["admin", "doctor", "patient"]
AccountStatus = Literal["active", "inactive", "suspended"]
DepartmentStatus = Literal["active", "inactive"]


class User(Base):
    """An account; every person who signs in anywhere has one."""

    __tablename__ = "users"
    __table_args__ = (
        Index("idx_users_role", "role"),
        Index("idx_users_status", "status"),
    )

    id: Mapped[Id]
    account: Mapped[str] = mapped_column(String(50), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(255))
    gender: Mapped[Gender] = mapped_column(OneOf(Gender))
    phone: Mapped[str] = mapped_column(String(20), unique=True)
    email: Mapped[str | None] = mapped_column(String(100), unique=True)
    birthday: Mapped[dt.date | None]
    role: Mapped[PlatformRole] = mapped_column(OneOf(PlatformRole), server_default="patient")
    status: Mapped[AccountStatus] = mapped_column(OneOf(AccountStatus), server_default="active")
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class Department(Base):
    """A department of the clinic."""

    __tablename__ = "departments"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(100))
    code: Mapped[str] = mapped_column(String(20), unique=True)
    contact_person: Mapped[str | None] = mapped_column(String(50))
    contact_phone: Mapped[str | None] = mapped_column(String(20))
    description: Mapped[str | None] = mapped_column(Text)
    status: Mapped[DepartmentStatus | None] = mapped_column(OneOf(DepartmentStatus), server_default="active")
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class Doctor(Base):
    """What an account with the role of doctor has besides."""

    __tablename__ = "doctors"

    id: Mapped[Id]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"), unique=True)
    certificate_type: Mapped[str] = mapped_column(String(50))
    id_number: Mapped[str] = mapped_column(String(50))
    hospital: Mapped[str] = mapped_column(String(200))
    department: Mapped[str | None] = mapped_column(String(100))
    department_id: Mapped[Ref | None] = mapped_column(ForeignKey("departments.id"))
    title: Mapped[str] = mapped_column(String(100))
    introduction: Mapped[str | None] = mapped_column(Text)
    specialties: Mapped[Any | None] = mapped_column(json_column())
    experience: Mapped[str | None] = mapped_column(Text)
    photos: Mapped[Any | None] = mapped_column(json_column())
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


DOCTOR_ORDER: Final = (
    Department.id.is_(None),
    Department.created_at,
    Department.code,
    Doctor.created_at,
    Doctor.id,
)
"""Departments as the clinic made them, in each the longest-serving first; doctors without one come last."""

DEPARTMENT_NAME: Final = func.coalesce(Department.name, Doctor.department, "")
"""A doctor's department: the row that is referred to, or the text that older rows carry."""


class DeskStaff(Base):
    """The role an account has at this clinic; `User.role` stays what the platform knows."""

    __tablename__ = "desk_staff"

    user_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), server_default="active")
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class DeskSignIn(Base):
    """Tries to sign in that have failed since the last that did not.

    `subject` is `users.id`, or for a name that no account has a digest of it, so that unknown names are counted
    and locked exactly as known ones and nothing that was typed is kept.
    """

    __tablename__ = "desk_sign_ins"
    __table_args__ = (Index("desk_sign_ins_tried_at", "tried_at"),)

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(SmallInteger, server_default=ZERO)
    tried_at: Mapped[CreatedAt]
    locked_until: Mapped[Moment | None]
