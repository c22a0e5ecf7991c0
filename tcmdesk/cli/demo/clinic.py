"""The demo's departments, staff, patients and their families."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcmdesk.cli.demo import people, staff
from tcmdesk.cli.demo.rows import Gender, Person, Rows
from tcmdesk.cli.demo.today import CHILD_YEARS, TODAY, UNREADABLE
from tcmdesk.core.actor import Role

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENTS = 300
WITH_FAMILY = 0.3


@dataclass(frozen=True, slots=True)
class Clinic:
    """Who there is: doctors' ids in the order of `people.DOCTORS`, everyone who can be booked."""

    doctors: tuple[str, ...]
    adults: tuple[Person, ...]
    children: tuple[Person, ...]
    by_name: dict[str, Person]


def build(rows: Rows, hash_password: Callable[[str], str]) -> Clinic:
    """Fill the tables of people. Patients' passwords open nothing: their hash is of random bytes."""
    doctors = _staff(rows, hash_password(people.PASSWORD))
    unusable = hash_password(rows.dice.randbytes(32).hex())
    return _Families(rows, unusable).build(doctors)


def _staff(rows: Rows, password_hash: str) -> tuple[str, ...]:
    created = rows.now - dt.timedelta(days=400)
    departments = {}
    for at, (name, code) in enumerate(people.DEPARTMENT_CODES.items()):
        departments[name] = rows.new_id()
        opened = created + dt.timedelta(minutes=at)
        rows.add(
            "departments", id=departments[name], name=name, code=code, status="active",
            created_at=opened, updated_at=opened,
        )  # fmt: skip
    doctors = []
    for at, person in enumerate(people.STAFF):
        user_id = rows.new_id()
        role = {Role.DOCTOR: "doctor", Role.ADMIN: "admin"}.get(person.role, "patient")
        rows.add(
            "users", id=user_id, account=person.account, name=person.name, password_hash=password_hash,
            gender=person.gender, phone=people.PHONE.format(9000 + at), birthday=person.birthday, role=role,
            status="active", created_at=created, updated_at=created,
        )  # fmt: skip
        rows.add(
            "desk_staff", user_id=user_id, role=person.role.value, status="active",
            created_at=created, updated_at=created,
        )  # fmt: skip
        if person.role is Role.DOCTOR:
            doctors.append(rows.new_id())
            rows.add(
                "doctors", id=doctors[-1], user_id=user_id, certificate_type="演示证件",
                id_number=f"DEMO-{at + 1:04d}", hospital=people.CLINIC, department=person.department,
                department_id=departments[person.department], title=person.title,
                created_at=created + dt.timedelta(minutes=at), updated_at=created, **staff.told_about(person.account),
            )  # fmt: skip
    return tuple(doctors)


class _Families:
    def __init__(self, rows: Rows, password_hash: str) -> None:
        self.rows = rows
        self.password_hash = password_hash
        self.accounts = 0
        self.adults: list[Person] = []
        self.children: list[Person] = []
        self.by_name: dict[str, Person] = {}

    def build(self, doctors: tuple[str, ...]) -> Clinic:
        self._named()
        for name, gender in people.LONG_NAMES:
            self._holder(name, "female" if gender == "female" else "male", self.rows.dice.randrange(20, 70))
        while self.accounts < PATIENTS:
            self._household()
        return Clinic(doctors, tuple(self.adults), tuple(self.children), self.by_name)

    def _named(self) -> None:
        """Everyone who has a place in the hand-made day; children come with a parent."""
        for visit in TODAY:
            if visit.age < CHILD_YEARS:
                parent = self._holder(self._name(visit.name[0]), "female", visit.age + 29)
                self._child(parent, visit.name, visit.gender, visit.age)
            else:
                self._holder(visit.name, visit.gender, visit.age)
        for _, _, name, gender, age in UNREADABLE:
            self._holder(name, "female" if gender == "female" else "male", age)

    def _household(self) -> None:
        dice = self.rows.dice
        surname = dice.choice(people.SURNAMES)
        gender: Gender = dice.choice(("female", "male"))
        age = dice.randrange(22, 84)
        holder = self._holder(self._name(surname, gender), gender, age)
        if dice.random() >= WITH_FAMILY:
            return
        if dice.random() < 0.6:
            other: Gender = "male" if gender == "female" else "female"
            self._profile(holder, self._name(dice.choice(people.SURNAMES), other), other, age, "配偶")
        if age < 55:
            for _ in range(dice.randrange(1, 3)):
                child: Gender = dice.choice(("female", "male"))
                self._child(holder, self._name(surname, child), child, max(1, min(13, age - 26)))
        else:
            parent: Gender = dice.choice(("female", "male"))
            self._profile(holder, self._name(surname, parent), parent, min(96, age + 24), "父母")

    def _name(self, surname: str, gender: Gender = "female") -> str:
        given = people.GIVEN_FEMALE if gender == "female" else people.GIVEN_MALE
        for _ in range(50):
            name = surname + self.rows.dice.choice(given)
            if name not in self.by_name:
                return name
        return name

    def _holder(self, name: str, gender: Gender, age: int) -> Person:
        rows = self.rows
        self.accounts += 1
        person = Person(rows.new_id(), None, name, gender, age)
        phone = people.PHONE.format(self.accounts)
        created = rows.now - dt.timedelta(days=rows.dice.randrange(20, 390))
        rows.add(
            "users", id=person.user_id, account=phone, name=name, password_hash=self.password_hash,
            gender=gender, phone=phone, birthday=rows.birthday(age), role="patient", status="active",
            created_at=created, updated_at=created,
        )  # fmt: skip
        self.adults.append(person)
        self.by_name.setdefault(name, person)
        return person

    def _child(self, parent: Person, name: str, gender: Gender, age: int) -> None:
        relationship = "女儿" if gender == "female" else "儿子"
        self.children.append(self._profile(parent, name, gender, age, relationship))

    def _profile(self, holder: Person, name: str, gender: Gender, age: int, relationship: str) -> Person:
        rows = self.rows
        person = Person(holder.user_id, rows.new_id(), name, gender, age)
        created = rows.now - dt.timedelta(days=rows.dice.randrange(10, 300))
        allergies = rows.dice.choice(people.ALLERGIES) if rows.dice.random() < 0.2 else None
        rows.add(
            "patient_profiles", id=person.profile_id, user_id=person.user_id, name=name, gender=gender,
            birthday=rows.birthday(age), phone=None, relationship=relationship, medical_history=None,
            allergies=allergies, is_default=False, created_at=created, updated_at=created,
        )  # fmt: skip
        self.by_name.setdefault(name, person)
        return person
