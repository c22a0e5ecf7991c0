"""The shapes of signals: what is read from any client, and what is written for all of them.

Shapes as the platform's clients write them: ``{"sdp"}`` for offer and answer, ``{"candidate", "sdp_mid",
"sdp_mline_index"}``, ``{"code", "message"}``. Browsers' own spelling (``sdpMid``, ``sdpMLineIndex``) and a
description or candidate nested as the object it was made of are read as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from tcmdesk.features.consultations.types import SignalType

SDP_MAX: Final = 64 * 1024
"""Characters of a session description; a browser's with every codec has about 10,000."""

CANDIDATE_MAX: Final = 1024
TEXT_MAX: Final = 200
GENERATION_MAX: Final = 2**31 - 1
_LINES_MAX: Final = 64


def read(kind: SignalType, raw: object) -> tuple[int, dict[str, Any]]:
    """The generation and the canonical payload of a stored signal.

    Raises:
        ValueError: it has another shape, is too long, or says nothing that could be used.
    """
    given = json.loads(raw) if isinstance(raw, str) else raw
    if given is None and kind in {SignalType.JOIN, SignalType.LEAVE}:
        given = {}
    if not isinstance(given, Mapping):
        raise ValueError("no object")  # noqa: TRY004  (what is wrong is the value that came, not our call)
    return _generation(given), _payload(kind, given)


def write(payload: Mapping[str, Any], generation: int) -> dict[str, Any]:
    """What is stored: the canonical payload with its generation."""
    return {**payload, "generation": generation}


def _payload(kind: SignalType, given: Mapping[str, Any]) -> dict[str, Any]:
    match kind:
        case SignalType.OFFER | SignalType.ANSWER:
            return {"sdp": _sdp(given)}
        case SignalType.CANDIDATE:
            return _candidate(given)
        case SignalType.ERROR:
            return {"code": _text(given.get("code")), "message": _text(given.get("message"))}
        case _:
            return {}


def _sdp(given: Mapping[str, Any]) -> str:
    sdp = given.get("sdp")
    if isinstance(sdp, Mapping):
        sdp = sdp.get("sdp")
    if not isinstance(sdp, str) or not sdp.startswith("v=0") or len(sdp) > SDP_MAX:
        raise ValueError("no session description")
    return sdp


def _candidate(given: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(given.get("candidate"), Mapping):
        given = given["candidate"]
    candidate = given.get("candidate") or ""
    mid = given.get("sdp_mid", given.get("sdpMid"))
    line = given.get("sdp_mline_index", given.get("sdpMLineIndex"))
    if not isinstance(candidate, str) or len(candidate) > CANDIDATE_MAX:
        raise ValueError("no candidate")
    if mid is not None and (not isinstance(mid, str) or len(mid) > TEXT_MAX):
        raise ValueError("no media id")
    if line is not None and (type(line) is not int or not 0 <= line < _LINES_MAX):
        raise ValueError("no media line")
    if candidate and mid is None and line is None:
        raise ValueError("a candidate of no media")
    return {"candidate": candidate, "sdp_mid": mid, "sdp_mline_index": line}


def _generation(given: Mapping[str, Any]) -> int:
    generation = given.get("generation", 0)
    if generation is None:
        return 0
    if type(generation) is not int or not 0 <= generation <= GENERATION_MAX:
        raise ValueError("no generation")
    return generation


def _text(value: object) -> str:
    return "" if value is None else str(value)[:TEXT_MAX]
