"""Every public service function says who may call it."""

import inspect
import pkgutil
import types
from importlib import import_module

import pytest

from tcmdesk.core.actor import Role
from tcmdesk.core.permissions import permission, public, requires
from tcmdesk.core.registry import PACKAGE


def services() -> list[str]:
    """The service modules of all features; a service may be a package, whose modules with an underscore are its own."""
    areas = [f"{PACKAGE}.{area.name}" for area in pkgutil.iter_modules(import_module(PACKAGE).__path__)]
    return [
        module.name
        for area in areas
        for module in pkgutil.walk_packages(import_module(area).__path__, f"{area}.")
        if module.name.split(".")[3] == "service" and "._" not in module.name
    ]


def unguarded(module: types.ModuleType) -> list[str]:
    """Public functions of a module that carry neither `@requires` nor `@public`."""
    return [
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and function.__module__ == module.__name__
        and not hasattr(function, "__permission__")
        and not hasattr(function, "__public_reason__")
    ]


@pytest.mark.parametrize("name", services())
def test_every_service_function_is_guarded(name):
    assert unguarded(import_module(name)) == []


def test_there_are_services():
    assert services()


def test_a_function_without_a_guard_is_caught():
    module = types.ModuleType("planted")

    def open_door(uow, actor):
        pass

    @requires(permission("planted:thing:do", Role.DOCTOR))
    def guarded(uow, actor):
        pass

    @public("anyone may ask for the time")
    def announced():
        pass

    for function in (open_door, guarded, announced):
        function.__module__ = "planted"
        setattr(module, function.__name__, function)
    assert unguarded(module) == ["open_door"]
