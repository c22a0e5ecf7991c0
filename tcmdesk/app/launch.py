"""What the application is started with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcmdesk.core.actor import Staff
    from tcmdesk.core.clock import Clock


@dataclass(frozen=True, slots=True)
class Launch:
    """Options of one start. What is None comes from the workstation's settings and is kept there when changed;
    what is given holds for this start only. `actor` is let in without being asked; only the demo does that.
    `remember` False keeps this start's clinic and account out of the settings. `open_demo` makes the demo and
    says its address and who signs in; the floor above this one has it. `demo_password` opens every account of the
    demo; `password_hint` is what is shown where a password is asked for, once that demo is open.
    """

    url: str | None = None
    language: str | None = None
    mode: str | None = None
    scale: float | None = None
    clock: Clock | None = None
    actor: Staff | None = None
    remember: bool = True
    open_demo: Callable[[], tuple[str, Staff]] | None = None
    demo_password: str = ""
    password_hint: str = ""
