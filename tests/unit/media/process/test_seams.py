"""What is replaced in aiortc and aioice is there in the installed versions, and is ours afterwards."""

import inspect
import re
import subprocess
import sys
from importlib.metadata import version

from aiortc import rtcrtpreceiver, rtcrtpsender
from aiortc.codecs.vpx import Vp8Encoder

from tcmdesk.media.process.receiver import ResilientReceiver


def test_the_versions_that_this_was_written_for():
    assert version("aiortc").startswith("1.16.")
    assert version("aioice").startswith("0.13.")
    assert version("av").startswith("18.")


def test_the_private_names_that_are_read():
    source = inspect.getsource(rtcrtpreceiver.RTCRtpReceiver)
    read = re.findall(r"_base\(\"(\w+)\"\)", inspect.getsource(ResilientReceiver))
    assert len(read) > 8
    assert [name for name in read if not re.search(rf"self\.__{name}\b.* = ", source)] == []
    assert "self.__encoder: " in inspect.getsource(rtcrtpsender.RTCRtpSender)
    assert "self.__target_bitrate = " in inspect.getsource(Vp8Encoder)


def test_installing_replaces_all_of_them():
    # in a process of its own: the replacements last
    script = """
from tcmdesk.media.process import seams
seams.install()
import aiortc.rtcpeerconnection, aiortc.rtcrtpsender, aiortc.rtcicetransport, asyncio
from aiortc import RTCPeerConnection, RTCConfiguration
async def main():
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connection.addTransceiver("audio"); connection.addTransceiver("video")
    await connection.setLocalDescription(await connection.createOffer())
    for transceiver in connection.getTransceivers():
        print(type(transceiver.receiver).__name__, type(transceiver.receiver.transport.transport._connection).__name__)
    print("opus nack" if "a=rtcp-fb:96 nack" in connection.localDescription.sdp else "no nack")
    await connection.close()
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines() == [
        "ResilientReceiver WatchedConnection",
        "ResilientReceiver WatchedConnection",
        "opus nack",
    ]
