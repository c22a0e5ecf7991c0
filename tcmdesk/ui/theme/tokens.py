"""The table of design tokens, typed; the only place a colour, a size or a radius comes from.

Headless on purpose: contrast is checked without a window.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from tcmdesk.core import paths

if TYPE_CHECKING:
    from collections.abc import Mapping

Mode = Literal["light", "dark"]
Language = Literal["zh_CN", "en"]
TypeRole = Literal["display", "title", "heading", "herb", "subheading", "body", "small", "mark"]
Colour = Literal[
    "canvas", "surface", "sunken", "raised", "tile", "hover",
    "line", "line_soft", "field_line",
    "text", "text2", "text3",
    "accent", "accent_hover", "accent_fg", "accent_soft", "accent_line", "accent_text",
    "now", "now_fg", "sel",
    "danger", "danger_fg", "danger_soft", "danger_line",
    "warn", "warn_soft", "warn_line",
    "focus", "hatch",
    "brand", "brand_fg", "brand_soft", "brand_branch", "brand_petal",
    "shadow", "scrim",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rgba:
    """A colour: `red`, `green`, `blue` 0-255, `alpha` 0-1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0

    @classmethod
    def parse(cls, text: str) -> Rgba:
        """Read ``#RRGGBB`` or ``#RRGGBB NN%`` (opacity)."""
        code, _, opacity = text.partition(" ")
        if len(code) != 7 or code[0] != "#":
            raise ValueError(f"not a colour: {text!r}")
        red, green, blue = (int(code[at : at + 2], 16) for at in (1, 3, 5))
        return cls(red, green, blue, int(opacity.rstrip("%")) / 100 if opacity else 1.0)

    @property
    def hex(self) -> str:
        """``#rrggbb``, without the opacity."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """A step of the type scale: size and line height in px at 100 %, and whether it is bold."""

    px: int
    line: int
    bold: bool


@dataclass(frozen=True, slots=True)
class ContrastRule:
    """`token` must reach `floor` (WCAG 2 ratio) on `on`, in both modes."""

    token: str
    on: str
    floor: float
    light: float
    dark: float


@dataclass(frozen=True, slots=True)
class Shadow:
    """A drop shadow: blur radius and downward offset in px at 100 %."""

    blur: int
    dy: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens. Lengths are px at 100 %, times are milliseconds."""

    colours: Mapping[Mode, Mapping[str, Rgba]]
    contrast: tuple[ContrastRule, ...]
    type: Mapping[str, TypeStyle]
    space: tuple[int, ...]
    radius: Mapping[str, int]
    height: Mapping[str, int]
    width: Mapping[str, int]
    icon: Mapping[str, int]
    stroke: Mapping[str, float]
    shadows: Mapping[str, Shadow]
    narrow_width: int
    short_height: int
    minimum: tuple[int, int]
    panel_ms: int
    loading_after_ms: int
    fonts_chinese: tuple[str, ...]
    fonts_latin: tuple[str, ...]
    fonts_print: tuple[str, ...]


def _colours(raw: Mapping[str, Any], mode: Mode) -> Mapping[str, Rgba]:
    found = {name: Rgba.parse(entry[mode]) for name, entry in raw["colour"].items()}
    for name in ("shadow", "scrim"):
        found[name] = Rgba.parse(raw["elevation"][name][mode])
    return MappingProxyType(found)


def parse(raw: Mapping[str, Any]) -> Tokens:
    """Make tokens of the decoded JSON; `KeyError` names what is missing."""
    elevation, breakpoint_, motion, font = raw["elevation"], raw["breakpoint"], raw["motion"], raw["font"]
    icon = {name: value for name, value in raw["icon"].items() if isinstance(value, int)}
    return Tokens(
        colours=MappingProxyType({"light": _colours(raw, "light"), "dark": _colours(raw, "dark")}),
        contrast=tuple(
            ContrastRule(rule["token"], rule["on"], rule["floor"], rule["light"], rule["dark"])
            for rule in raw["contrast"]
        ),
        type=MappingProxyType(
            {
                name: TypeStyle(step["px"], step["line"], step["weight"] == "bold")
                for name, step in raw["type"].items()
            }
        ),
        space=tuple(raw["space"]),
        radius=MappingProxyType(raw["radius"]),
        height=MappingProxyType(raw["height"]),
        width=MappingProxyType(raw["width"]),
        icon=MappingProxyType(icon),
        stroke=MappingProxyType(raw["icon"]["stroke"]),
        shadows=MappingProxyType(
            {name: Shadow(elevation[name]["blur"], elevation[name]["dy"]) for name in ("popup", "dialog")}
        ),
        narrow_width=breakpoint_["narrow_width"],
        short_height=breakpoint_["short_height"],
        minimum=(breakpoint_["minimum"][0], breakpoint_["minimum"][1]),
        panel_ms=motion["panel_ms"],
        loading_after_ms=motion["loading_after_ms"],
        fonts_chinese=tuple(font["zh"]),
        fonts_latin=tuple(font["en_first"]),
        fonts_print=tuple(font["print"]),
    )


@cache
def load() -> Tokens:
    """The tokens of the program, read once."""
    return parse(json.loads((paths.resources() / "theme" / "tokens.json").read_text("utf-8")))
