"""Features announce themselves: a folder with a `feature.py` is found, and everything else follows.

The descriptions are plain data. Screens are named by dotted path and imported when first opened, so that
commands and the gateway walk the same registry without a screen's cost.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tcmdesk.core.permissions import Permission

PACKAGE = "tcmdesk.features"


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """One screen that navigation can open.

    `path` is ``package.module:Class``; the class is made with a `UiContext`.
    """

    name: str
    title: str
    icon: str
    path: str
    permission: Permission | None = None
    order: int = 100
    in_rail: bool = True

    def load(self) -> Any:
        """Import the screen's class."""
        return load(self.path)


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A widget that screens of other features hold, opened by its name.

    `path` is ``package.module:Class``; the class is made with a `UiContext` and a parent.
    """

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class JobSpec:
    """Background work of a feature: ``run(database, clock, stopped)`` at `path`, off the UI thread.

    `stopped()` becomes true when the program ends; long work asks it and can be taken up again later.
    It runs once at the start, then when one of the tables in `wakes_on` changes, or every `every_seconds`.
    """

    name: str
    path: str
    wakes_on: frozenset[str] = frozenset()
    every_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """An action that the palette offers wherever one is: it opens `screen` with `params`.

    `title` is a msgid, a verb first (``Register a walk-in``).
    """

    title: str
    icon: str
    screen: str
    params: tuple[tuple[str, object], ...] = ()
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class FinderSpec:
    """Something of a feature that the palette finds by name, such as patients.

    `title` is the msgid of its section; `path` is ``package.module:Class``, a `tcmdesk.ui.findings.Finder` made
    with a `UiContext` and a parent.
    """

    title: str
    path: str
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature hands up to the application.

    `title` is a msgid, `refresh_on` the tables whose change touches its screens. `shots` names the scenes that
    pictures are taken of, as ``package.module:SCENES``; `samples` what the gallery shows of it, as
    ``package.module:function``, which takes a translator and returns a translated title and a widget.
    """

    name: str
    title: str
    icon: str
    order: int = 100
    permission: Permission | None = None
    screens: tuple[ScreenSpec, ...] = ()
    panels: tuple[PanelSpec, ...] = ()
    refresh_on: frozenset[str] = field(default_factory=frozenset)
    jobs: tuple[JobSpec, ...] = ()
    commands: tuple[CommandSpec, ...] = ()
    finders: tuple[FinderSpec, ...] = ()
    shots: str | None = None
    samples: str | None = None


def load(path: str) -> Any:
    """Import what ``package.module:attribute`` names."""
    module, _, attribute = path.partition(":")
    return getattr(import_module(module), attribute)


def panel(name: str) -> Any:
    """The class of a panel that some feature offers; `LookupError` when none does."""
    for feature in load_features():
        for spec in feature.panels:
            if spec.name == name:
                return load(spec.path)
    raise LookupError(f"no feature offers a panel {name!r}")


def _areas() -> Iterator[str]:
    package = import_module(PACKAGE)
    for module in pkgutil.iter_modules(package.__path__):
        if module.ispkg:
            yield module.name


def _modules(area: str) -> frozenset[str]:
    package = import_module(f"{PACKAGE}.{area}")
    return frozenset(module.name for module in pkgutil.iter_modules(package.__path__))


@cache
def load_features() -> tuple[Feature, ...]:
    """Every feature that announces itself, in menu order."""
    found = [
        import_module(f"{PACKAGE}.{area}.feature").FEATURE for area in _areas() if "feature" in _modules(area)
    ]
    return tuple(sorted(found, key=lambda feature: (feature.order, feature.name)))


@cache
def load_models() -> None:
    """Import every feature's tables, so that the metadata is whole."""
    import_module("tcmdesk.core.db.operations")
    for area in _areas():
        if "models" in _modules(area):
            import_module(f"{PACKAGE}.{area}.models")
