"""What a negotiation asks to be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcmdesk.features.consultations.types import SignalType
    from tcmdesk.media.protocol import DescriptionType, Role


class Phase(StrEnum):
    """Where the call stands, as the doctor sees it."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    PATIENT_LEFT = "patient_left"


@dataclass(frozen=True, slots=True)
class Post:
    """Send a signal to the patient's side."""

    type: SignalType
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Start:
    """Begin an attempt."""

    generation: int
    role: Role


@dataclass(frozen=True, slots=True)
class Describe:
    """Hand the other side's description to an attempt."""

    generation: int
    type: DescriptionType
    sdp: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hand a candidate to an attempt."""

    generation: int
    candidate: str
    sdp_mid: str | None
    sdp_mline_index: int | None


@dataclass(frozen=True, slots=True)
class Abandon:
    """Close an attempt."""

    generation: int


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    """Tell whoever watches."""

    phase: Phase


Step = Post | Start | Describe | Candidate | Abandon | PhaseChanged
