"""Where aiortc 1.16 and aioice 0.13 are extended: every replacement of a name of theirs stands here.

They have no settings for what is changed. Each name is looked up before it is replaced, so that another version fails at
the start and not in a call; the versions are pinned in requirements/run.in.
"""

from __future__ import annotations

import logging
from functools import partialmethod
from typing import Any, Final

import aiortc.rtcicetransport
import aiortc.rtcpeerconnection
import aiortc.rtcrtpsender
from aioice import ice
from aiortc.codecs import CODECS
from aiortc.rtcrtpparameters import RTCRtcpFeedback

from tcmdesk.media.process.consent import WatchedConnection
from tcmdesk.media.process.receiver import ResilientReceiver
from tcmdesk.media.process.senders import get_encoder

GATHERING_SECONDS: Final = 2.0
"""How long STUN and TURN servers are waited for; aioice's five would delay every offer when one is away."""


def install() -> None:
    """Replace what has to be, once in the life of a process."""
    _replace(aiortc.rtcpeerconnection, "RTCRtpReceiver", ResilientReceiver)
    _replace(aiortc.rtcrtpsender, "get_encoder", get_encoder)
    _replace(aiortc.rtcicetransport, "Connection", WatchedConnection)
    _replace(
        ice.Connection,
        "get_component_candidates",
        partialmethod(ice.Connection.get_component_candidates, timeout=GATHERING_SECONDS),
    )
    _replace(ice, "get_host_addresses", _host_addresses(ice.get_host_addresses))
    opus = next(codec for codec in CODECS["audio"] if codec.name == "opus")
    if not opus.rtcpFeedback:
        opus.rtcpFeedback.append(RTCRtcpFeedback(type="nack"))
        opus.parameters["useinbandfec"] = 1
    # they log addresses
    for name in ("aiortc", "aioice"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _replace(owner: Any, name: str, ours: Any) -> None:
    getattr(owner, name)
    setattr(owner, name, ours)


def _host_addresses(stock: Any) -> Any:
    def addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        # without any network, two programs of one machine can still talk
        return stock(use_ipv4, use_ipv6) or ["127.0.0.1"]

    return addresses
