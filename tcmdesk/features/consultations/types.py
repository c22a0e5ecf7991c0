"""Video visits: words, rows and commands.

Times are aware UTC instants. Tokens are 256 random bits as 43 characters of base64url; our tables keep their
SHA-256 only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.core.actor import Role
from tcmdesk.core.i18n import N_
from tcmdesk.core.permissions import permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tcmdesk.features.appointments.types import Status, VisitType
    from tcmdesk.features.patients.types import Gender, PatientRef

READ: Final = permission("consultations:visit:read", Role.DOCTOR, Role.FRONT_DESK)
OPEN: Final = permission("consultations:visit:open", Role.DOCTOR, Role.FRONT_DESK)
LINK: Final = permission("consultations:link:write", Role.DOCTOR, Role.FRONT_DESK)
CALL: Final = permission("consultations:call:join", Role.DOCTOR)
COMPLETE: Final = permission("consultations:visit:complete", Role.DOCTOR)
CONFIGURE: Final = permission("consultations:clinic:write")
ATTEND: Final = permission("consultations:visit:attend", patient=True)
EXCHANGE: Final = permission("consultations:signal:exchange", Role.DOCTOR, patient=True)
KEEP: Final = permission("consultations:signal:sweep")

CONSENT_VERSION: Final = "3"
"""Edition of the consent text below. Raised with every change of it; each consent keeps the edition it was given to."""

CONSENT_TEXT: Final = (
    N_("A video visit is a follow-up of an illness that a doctor of this clinic has already diagnosed in person."),
    N_("The doctor cannot take the pulse or touch you. If that is needed, you are asked to come to the clinic."),
    N_("In an emergency call 120. A video visit is no emergency service."),
    N_("The record of the visit is kept as long as the law asks, at least 15 years. Picture and sound are not recorded."),
)  # fmt: skip

LINK_LIFE: Final = dt.timedelta(hours=24)
"""How long a link can be opened at most, from its making."""

SESSION_LIFE: Final = dt.timedelta(hours=6)
"""How long a browser that has opened a link may come back to its visit."""

SEEN_WITHIN: Final = dt.timedelta(seconds=60)
"""A waiting patient whose browser has been silent for longer is shown as away."""

NOTES_MAX: Final = 16000
FEEDBACK_MAX: Final = 1000


class VisitStatus(StrEnum):
    """`video_consultations.status`."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


OPEN_STATUSES: Final = frozenset({VisitStatus.WAITING, VisitStatus.IN_PROGRESS})


class Quality(StrEnum):
    """`video_consultations.connection_quality`."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


QUALITY_LABELS: Final = {
    Quality.EXCELLENT: N_("Line very good"),
    Quality.GOOD: N_("Line good"),
    Quality.FAIR: N_("Line fair"),
    Quality.POOR: N_("Line poor"),
}


class SignalType(StrEnum):
    """`webrtc_signals.signal_type`."""

    OFFER = "offer"
    ANSWER = "answer"
    CANDIDATE = "ice_candidate"
    JOIN = "join"
    LEAVE = "leave"
    ERROR = "error"


class CallEvent(StrEnum):
    """`video_call_events.event_type`; screen sharing and recording are the platform's so far."""

    JOINED = "joined"
    LEFT = "left"
    RECONNECTED = "reconnected"
    DISCONNECTED = "disconnected"
    CAMERA_ON = "camera_on"
    CAMERA_OFF = "camera_off"
    MIC_ON = "mic_on"
    MIC_OFF = "mic_off"
    NETWORK_POOR = "network_poor"
    NETWORK_RECOVERED = "network_recovered"


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal as its reader gets it.

    `payload` has the canonical shape of its type: ``{"sdp"}``, ``{"candidate", "sdp_mid", "sdp_mline_index"}``
    (`candidate` empty at the end of candidates), ``{"code", "message"}`` or nothing. `generation` numbers the
    attempts to connect, 0 where the sender knows no numbers.
    """

    signal_id: str
    type: SignalType
    from_user_id: str
    generation: int
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Room:
    """Who may meet where; what every check of a signal needs."""

    consultation_id: str
    appointment_id: str
    room_id: str
    doctor_id: str
    doctor_user_id: str
    patient_user_id: str
    status: VisitStatus

    def other(self, user_id: str) -> str | None:
        """The account on the other side; None for somebody who is not in the room."""
        return {self.doctor_user_id: self.patient_user_id, self.patient_user_id: self.doctor_user_id}.get(
            user_id
        )


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A link that opens once. `token` is shown now and never again: only its hash is kept."""

    link_id: str
    consultation_id: str
    token: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """What somebody who holds a link may see before opening it."""

    clinic: str
    doctor_name: str
    scheduled_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class LinkState:
    """What became of the newest link of a visit."""

    link_id: str
    issued_at: dt.datetime
    expires_at: dt.datetime
    opened_at: dt.datetime | None
    revoked_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RoomState:
    """What a gateway watches of a visit. `position` counts from 1 among those who wait for this doctor; 0 otherwise."""

    status: VisitStatus
    admitted: bool
    position: int


