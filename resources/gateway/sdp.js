// What is added to session descriptions (RFC 8866). Lines are added, never taken away.

function payloadTypes(sdp, codec) {
  const pattern = new RegExp(`^a=rtpmap:(\\d+) ${codec}/`, "gim");
  return [...sdp.matchAll(pattern)].map((found) => found[1]);
}

function addAfterMap(sdp, type, line) {
  return sdp.replace(new RegExp(`^(a=rtpmap:${type} .*)$`, "m"), `$1\r\n${line}`);
}

/** Ask for lost sound to be sent again (RFC 4585, generic NACK for Opus). */
export function withSoundResent(sdp) {
  let changed = sdp;
  for (const type of payloadTypes(sdp, "opus")) {
    const line = `a=rtcp-fb:${type} nack`;
    if (!new RegExp(`^${line}\\s*$`, "m").test(changed)) changed = addAfterMap(changed, type, line);
  }
  return changed;
}

/** Let the encoder begin at a bitrate (kbit/s) worth looking at; it yields to losses as ever. */
export function withVideoStart(sdp, kilobits) {
  const hint = `x-google-start-bitrate=${kilobits}`;
  let changed = sdp;
  for (const codec of ["VP8", "H264"]) {
    for (const type of payloadTypes(changed, codec)) {
      const format = new RegExp(`^(a=fmtp:${type} (?!.*x-google-start-bitrate).*)$`, "m");
      if (format.test(changed)) changed = changed.replace(format, `$1;${hint}`);
      else if (!changed.includes(`a=fmtp:${type} `)) changed = addAfterMap(changed, type, `a=fmtp:${type} ${hint}`);
    }
  }
  return changed;
}
