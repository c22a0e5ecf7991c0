"""Messages as lines of JSON: ``{"message": "start_call", "call_id": …}``, UTF-8, one a line.

Every value is checked against the field's declared type while reading, so that a message that exists is a good one.
"""

from __future__ import annotations

import json
import re
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Union, cast, get_args, get_origin, get_type_hints

from tcmdesk.media import protocol
from tcmdesk.media.protocol import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 1 << 20
"""Bytes of one message; a session description has about ten thousand."""


class ProtocolError(ValueError):
    """A line that is no message of this protocol. The text names types and fields, never their values."""


def encode(message: Message) -> bytes:
    """One line, with its end."""
    body = {"message": name_of(type(message))} | _plain(message)
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Message:
    """The message of a line; raises ProtocolError."""
    try:
        body = json.loads(line, parse_constant=_no_number)
    except ValueError:
        raise ProtocolError("no JSON") from None
    if not isinstance(body, dict) or not isinstance(name := body.pop("message", None), str):
        raise ProtocolError("no message")
    kind = messages().get(name)
    if kind is None:
        raise ProtocolError(f"unknown message {name[:40]!r}")
    return cast("Message", _build(kind, body, name))


class LineBuffer:
    """Turns what arrives in pieces into whole messages."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the messages that are complete now; raises ProtocolError, also when one never ends."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LARGEST:
            raise ProtocolError("a message without end")
        yield from map(decode, lines)


def name_of(kind: type[Message]) -> str:
    """``StartCall`` is ``start_call`` on the line."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@cache
def messages() -> dict[str, type[Message]]:
    """Every message by its name on the line."""
    return {
        name_of(kind): kind
        for kind in vars(protocol).values()
        if isinstance(kind, type) and is_dataclass(kind) and issubclass(kind, Message)
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _no_number(name: str) -> float:
    """NaN and the infinities are no JSON, and nothing that is measured here."""
    raise ValueError(name)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: type, body: object, where: str) -> object:
    if not isinstance(body, dict):
        raise ProtocolError(f"{where}: an object is expected")
    hints = _hints(kind)
    unknown = body.keys() - hints.keys()
    if unknown:
        raise ProtocolError(f"{where}: {len(unknown)} unknown field(s)")
    for field in fields(kind):
        if field.name not in body and field.default is MISSING:
            raise ProtocolError(f"{where}.{field.name} is missing")
    return kind(**{name: _value(hints[name], value, f"{where}.{name}") for name, value in body.items()})


def _value(hint: Any, value: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        options = get_args(hint)
        if value is None and type(None) in options:
            return None
        (hint,) = (option for option in options if option is not type(None))
        return _value(hint, value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ProtocolError(f"{where}: a list is expected")
        return tuple(_value(get_args(hint)[0], item, where) for item in value)
    if is_dataclass(hint):
        return _build(cast("type", hint), value, where)
    if issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError:
            raise ProtocolError(f"{where}: no such choice") from None
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise ProtocolError(f"{where}: {hint.__name__} is expected")
    return value
