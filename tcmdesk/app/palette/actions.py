"""What the palette offers besides people: the keys that work here, the features' commands, the screens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tcmdesk.app.palette.matching import fit
from tcmdesk.core.registry import CommandSpec, load_features
from tcmdesk.ui.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tcmdesk.app.main_window import MainWindow
    from tcmdesk.ui.shortcuts import Shortcut

NO_ACTIONS: Final = frozenset({"↑", "↓", "←", "→", "PgUp", "PgDown", "F6", "Ctrl F6", "Shift F6", "Ctrl K"})
"""Keys that move about; nobody looks for them by name."""


@dataclass(frozen=True, slots=True)
class MenuAction:
    """An action of the application itself, such as signing out; `title` is translated."""

    title: str
    icon: str
    run: Callable[[], object]


def best(findings: Iterable[Finding], typed: str, limit: int) -> tuple[Finding, ...]:
    """The findings whose titles fit, best first, with what fits marked."""
    fitting = []
    for place, finding in enumerate(findings):
        found = fit(finding.title, typed)
        if found is not None:
            marked = replace(
                finding, spans=found.spans, reading=found.reading, reading_spans=found.reading_spans
            )
            fitting.append((found.rank, place, marked))
    return tuple(finding for _, _, finding in sorted(fitting, key=lambda entry: entry[:2])[:limit])


def actions_of(window: MainWindow, menu: Iterable[MenuAction]) -> list[Finding]:
    """Actions by their words: those of the screen in front, the features' commands, the application's own."""
    found: dict[str, Finding] = {}
    for shortcut in window.context.shortcuts.working():
        if shortcut.hint.keys not in NO_ACTIONS:
            found.setdefault(shortcut.hint.text, _of_shortcut(shortcut, window))
    for feature in load_features():
        for command in feature.commands:
            if command.screen in window.screen_names and (
                command.permission is None or window.context.allowed(command.permission)
            ):
                title = window.context.tr.gettext(command.title)
                found.setdefault(title, Finding(title, command.icon, _opener(window, command)))
    for action in menu:
        found.setdefault(action.title, Finding(action.title, action.icon, action.run))
    for spec in window.screens:
        found.pop(window.context.tr.gettext(spec.title), None)
    return list(found.values())


def screens_of(window: MainWindow) -> list[Finding]:
    """The screens that the person may open."""
    context = window.context
    return [
        Finding(
            context.tr.gettext(spec.title),
            spec.icon,
            lambda name=spec.name: context.navigator.open(name),
            key=window.key_of(spec.name),
        )
        for spec in window.screens
    ]


def _of_shortcut(shortcut: Shortcut, window: MainWindow) -> Finding:
    screen = window.context.navigator.current
    detail = screen.title if screen is not None and shortcut.owner is screen else ""
    return Finding(
        shortcut.hint.text, "corner-down-left", shortcut.run, detail=detail, key=shortcut.hint.keys
    )


def _opener(window: MainWindow, command: CommandSpec) -> Callable[[], object]:
    return lambda: window.context.navigator.open(command.screen, **dict(command.params))
