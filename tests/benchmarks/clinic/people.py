"""The clinic's people as rows: doctors, patients who hold an account, and their families."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.benchmarks.clinic.names import family_name, full_name, given_name

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

FIRST_DAY: Final = dt.date(1998, 1, 5)
LAST_DAY: Final = dt.date(2026, 12, 31)
DOCTORS: Final = 8
PATIENTS: Final = 200_000
_FAMILIES: Final = 0.15  # of the accounts keep profiles of relatives

DEPARTMENTS: Final = ("中医内科", "针灸科", "推拿科", "妇科", "儿科", "骨伤科", "皮肤科", "治未病科")
# no password: nobody signs in to this clinic
_NO_PASSWORD: Final = "$2b$12$" + "." * 53
_RELATIONSHIPS: Final = ("配偶", "儿子", "女儿", "父亲", "母亲")

Row = tuple[object, ...]


def made_account(user_id: str, number: int, *, role: str) -> dict[str, object]:
    """One more account beside the clinic's, as values by column; `number` makes it unique."""
    return {
        "id": user_id,
        "account": f"bx{number:010}",
        "name": f"测试{number % 1000:03}",
        "password_hash": _NO_PASSWORD,
        "gender": "female",
        "phone": f"10x{number:010}",
        "role": role,
        "status": "active",
    }


COLUMNS: Final = {
    "departments": ("id", "name", "code"),
    "users": (
        "id", "account", "name", "password_hash", "gender", "phone", "email", "birthday", "role", "status",
        "created_at", "updated_at",
    ),
    "doctors": ("id", "user_id", "certificate_type", "id_number", "hospital", "department", "department_id", "title"),
    "patient_profiles": (
        "id", "user_id", "name", "gender", "birthday", "relationship", "allergies", "is_default", "created_at",
        "updated_at",
    ),
}  # fmt: skip


def made_id(dice: random.Random, at: dt.datetime) -> str:
    """A UUID of version 7 whose time is `at` (UTC), like the ids of rows that were written over the years."""
    digits = f"{int(at.timestamp() * 1000):012x}"
    rest = f"{dice.getrandbits(74):019x}"
    return f"{digits[:8]}-{digits[8:]}-7{rest[:3]}-b{rest[3:6]}-{rest[6:18]}"


@dataclass(frozen=True, slots=True)
class Doctor:
    doctor_id: str
    user_id: str


class People:
    """Draws everyone once, in the order of their registration; later rows refer to them."""

    def __init__(self, dice: random.Random, scale: float) -> None:
        self._dice = dice
        self.doctors: list[Doctor] = []
        self.patients: list[tuple[str, str]] = []
        """Account id and name of each patient."""
        self.profiles: dict[str, str] = {}
        """A profile's id by its account's."""
        self._patient_count = round(PATIENTS * scale)
        start = _utc(FIRST_DAY)
        self._departments = [(made_id(dice, start), name) for name in DEPARTMENTS]

    def departments(self) -> Iterator[Row]:
        for number, (department_id, name) in enumerate(self._departments):
            yield department_id, name, f"B{number:02}"

    def users(self) -> Iterator[Row]:
        """Accounts of the doctors first, then the patients', spread over the clinic's years."""
        dice = self._dice
        start = _utc(FIRST_DAY)
        for number in range(DOCTORS):
            doctor = Doctor(made_id(dice, start), made_id(dice, start))
            self.doctors.append(doctor)
            yield self._account(doctor.user_id, f"bd{number:03}", full_name(dice), number, "doctor", start)
        step = (_utc(LAST_DAY) - start) / max(self._patient_count, 1)
        for number in range(self._patient_count):
            at = start + step * number
            name = full_name(dice)
            user_id = made_id(dice, at)
            self.patients.append((user_id, name))
            yield self._account(user_id, f"bp{number:06}", name, DOCTORS + number, "patient", at)

    def _account(self, user_id: str, account: str, name: str, number: int, role: str, at: dt.datetime) -> Row:
        dice = self._dice
        # 10x is no mobile network: the numbers look like phones and are nobody's
        scattered = number * 7_919_003 % 100_000_000
        phone = f"10{dice.randrange(10)}{scattered:08}"
        email = f"{account}@example.invalid" if number % 2 else None
        gender = dice.choice(("male", "female"))
        return (
            user_id, account, name, _NO_PASSWORD, gender, phone, email, _birthday(dice), role, "active", at, at,
        )  # fmt: skip

    def doctor_rows(self) -> Iterator[Row]:
        for number, doctor in enumerate(self.doctors):
            department_id, department = self._departments[number % len(self._departments)]
            yield (
                doctor.doctor_id, doctor.user_id, "中医执业医师", f"B{number:05}", "性能测试中医诊所", department,
                department_id, self._dice.choice(("主任医师", "副主任医师", "主治医师")),
            )  # fmt: skip

    def profile_rows(self) -> Iterator[Row]:
        dice = self._dice
        for user_id, name in self.patients:
            if dice.random() >= _FAMILIES:
                continue
            for number in range(dice.choice((1, 1, 2, 3))):
                at = _utc(FIRST_DAY) + dt.timedelta(days=dice.randrange(10_000))
                profile_id = made_id(dice, at)
                self.profiles.setdefault(user_id, profile_id)
                relative = name[0] + given_name(dice) if number % 2 else family_name(dice) + given_name(dice)
                yield (
                    profile_id, user_id, relative, dice.choice(("male", "female")), _birthday(dice),
                    dice.choice(_RELATIONSHIPS), dice.choice((None, None, None, "青霉素", "花生；海鲜")), False, at, at,
                )  # fmt: skip

    def patient(self) -> tuple[str, str]:
        """Somebody, and more often one of those who come a lot."""
        return self.patients[int(len(self.patients) * self._dice.random() ** 1.5)]


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _birthday(dice: random.Random) -> dt.date:
    return dt.date(1935, 1, 1) + dt.timedelta(days=dice.randrange(32_000))


def _utc(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
