"""The page's files: read once at the start, served from memory, each under a path of its own.

Colours come from the theme's tokens, icons from the program's and the page's own, texts from the one catalogue: what a
browser gets is made of the same sources as the desktop's screens.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcmdesk.core import paths
from tcmdesk.core.i18n import LANGUAGES, translator
from tcmdesk.gateway.texts import PAGE_TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
#: of the program's icons, those that the page shows
_ICONS: Final = ("check", "circle-alert", "circle-check", "clock", "phone-off", "refresh-cw", "video")
_DRAWING: Final = re.compile(r"<svg[^>]*>(.*?)</svg>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """One file as it is sent."""

    body: bytes
    content_type: str
    etag: str


def load() -> dict[str, Page]:
    """All files by the path they are asked for."""
    folder = paths.resources() / "gateway"
    files = {f"/static/{path.name}": path.read_text("utf-8") for path in sorted(folder.glob("*.*"))}
    files["/"] = files.pop("/static/index.html")
    files["/static/tokens.css"] = _tokens()
    files["/static/icons.svg"] = _sprite()
    for language in LANGUAGES:
        files[f"/texts/{language}.json"] = _texts(language)
    return {path: _page(path, text) for path, text in files.items()}


def _page(path: str, text: str) -> Page:
    body = text.encode()
    suffix = ".html" if path == "/" else path[path.rindex(".") :]
    return Page(body, _TYPES[suffix], hashlib.sha256(body).hexdigest()[:32])


def _tokens() -> str:
    """The theme's colours as custom properties, dark where the system is."""
    colours = json.loads((paths.resources() / "theme" / "tokens.json").read_text("utf-8"))["colour"]

    def rules(mode: str) -> str:
        return "".join(f"--{name.replace('_', '-')}:{value[mode]};" for name, value in colours.items())

    return (
        f":root{{color-scheme:light dark;{rules('light')}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{rules('dark')}}}}}\n"
    )


def _sprite() -> str:
    symbols = "".join(
        # the style sheet says how it is drawn: attributes here could not be overruled
        f'<symbol id="{path.stem}" viewBox="0 0 24 24">{drawing}</symbol>'
        for path, drawing in _drawings()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


def _drawings() -> Iterator[tuple[Path, str]]:
    own = sorted((paths.resources() / "gateway" / "icons").glob("*.svg"))
    shared = [paths.resources() / "icons" / f"{name}.svg" for name in _ICONS]
    for path in [*shared, *own]:
        found = _DRAWING.search(path.read_text("utf-8"))
        if found is None:
            raise ValueError(f"{path.name} is no drawing")
        yield path, found[1].strip()


def _texts(language: str) -> str:
    tr = translator(language)
    return json.dumps({key: tr.gettext(message) for key, message in PAGE_TEXTS.items()}, ensure_ascii=False)
