"""The media process and a real browser: how much the browser sends, that it yields, and what becomes of the sound."""

import asyncio
import json
import statistics
import time

import pytest
from aiohttp import web

from tcmdesk.media.protocol import DescriptionType, LocalDescription, Role
from tests.support.calls import CALL, Party
from tests.support.chromium import ALLOW_DEVICES, browser
from tests.support.lossy_udp import Conditions, LossyUdp

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><title>peer</title><video id=v autoplay playsinline muted></video><script>
const pc = new RTCPeerConnection({iceServers: []});
pc.ontrack = event => { document.getElementById('v').srcObject = event.streams[0]; };
function grain() {
  // a picture that needs every bit it can get; the fake camera's is plain and needs 0.5 Mb/s at most
  const canvas = document.createElement('canvas');
  canvas.width = 640; canvas.height = 480;
  const context = canvas.getContext('2d'), image = context.createImageData(640, 480);
  const words = new Uint32Array(image.data.buffer);
  let seed = 1;
  setInterval(() => {
    for (let at = 0; at < words.length; at += 3) {
      seed = seed * 1664525 + 1013904223 | 0;
      words[at] = words[at + 1] = words[at + 2] = 0xff000000 | (seed & 0x7f7f7f);
    }
    context.putImageData(image, 0, 0);
  }, 40);
  return canvas;
}
async function answer(sdp) {
  const media = await navigator.mediaDevices.getUserMedia({audio: true, video: false});
  media.addTrack(grain().captureStream(25).getVideoTracks()[0]);
  media.getTracks().forEach(track => pc.addTrack(track, media));
  await pc.setRemoteDescription({type: 'offer', sdp});
  const made = await pc.createAnswer();
  // sound that is lost is asked for again: the browser offers that for pictures only
  const opus = /a=rtpmap:(\\d+) opus/.exec(made.sdp)[1];
  made.sdp = made.sdp.replace(`a=rtpmap:${opus} opus/48000/2\\r\\n`,
                              `a=rtpmap:${opus} opus/48000/2\\r\\na=rtcp-fb:${opus} nack\\r\\n`);
  await pc.setLocalDescription(made);
  if (pc.iceGatheringState !== 'complete')
    await new Promise(done => pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && done());
  return pc.localDescription.sdp;
}
async function figures() {
  const found = {};
  for (const one of (await pc.getStats()).values())
    if (one.type === 'inbound-rtp') found[one.kind] = {
      concealed: one.concealedSamples, silent: one.silentConcealedSamples, samples: one.totalSamplesReceived,
      frames: one.framesDecoded};
  return JSON.stringify(found);
}
</script>"""


async def _show(_request):
    return web.Response(text=PAGE, content_type="text/html")


class Visit:
    """A browser's page that answers the media process's call."""

    def __init__(self, line):
        self.line = line

    async def __aenter__(self):
        application = web.Application()
        application.router.add_get("/", _show)
        self._runner = web.AppRunner(application)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self._browser = browser(ALLOW_DEVICES)
        chromium = await self._browser.__aenter__()
        self.page = await chromium.page()
        await self.page.open(f"http://127.0.0.1:{port}/")
        self.party = await asyncio.to_thread(Party, "a")
        return self

    async def __aexit__(self, *error):
        await self._browser.__aexit__(*error)
        await self._runner.cleanup()
        await asyncio.to_thread(self.party.client.close)

    async def call(self):
        self.party.start(0, Role.OFFER)
        _, offer = await asyncio.to_thread(self.party.wait, LocalDescription)
        sdp = self.line.rewrite(0, "a", offer.sdp)
        answered = await self.page.evaluate(f"answer({json.dumps(sdp)})")
        sdp = self.line.rewrite(0, "b", answered)
        self.party.client.remote_description(CALL, 0, sdp, DescriptionType.ANSWER)
        await asyncio.to_thread(self.party.connected)

    async def figures(self):
        return json.loads(await self.page.evaluate("figures()"))


def mean(seconds, name):
    return statistics.mean(getattr(one, name) for one in seconds)


async def test_the_browser_sends_a_good_picture_and_yields_when_the_line_is_narrow():
    with LossyUdp(Conditions(delay=0.01)) as line:
        async with Visit(line) as visit:
            await visit.call()
            await asyncio.sleep(12)
            wide = visit.party.seconds(time.monotonic() - 5)
            assert mean(wide, "kbps_in") >= 1200
            assert mean(wide, "fps") >= 15
            line.conditions = Conditions(delay=0.01, kbps=600)
            await asyncio.sleep(12)
            narrow = visit.party.seconds(time.monotonic() - 5)
            assert mean(narrow, "kbps_in") <= 600
            assert mean(narrow, "audio_delivered") >= 0.97
            assert mean(narrow, "fps") >= 8


async def test_the_browser_yields_to_loss():
    with LossyUdp(Conditions(delay=0.01)) as line:
        async with Visit(line) as visit:
            await visit.call()
            await asyncio.sleep(10)
            before = mean(visit.party.seconds(time.monotonic() - 4), "kbps_in")
            line.conditions = Conditions(delay=0.01, loss=0.2)
            await asyncio.sleep(14)
            assert mean(visit.party.seconds(time.monotonic() - 4), "kbps_in") <= 0.6 * before


async def test_sound_survives_loss_both_ways():
    with LossyUdp(Conditions(delay=0.01, loss=0.05)) as line:
        async with Visit(line) as visit:
            await visit.call()
            await asyncio.sleep(3)
            since, before = time.monotonic(), await visit.figures()
            await asyncio.sleep(10)
            after = await visit.figures()
            seconds = visit.party.seconds(since)
            assert mean(seconds, "loss_in") > 0.01
            assert mean(seconds, "audio_delivered") >= 0.99
            played = {name: after["audio"][name] - before["audio"][name] for name in after["audio"]}
            # what the browser made up because nothing had come
            assert played["concealed"] / played["samples"] <= 0.03
            assert after["video"]["frames"] - before["video"]["frames"] >= 100
