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
class System:
    """A job that runs without a person, such as indexing; its name has at most 16 characters, as the audit has room for."""

    job: str

    def __post_init__(self) -> None:
        if len(self.job) > 16:
            raise ValueError(f"the job's name {self.job!r} is longer than 16 characters")


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Nobody has signed in yet."""


Actor = Staff | System | Anonymous


def actor_id(actor: Actor) -> str | None:
    """`users.id` of a person, None for jobs and strangers."""
    return actor.user_id if isinstance(actor, Staff) else None


def actor_role(actor: Actor) -> str:
    """The word the audit writes for the actor's part."""
    match actor:
        case Staff(role=role):
            return role.value
        case System(job=job):
            return f"job:{job}"
        case Anonymous():
            return "anonymous"
