"""Who is doing it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a staff member may do in the clinic; the platform knows only `users.role`."""

    ADMIN = "admin"
    DOCTOR = "doctor"
    FRONT_DESK = "frontdesk"
    PHARMACIST = "pharmacist"


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in member of the clinic."""

    user_id: str
    name: str
    role: Role
    doctor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient in a browser, known by a link to one video visit; may do only what that visit asks of a patient.

    `user_id` is the account the visit is booked under, not proof of who holds the telephone.
    """

    user_id: str
    consultation_id: str
    room_id: str


@dataclass(frozen=True, slots=True)
class System:
    """A job that runs without a person, such as indexing; its name has at most 16 characters, as the audit has room for."""

    job: str

    def __post_init__(self) -> None:
        if len(self.job) > 16:
            raise ValueError(f"the job's name {self.job!r} is longer than 16 characters")


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Nobody has signed in yet."""


Actor = Staff | Patient | System | Anonymous


def actor_id(actor: Actor) -> str | None:
    """`users.id` of a person, None for jobs and strangers."""
    return actor.user_id if isinstance(actor, Staff | Patient) else None


def actor_role(actor: Actor) -> str:
    """The word the audit writes for the actor's part."""
    match actor:
        case Staff(role=role):
            return role.value
        case Patient():
            return "patient"
        case System(job=job):
            return f"job:{job}"
        case Anonymous():
            return "anonymous"
