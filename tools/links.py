"""Links of the documentation that lead nowhere: `python -m tools.links`.

Looks at files and headings inside the repository. Addresses of the web are left alone: a check must not depend on a
network.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".venv", ".git", ".cache", "build", "dist", "node_modules"}

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(
    r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|<(?:img|a)\s[^>]*?(?:src|href)=\"([^\"]+)\""
)
_REFERENCE = re.compile(r"^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)


def pages(root: Path) -> Iterator[Path]:
    """The Markdown files of the repository."""
    return (
        page for page in sorted(root.rglob("*.md")) if not SKIPPED.intersection(page.relative_to(root).parts)
    )


def dead_links(page: Path, root: Path) -> Iterator[str]:
    """The targets named on a page that do not exist."""
    text = _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))
    targets = [first or second for first, second in _LINK.findall(text)] + _REFERENCE.findall(text)
    for target in targets:
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (
            (root / path.lstrip("/") if path.startswith("/") else page.parent / path).resolve()
            if path
            else page
        )
        if not file.exists() or not file.is_relative_to(root) or (anchor and anchor not in _anchors(file)):
            yield target


def _anchors(page: Path) -> set[str]:
    """The names under which headings can be linked, as code hosts make them."""
    if page.suffix != ".md":
        return set()
    headings = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {_anchor(heading) for heading in headings}


def _anchor(heading: str) -> str:
    kept = (
        letter for letter in heading.lower() if letter in " -_" or unicodedata.category(letter)[0] in "LNM"
    )
    return "".join(kept).strip().replace(" ", "-")


def main() -> int:
    dead = [(page, link) for page in pages(ROOT) for link in dead_links(page, ROOT)]
    for page, link in dead:
        print(f"{page.relative_to(ROOT)}: {link} leads nowhere")
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
