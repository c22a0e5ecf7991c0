"""Video consultations, their recordings, signals and events."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import (
    Counter,
    CreatedAt,
    Flag,
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
