"""Family profiles, doctors' groups of patients, and the index that finds people."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy import CHAR, ForeignKey, Index, Integer, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import Counter, CreatedAt, Flag, Id, Moment, OneOf, Ref, UpdatedAt, exact_text

Gender = Literal["male", "female", "other"]


class PatientProfile(Base):
    """A person of an account's family, or the account holder (本人)."""

    __tablename__ = "patient_profiles"

    id: Mapped[Id]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(100))
    gender: Mapped[Gender] = mapped_column(OneOf(Gender))
    birthday: Mapped[dt.date]
    phone: Mapped[str | None] = mapped_column(String(20))
    id_number: Mapped[str | None] = mapped_column(String(50))
    relationship: Mapped[str] = mapped_column(String(50))
    medical_history: Mapped[str | None] = mapped_column(Text)
    allergies: Mapped[str | None] = mapped_column(Text)
    is_default: Mapped[Flag | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class PatientGroup(Base):
    """A doctor's group of patients; `patient_count` is kept in step with its members."""

    __tablename__ = "patient_groups"

    id: Mapped[Id]
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None] = mapped_column(Text)
    patient_count: Mapped[Counter | None]
    created_at: Mapped[CreatedAt | None]
    updated_at: Mapped[UpdatedAt | None]


class PatientGroupMember(Base):
    """An account in a group."""

    __tablename__ = "patient_group_members"
    __table_args__ = (UniqueConstraint("group_id", "patient_id", name="uk_group_patient"),)

    id: Mapped[Id]
    group_id: Mapped[Ref] = mapped_column(ForeignKey("patient_groups.id"))
    patient_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    joined_at: Mapped[CreatedAt | None]


class DeskPatientSearch(Base):
    """One person who can be found: an account holder or a family profile.

    `person_key` is the profile's id, or the account's for its holder. It holds what a hit shows, so that a
    search reads no other table. `phone_rev` is the phone's digits backwards: its last digits are a prefix.
    `also_named` is the holder's name in the own profile (本人) where it differs, `family` how many persons
    the account has.
    `reading` is the usual pinyin of the name, syllables separated by spaces. `last_visit` is the clinic's day
    of the last visit, `staleness` the same for sorting (the smaller, the more recent).
    `source_updated_at` is the indexed row's `updated_at`, from which the index is brought up to date.
    """

    __tablename__ = "desk_patient_search"
    __table_args__ = (
        Index("desk_patient_search_user", "user_id"),
        Index("desk_patient_search_name", "name"),
        Index("desk_patient_search_phone", "phone"),
        Index("desk_patient_search_phone_rev", "phone_rev"),
        Index("desk_patient_search_source", "source_updated_at"),
    )

    person_key: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    user_id: Mapped[Ref]
    profile_id: Mapped[Ref | None]
    name: Mapped[str] = mapped_column(exact_text(100))
    also_named: Mapped[str | None] = mapped_column(exact_text(100))
    phone: Mapped[str] = mapped_column(exact_text(20))
    phone_rev: Mapped[str] = mapped_column(exact_text(20))
    gender: Mapped[Gender | None] = mapped_column(OneOf(Gender))
    birthday: Mapped[dt.date | None]
    relationship: Mapped[str | None] = mapped_column(String(50))
    family: Mapped[int] = mapped_column(SmallInteger)
    reading: Mapped[str] = mapped_column(String(300))
    last_visit: Mapped[dt.date | None]
    staleness: Mapped[int] = mapped_column(Integer)
    source_updated_at: Mapped[Moment | None]


class DeskPatientReading(Base):
    """One way to type a person's name in pinyin.

    Characters with several readings (单, 曾, 解) make several rows, and so does each syllable from which one
    may start to type; `word` is 0 for the usual reading of the whole name and 1 for every other row. `py` is the
    pinyin without tones or spaces, `pyi` its initials, `syllables` the whole name's reading with spaces.
    """

    __tablename__ = "desk_patient_readings"
    __table_args__ = (
        Index("desk_patient_readings_py", "word", "py", "staleness"),
        Index("desk_patient_readings_pyi", "word", "pyi", "staleness"),
    )

    person_key: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    word: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    py: Mapped[str] = mapped_column(exact_text(200), primary_key=True)
    pyi: Mapped[str] = mapped_column(exact_text(100))
    syllables: Mapped[str] = mapped_column(exact_text(300))
    staleness: Mapped[int] = mapped_column(Integer)


class DeskPatientGram(Base):
    """A short text by which a person is found: a piece of the name, or ``~`` and the first letters of its pinyin.

    The key is in the order in which hits are wanted: `place` is 0 for the whole name, 1 for the beginning of
    the name or its pinyin, 2 for initials, 3 for a later piece; then the most recent visitor.
    """

    __tablename__ = "desk_patient_grams"
    __table_args__ = (Index("desk_patient_grams_person", "person_key"),)

    gram: Mapped[str] = mapped_column(exact_text(8), primary_key=True)
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    staleness: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    person_key: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
