"""Every item model of the program is put through Qt's own model checks: here is how each is made.

A feature's models are made in a module of `tests/factories` whose name ends in `_item_models`:

    @makes("tcmdesk.features.appointments.ui.board_model:DayBoardModel")
    def day_board_model() -> DayBoardModel:
        return DayBoardModel(…)          # filled: an empty model has nothing to check
"""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import tcmdesk
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QAbstractItemModel

    Maker = Callable[[], QAbstractItemModel]

_makers: dict[str, list[Maker]] = {}


def makes(path: str) -> Callable[[Maker], Maker]:
    """Register a function that makes a filled model of the class ``module:Class``; several may make the same."""

    def register(maker: Maker) -> Maker:
        _makers.setdefault(path, []).append(maker)
        return maker

    return register


def item_model_classes() -> list[str]:
    """All item models that the program defines, as ``module:Class``."""
    from PySide6.QtCore import QAbstractItemModel

    found = set()
    package = Path(tcmdesk.__file__).parent
    for file in package.rglob("*.py"):
        if "PySide6" in file.read_text(encoding="utf-8"):
            name = ".".join(file.relative_to(package.parent).with_suffix("").parts)
            for title, member in inspect.getmembers(import_module(name), inspect.isclass):
                if issubclass(member, QAbstractItemModel) and member.__module__ == name:
                    found.add(f"{name}:{title}")
    return sorted(found)


def makers_of(path: str) -> list[Maker]:
    """The registered makers of a model class; empty when nobody made one."""
    for module in pkgutil.iter_modules(factories.__path__):
        if module.name.endswith("_item_models"):
            import_module(f"{factories.__name__}.{module.name}")
    return _makers.get(path, [])
