"""Video consultations, their recordings, signals and events, and what only the clinic keeps about them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from sqlalchemy import CHAR, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import (
    Counter,
    CreatedAt,
    Flag,
    Id,
    Moment,
    OneOf,
    Ref,
    ServerId,
    UpdatedAt,
    json_column,
)

ConsultationStatus = Literal["waiting", "in_progress", "completed", "cancelled", "no_show"]
ConnectionQuality = Literal["excellent", "good", "fair", "poor"]
RecordingStatus = Literal["recording", "processing", "completed", "failed"]
SignalType = Literal["offer", "answer", "ice_candidate", "join", "leave", "error"]
CallEventType = Literal[
    "joined",
    "left",
    "reconnected",
    "disconnected",
    "camera_on",
    "camera_off",
    "mic_on",
    "mic_off",
    "screen_share_start",
    "screen_share_end",
    "recording_start",
    "recording_end",
    "network_poor",
    "network_recovered",
]


class VideoConsultation(Base):
    """A consultation by video; `duration` in seconds."""

    __tablename__ = "video_consultations"
    __table_args__ = (
        Index("idx_video_consultations_appointment_id", "appointment_id"),
        Index("idx_video_consultations_doctor_id", "doctor_id"),
        Index("idx_video_consultations_patient_id", "patient_id"),
        Index("idx_video_consultations_room_id", "room_id"),
        Index("idx_video_consultations_status", "status"),
        Index("idx_video_consultations_scheduled_time", "scheduled_start_time"),
    )

    id: Mapped[ServerId]
    appointment_id: Mapped[Ref] = mapped_column(ForeignKey("appointments.id"))
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    patient_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    room_id: Mapped[str] = mapped_column(String(100), unique=True)
    status: Mapped[ConsultationStatus] = mapped_column(OneOf(ConsultationStatus), server_default="waiting")
    scheduled_start_time: Mapped[Moment]
    actual_start_time: Mapped[Moment | None]
    end_time: Mapped[Moment | None]
    duration: Mapped[int | None]
    doctor_token: Mapped[str | None] = mapped_column(Text)
    patient_token: Mapped[str | None] = mapped_column(Text)
    ice_servers: Mapped[Any | None] = mapped_column(json_column())
    chief_complaint: Mapped[str | None] = mapped_column(Text)
    diagnosis: Mapped[str | None] = mapped_column(Text)
    treatment_plan: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    connection_quality: Mapped[ConnectionQuality | None] = mapped_column(OneOf(ConnectionQuality))
    patient_rating: Mapped[int | None]
    patient_feedback: Mapped[str | None] = mapped_column(Text)
    metadata_: Mapped[Any | None] = mapped_column("metadata", json_column())
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class VideoRecording(Base):
    """A recording of a consultation; `file_size` in bytes, `duration` in seconds."""

    __tablename__ = "video_recordings"
    __table_args__ = (
        Index("idx_video_recordings_consultation_id", "consultation_id"),
        Index("idx_video_recordings_status", "status"),
    )

    id: Mapped[ServerId]
    consultation_id: Mapped[Ref] = mapped_column(ForeignKey("video_consultations.id"))
    recording_url: Mapped[str | None] = mapped_column(String(500))
    thumbnail_url: Mapped[str | None] = mapped_column(String(500))
    file_size: Mapped[int | None] = mapped_column(BigInteger)
    duration: Mapped[int | None]
    format: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[RecordingStatus] = mapped_column(OneOf(RecordingStatus), server_default="recording")
    error_message: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[CreatedAt]
    completed_at: Mapped[Moment | None]
    expires_at: Mapped[Moment | None]
    created_at: Mapped[CreatedAt]


class WebrtcSignal(Base):
    """A signalling message between two accounts in a room."""

    __tablename__ = "webrtc_signals"
    __table_args__ = (
        Index("idx_webrtc_signals_room_id", "room_id"),
        Index("idx_webrtc_signals_to_user", "to_user_id", "delivered"),
        Index("idx_webrtc_signals_created_at", "created_at"),
    )

    id: Mapped[ServerId]
    room_id: Mapped[str] = mapped_column(String(100))
    from_user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    to_user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    signal_type: Mapped[SignalType] = mapped_column(OneOf(SignalType))
    payload: Mapped[Any] = mapped_column(json_column())
    delivered: Mapped[Flag | None]
    created_at: Mapped[CreatedAt]


class VideoCallEvent(Base):
    """Something that happened in a call."""

    __tablename__ = "video_call_events"
    __table_args__ = (
        Index("idx_video_call_events_consultation_id", "consultation_id"),
        Index("idx_video_call_events_user_id", "user_id"),
        Index("idx_video_call_events_type", "event_type"),
        Index("idx_video_call_events_created_at", "created_at"),
    )

    id: Mapped[ServerId]
    consultation_id: Mapped[Ref] = mapped_column(ForeignKey("video_consultations.id"))
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    event_type: Mapped[CallEventType] = mapped_column(OneOf(CallEventType))
    event_data: Mapped[Any | None] = mapped_column(json_column())
    ip_address: Mapped[str | None] = mapped_column(String(45))
    user_agent: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[CreatedAt]


class VideoConsultationTemplate(Base):
    """A doctor's text blocks for consultations."""

    __tablename__ = "video_consultation_templates"
    __table_args__ = (Index("idx_consultation_templates_doctor_id", "doctor_id"),)

    id: Mapped[ServerId]
    doctor_id: Mapped[Ref] = mapped_column(ForeignKey("doctors.id"))
    name: Mapped[str] = mapped_column(String(100))
    chief_complaint: Mapped[str | None] = mapped_column(Text)
    diagnosis: Mapped[str | None] = mapped_column(Text)
    treatment_plan: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    usage_count: Mapped[Counter | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class DeskVideoVisit(Base):
    """What the contract's row has no column for.

    `profile_id` is the family member; `consented_at` and `identity_stated_at` are the patient's words,
    `identity_checked_at` the doctor's. The patient is in the waiting room from `entered_at` until `left_at` is
    set, and may send signals from `admitted_at`. `seen_at` is the last sign of the browser.
    """

    __tablename__ = "desk_video_visits"

    consultation_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    profile_id: Mapped[Ref | None]
    consent_version: Mapped[str | None] = mapped_column(String(20))
    consented_at: Mapped[Moment | None]
    identity_stated_at: Mapped[Moment | None]
    identity_checked_at: Mapped[Moment | None]
    identity_checked_by: Mapped[Ref | None]
    entered_at: Mapped[Moment | None]
    seen_at: Mapped[Moment | None]
    left_at: Mapped[Moment | None]
    admitted_at: Mapped[Moment | None]
    admitted_by: Mapped[Ref | None]


class DeskVideoLink(Base):
    """A link for a patient: opens once, until it expires or is revoked."""

    __tablename__ = "desk_video_links"
    __table_args__ = (Index("desk_video_links_consultation", "consultation_id"),)

    id: Mapped[Id]
    consultation_id: Mapped[Ref]
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    issued_by: Mapped[Ref | None]
    issued_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    opened_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]


