"""Makes the text of a PDF that Qt wrote readable again.

Qt's PDF writer notes for each glyph one character of the basic plane, the lowest that the font draws with it: 女 reads
back as the radical ⼥ (U+2F25), digits of another form and rare names like 𠮷 as nothing. What was drawn is known here,
so the writer's tables are replaced by true ones, in an incremental update (ISO 32000-1, 7.5.6) behind the file's end.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

_OBJECT: Final = re.compile(rb"(?:^|\n)(\d+) 0 obj\b(.*?)endobj", re.DOTALL)
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TO_UNICODE: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TRAILER: Final = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*(\[[^\]]*\]|<[0-9A-Fa-f]+>)")
_MOST_ENTRIES: Final = 100


class UnreadableError(Exception):
    """The PDF is not built as expected; its text would read back wrong."""


@dataclass(slots=True)
class Drawn:
    """The glyphs of one face in the order in which they were first drawn, with the text each stands for."""

    glyphs: dict[int, str] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        return list(self.glyphs.values())


def drawn_faces(layouts: Iterable[QTextLayout]) -> list[Drawn]:
    """What a painter that draws `layouts` in order puts into each face of a PDF."""
    faces: dict[tuple[str, str, int], Drawn] = {}
    for layout in layouts:
        units = layout.text().encode("utf-16-le")
        for run in layout.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll):
            raw = run.rawFont()
            face = faces.setdefault((raw.familyName(), raw.styleName(), raw.weight()), Drawn())
            indexes = run.stringIndexes()
            ends = _cluster_ends(indexes, len(units) // 2)
            for glyph, start in zip(run.glyphIndexes(), indexes, strict=True):
                text = units[2 * start : 2 * _end_of(units, start, ends[start])].decode("utf-16-le")
                face.glyphs.setdefault(glyph, text)
    return list(faces.values())


def _cluster_ends(indexes: list[int], length: int) -> dict[int, int]:
    starts = sorted(set(indexes))
    return dict(zip(starts, [*starts[1:], length], strict=True))


def _end_of(units: bytes, start: int, end: int) -> int:
    """The end of the character at `start`, in UTF-16 units: a run's last cluster must not take what follows it."""
    high = int.from_bytes(units[2 * start : 2 * start + 2], "little")
    return min(end, start + (2 if 0xD800 <= high < 0xDC00 else 1))


def make_readable(pdf: bytes, faces: list[Drawn]) -> bytes:
    """The PDF with a true table for each of its fonts.

    Raises:
        UnreadableError: it has another structure, or a font that was not drawn with.
    """
    objects = {int(match[1]): match[2] for match in _OBJECT.finditer(pdf)}
    tables = {int(match[1]) for body in objects.values() for match in _TO_UNICODE.finditer(body)}
    return _updated(pdf, {number: _table(_face_of(objects[number], faces)) for number in tables})


def _face_of(table: bytes, faces: list[Drawn]) -> list[str]:
    found = _entries(table)
    count = max(found, default=0)
    # glyph 0 is the empty box; the others follow in the order in which they were first drawn
    candidates = [face.texts for face in faces if len(face.glyphs) >= count]
    best = max(candidates, key=lambda texts: _agreement(texts, found), default=None)
    if best is None or (count and not _agreement(best, found)):
        raise UnreadableError("a font that nothing was drawn with")
    return best


def _agreement(texts: list[str], found: dict[int, str]) -> float:
    same = sum(texts[index - 1] == text for index, text in found.items() if 0 < index <= len(texts))
    return same / max(len(texts), 1)


def _entries(table: bytes) -> dict[int, str]:
    match = _STREAM.search(table)
    if match is None:
        raise UnreadableError("a table without a stream")
    content = match[1]
    if b"/FlateDecode" in table:
        content = zlib.decompress(content)
    found: dict[int, str] = {}
    for first, last, to in _RANGE.findall(content):
        start, end = int(first, 16), int(last, 16)
        if to.startswith(b"["):
            for offset, code in enumerate(re.findall(rb"<([0-9A-Fa-f]+)>", to)):
                found[start + offset] = chr(int(code, 16) & 0xFFFF)
        else:
            base = int(to.strip(b"<>"), 16)
            found |= {index: chr((base + index - start) & 0xFFFF) for index in range(start, end + 1)}
    return found


def _table(texts: list[str]) -> bytes:
    entries = [
        f"<{index:04X}> <{text.encode('utf-16-be').hex().upper()}>"
        for index, text in enumerate(texts, start=1)
    ]
    parts = [entries[at : at + _MOST_ENTRIES] for at in range(0, len(entries), _MOST_ENTRIES)]
    body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _updated(pdf: bytes, streams: dict[int, bytes]) -> bytes:
    start, trailer = _START.search(pdf), _TRAILER.search(pdf)
    if start is None or trailer is None:
        raise UnreadableError("no classic cross-reference table")
    kept = re.sub(rb"/Prev \d+", b"", trailer[1]).strip()
    out = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    places: dict[int, int] = {}
    for number, content in sorted(streams.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
            number,
            len(content),
            content,
        )
    table = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (kept, start[1], table)
    return bytes(out)
