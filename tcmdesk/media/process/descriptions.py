"""Session descriptions and candidates from and for others: what is asked of them, and what makes them unusable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from aiortc import RTCConfiguration, RTCIceServer, RTCRtpSender, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceTransportPolicy
from aiortc.rtcicetransport import parse_stun_turn_uri
from aiortc.sdp import candidate_from_sdp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiortc import RTCPeerConnection
    from aiortc.rtcicetransport import RTCIceCandidate

    from tcmdesk.media.protocol import IceServer, RemoteCandidate

_VP8_LINE: Final = re.compile(r"^a=rtpmap:(\d+) VP8/90000\r?$", re.MULTILINE)
_START_KBPS: Final = 1500
_LARGEST_KBPS: Final = 2500
_LONGEST: Final = 64_000


class UnusableError(ValueError):
    """A description or candidate that is none, or that cannot be met."""


def configuration(servers: Sequence[IceServer], *, relay_only: bool) -> RTCConfiguration:
    """A configuration that names exactly these servers; addresses of no meaning are left out."""
    usable = [
        RTCIceServer(urls=urls, username=server.username or None, credential=server.credential or None)
        for server in servers
        if (urls := [url for url in server.urls if _is_server(url)])
    ]
    policy = RTCIceTransportPolicy.RELAY if relay_only else RTCIceTransportPolicy.ALL
    return RTCConfiguration(
        iceServers=usable, bundlePolicy=RTCBundlePolicy.MAX_BUNDLE, iceTransportPolicy=policy
    )


def names_turn(servers: Sequence[IceServer]) -> bool:
    return any(url.startswith("turn") for server in servers for url in server.urls if _is_server(url))


def has_relay(sdp: str) -> bool:
    """Whether a TURN server gave a candidate."""
    return " typ relay" in sdp


def prefer_vp8(connection: RTCPeerConnection) -> None:
    """VP8 first: it costs a third of what aiortc's H.264 does. The others stay for those who have no VP8."""
    codecs = RTCRtpSender.getCapabilities("video").codecs
    ranked = sorted(codecs, key=lambda codec: (codec.name.lower() == "rtx", codec.name != "VP8"))
    for transceiver in connection.getTransceivers():
        if transceiver.kind == "video":
            transceiver.setCodecPreferences(ranked)


def outgoing(sdp: str) -> str:
    """Our description with what a browser wants to be told: begin at 1.5 Mb/s, do not exceed 2.5."""

    def hint(match: re.Match[str]) -> str:
        kind = match[1]
        if re.search(rf"^a=fmtp:{kind} ", sdp, re.MULTILINE):
            return match[0]
        return (
            f"a=rtpmap:{kind} VP8/90000\r\n"
            f"a=fmtp:{kind} x-google-start-bitrate={_START_KBPS};x-google-max-bitrate={_LARGEST_KBPS}\r"
        )

    return _VP8_LINE.sub(hint, sdp)


def incoming(sdp: str, kind: str) -> RTCSessionDescription:
    """A description of the other side; raises UnusableError for what is none at first sight."""
    if not sdp.startswith("v=0") or len(sdp) > _LONGEST or "m=" not in sdp:
        raise UnusableError("no session description")
    return RTCSessionDescription(sdp=sdp, type=kind)


def candidate_of(command: RemoteCandidate) -> RTCIceCandidate | None:
    """The candidate of a signal, None for the end of them; raises UnusableError."""
    text = command.candidate.removeprefix("candidate:").strip()
    if not text:
        return None
    try:
        candidate = candidate_from_sdp(text)
    except (ValueError, IndexError, KeyError, AssertionError) as error:
        raise UnusableError("no candidate") from error
    candidate.sdpMid = command.sdp_mid
    candidate.sdpMLineIndex = command.sdp_mline_index
    if candidate.sdpMid is None and candidate.sdpMLineIndex is None:
        # everything runs over the first section
        candidate.sdpMLineIndex = 0
    return candidate


def _is_server(url: Any) -> bool:
    try:
        parse_stun_turn_uri(url)
    except (ValueError, TypeError):
        return False
    return True