class DeskVideoSession(Base):
    """A browser that has opened a link. At most one of a visit is not ended."""

    __tablename__ = "desk_video_sessions"
    __table_args__ = (Index("desk_video_sessions_consultation", "consultation_id"),)

    id: Mapped[Id]
    consultation_id: Mapped[Ref]
    link_id: Mapped[Ref]
    user_id: Mapped[Ref]
    token_hash: Mapped[str] = mapped_column(CHAR(64), unique=True)
    opened_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class DeskVideoLease(Base):
    """Which workstation reads the doctor's signals of a room, until `expires`: seconds since 1970, the server's."""

    __tablename__ = "desk_video_leases"

    room_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    workstation: Mapped[str] = mapped_column(String(64))
    generation: Mapped[int]
    expires: Mapped[int] = mapped_column(BigInteger)


class DeskVideoLicence(Base):
    """The clinic's licence for internet diagnosis as it was entered; the newest row counts, older ones are kept."""

    __tablename__ = "desk_video_licences"

    id: Mapped[Id]
    holder: Mapped[str] = mapped_column(String(200))
    licence_no: Mapped[str] = mapped_column(String(100))
    approval_no: Mapped[str] = mapped_column(String(100))
    names_internet_diagnosis: Mapped[Flag]
    valid_until: Mapped[dt.date]
    switched_on: Mapped[Flag]
    entered_by: Mapped[Ref | None]
    entered_at: Mapped[Moment]


class DeskVideoDoctor(Base):
    """A doctor who may see patients by video, and who looked that up."""

    __tablename__ = "desk_video_doctors"

    doctor_id: Mapped[str] = mapped_column(CHAR(36), primary_key=True)
    eligible: Mapped[Flag]
    registration: Mapped[str] = mapped_column(String(200))
    checked_by: Mapped[Ref | None]
    checked_at: Mapped[Moment]


class DeskVideoDiagnosis(Base):
    """A diagnosis that somebody made in person before, filed by a doctor who saw the paper."""

    __tablename__ = "desk_video_diagnoses"
    __table_args__ = (Index("desk_video_diagnoses_person", "user_id", "profile_id"),)

    id: Mapped[Id]
    user_id: Mapped[Ref]
    profile_id: Mapped[Ref | None]
    diagnosed_on: Mapped[dt.date]
    place: Mapped[str] = mapped_column(String(200))
    filed_by: Mapped[Ref | None]
    filed_at: Mapped[Moment]
