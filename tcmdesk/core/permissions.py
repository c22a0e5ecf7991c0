"""Permissions stand on service functions, so that screens, commands and the gateway meet the same wall.

A permission is an ``area:thing:action`` value. Features declare theirs in `types`; which roles hold a
permission is declared beside it, in one place for the whole feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from tcmdesk.core.actor import Actor, Patient, Role, Staff, System
from tcmdesk.core.errors import PermissionDenied
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Permission:
    """``area:thing:action`` and the roles that hold it; jobs of the program hold every permission.

    `patient` lets patients hold it too, each for their own visit, which the service checks.
    """

    value: str
    roles: frozenset[Role]
    patient: bool = False

    def held_by(self, actor: Actor) -> bool:
        match actor:
            case Staff(role=role):
                return role in self.roles
            case Patient():
                return self.patient
            case System():
                return True
            case _:
                return False


def permission(value: str, *roles: Role, patient: bool = False) -> Permission:
    """Declare a permission; the administrator holds it always."""
    return Permission(value, frozenset({Role.ADMIN, *roles}), patient)


def demand(actor: Actor, needed: Permission) -> None:
    """Raise `PermissionDenied` unless the actor holds the permission."""
    if not needed.held_by(actor):
        raise PermissionDenied(
            "permission.denied",
            N_("Your role does not allow this. Ask an administrator for the right “{permission}”."),
            permission=needed.value,
        )


def requires(
    needed: Permission,
) -> Callable[[Callable[Concatenate[S, Actor, P], R]], Callable[Concatenate[S, Actor, P], R]]:
    """Guard a service function ``f(uow_or_connection, actor, …)``."""

    def decorate(function: Callable[Concatenate[S, Actor, P], R]) -> Callable[Concatenate[S, Actor, P], R]:
        @wraps(function)
        def guarded(source: S, actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            demand(actor, needed)
            return function(source, actor, *args, **kwargs)

        guarded.__permission__ = needed  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[S, Actor, P], R]", guarded)

    return decorate


def public(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a service function that anyone may call, and say why."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        function.__public_reason__ = reason  # type: ignore[attr-defined]
        return function

    return decorate