@dataclass(frozen=True, slots=True)
class PatientView:
    """What the patient's browser may know of the visit; names nobody but the two who meet.

    `consented` is whether the edition in force was agreed to. `max_minutes` is the longest a visit lasts.
    """

    consultation_id: str
    room_id: str
    status: VisitStatus
    clinic: str
    doctor_name: str
    doctor_title: str
    doctor_user_id: str
    scheduled_at: dt.datetime
    identity_stated: bool
    consented: bool
    waiting: bool
    admitted: bool
    rating: int | None
    max_minutes: int


@dataclass(frozen=True, slots=True)
class PriorDiagnosis:
    """A diagnosis made in person: a visit here (`appointment_id`), or what the doctor filed."""

    day: dt.date
    place: str
    appointment_id: str | None = None


@dataclass(frozen=True, slots=True)
class VideoVisit:
    """One video visit as the clinic sees it; `appointment_id` has always one, `consultation_id` once it is opened."""

    appointment_id: str
    consultation_id: str | None
    room_id: str | None
    doctor_id: str
    doctor_name: str
    doctor_user_id: str
    ref: PatientRef
    patient_name: str
    gender: Gender
    birthday: dt.date | None
    patient_confirmed: bool
    starts_at: dt.datetime
    minutes: int
    visit_type: VisitType
    appointment_status: Status
    status: VisitStatus | None
    symptoms: str
    entered_at: dt.datetime | None = None
    seen_at: dt.datetime | None = None
    admitted_at: dt.datetime | None = None
    consented_at: dt.datetime | None = None
    consent_version: str | None = None
    identity_stated_at: dt.datetime | None = None
    identity_checked_at: dt.datetime | None = None
    prior: PriorDiagnosis | None = None
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    duration: int | None = None
    quality: Quality | None = None
    rating: int | None = None
    feedback: str = ""

    @property
    def waits(self) -> bool:
        """Whether the patient is in the waiting room and not yet let in."""
        return self.status is VisitStatus.WAITING and self.entered_at is not None and self.admitted_at is None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the doctor writes at the end."""

    diagnosis: str
    treatment_plan: str
    notes: str = ""
    template_id: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A doctor's text blocks for the end of a visit."""

    template_id: str
    name: str
    diagnosis: str = ""
    treatment_plan: str = ""
    notes: str = ""
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Licence:
    """What lets a clinic see patients by internet.

    `approval_no` is of the approval that names internet diagnosis (互联网诊疗); `switched_on` is the
    administrator's word. Nothing opens after `valid_until`.
    """

    holder: str
    licence_no: str
    approval_no: str
    names_internet_diagnosis: bool
    valid_until: dt.date
    switched_on: bool


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a doctor may; `registration` is where the registration was looked up and its number."""

    doctor_id: str
    name: str
    eligible: bool
    registration: str = ""
    checked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class CallSetup:
    """What a call needs. `ice_servers` are objects of `RTCIceServer` (W3C WebRTC, 4.2.3) with time-limited credentials."""

    room: Room
    ice_servers: tuple[dict[str, Any], ...]
    max_minutes: int


@dataclass(frozen=True, slots=True)
class Lease:
    """Which workstation reads the doctor's signals of a room, counted by the server's clock.

    `generation` rises with every workstation that takes the room over, and with every attempt to connect.
    """

    room_id: str
    workstation: str
    generation: int
    held: bool
