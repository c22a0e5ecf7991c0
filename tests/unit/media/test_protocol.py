"""docs/media-protocol.md names every message and every field, and no other."""

import re
from dataclasses import fields
from pathlib import Path

from tcmdesk.media import protocol, wire

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "media-protocol.md"
ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<fields>.*?) \|", re.MULTILINE)


def test_the_document_is_complete_and_true():
    text = DOCUMENT.read_text("utf-8")
    documented = {row["name"]: re.findall(r"`(\w+)`", row["fields"]) for row in ROW.finditer(text)}
    assert documented == {
        name: [field.name for field in fields(kind)] for name, kind in wire.messages().items()
    }


def test_the_document_tells_the_version():
    assert f"version {protocol.VERSION}" in DOCUMENT.read_text("utf-8")


def test_every_message_is_explained_in_the_code():
    bare = [
        kind.__name__
        for kind in wire.messages().values()
        if not kind.__doc__ or kind.__doc__.startswith(f"{kind.__name__}(")
    ]
    assert bare == ["Pong"]
