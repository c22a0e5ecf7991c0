// One attempt to connect: a peer connection of its own, known by its generation.

import { withSoundResent, withVideoStart } from "./sdp.js";

const START_KILOBITS = 1500;
const LARGEST_VIDEO = 1_800_000;
// host candidates come within milliseconds: in the description they cost no signal of their own
const GATHER_FIRST = 60;

/** Events: `state` (detail is the connection's state). Signals go out by `send(kind, payload)`. */
export class Attempt extends EventTarget {
  constructor({ generation, iceServers, stream, send }) {
    super();
    this.generation = generation;
    this.begun = performance.now();
    this.remote = new MediaStream();
    this.mine = false;
    this.#send = (kind, payload) => send(kind, { ...payload, generation });
    this.pc = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    this.pc.ontrack = ({ track }) => {
      this.remote.addTrack(track);
      this.dispatchEvent(new Event("track"));
    };
    this.pc.onicecandidate = ({ candidate }) => this.#onCandidate(candidate);
    this.pc.onconnectionstatechange = () =>
      this.dispatchEvent(new CustomEvent("state", { detail: this.pc.connectionState }));
    this.#stream = stream;
  }

  #send;
  #stream;
  #early = [];
  #described = false;
  #closed = false;

  get connected() {
    return this.pc.connectionState === "connected";
  }

  /** Whether nothing more can come of it. */
  get dead() {
    return this.#closed || this.pc.connectionState === "failed" || this.pc.connectionState === "closed";
  }

  async offer() {
    this.mine = true;
    this.#addTracks();
    for (const kind of ["audio", "video"]) {
      const there = this.pc.getTransceivers().some((one) => one.receiver.track.kind === kind);
      if (!there) this.pc.addTransceiver(kind, { direction: "recvonly" });
    }
    await this.#describe(await this.pc.createOffer());
  }

  async answer(sdp) {
    await this.#hear({ type: "offer", sdp });
    this.#addTracks();
    await this.#describe(await this.pc.createAnswer());
  }

  async answered(sdp) {
    if (this.pc.signalingState === "have-local-offer") await this.#hear({ type: "answer", sdp });
  }

  /** A candidate of the other side; a malformed one costs itself only. */
  async candidate({ candidate, sdp_mid: sdpMid, sdp_mline_index: sdpMLineIndex }) {
    const given = { candidate, sdpMid, sdpMLineIndex };
    if (!this.pc.remoteDescription) {
      this.#early.push(given);
      return;
    }
    try {
      await this.pc.addIceCandidate(given);
    } catch (error) {
      console.info("candidate not taken", error.name);
    }
  }

  /** Show or say something else from now on; null stops a kind. */
  async replace(track) {
    const sender = this.pc.getSenders().find((one) => one.track && one.track.kind === track.kind);
    if (sender) await sender.replaceTrack(track);
  }

  /** Send the own picture or keep it back to save the line. */
  async sendPicture(wanted) {
    const sender = this.pc.getSenders().find((one) => one.track && one.track.kind === "video");
    if (!sender) return;
    const parameters = sender.getParameters();
    if (!parameters.encodings || !parameters.encodings.length) return;
    parameters.encodings[0].active = wanted;
    await sender.setParameters(parameters);
  }

  close() {
    this.#closed = true;
    this.pc.ontrack = this.pc.onicecandidate = this.pc.onconnectionstatechange = null;
    this.pc.close();
  }

  #addTracks() {
    for (const track of this.#stream.getTracks()) this.pc.addTrack(track, this.#stream);
  }

  async #describe(description) {
    await this.pc.setLocalDescription({ type: description.type, sdp: withSoundResent(description.sdp) });
    await this.#limit();
    await this.#gathered();
    if (this.#closed) return;
    this.#described = true;
    this.#send(description.type, { sdp: this.pc.localDescription.sdp });
  }

  async #hear(description) {
    await this.pc.setRemoteDescription({ ...description, sdp: withVideoStart(description.sdp, START_KILOBITS) });
    for (const one of this.#early.splice(0)) {
      await this.candidate({ candidate: one.candidate, sdp_mid: one.sdpMid, sdp_mline_index: one.sdpMLineIndex });
    }
  }

  /** Those that came before the description was sent are inside it. */
  #onCandidate(candidate) {
    if (this.#described) this.#sendCandidate(candidate);
  }

  #sendCandidate(candidate) {
    this.#send("ice_candidate", {
      candidate: candidate ? candidate.candidate : "",
      sdp_mid: candidate ? candidate.sdpMid : "0",
      sdp_mline_index: candidate ? candidate.sdpMLineIndex : 0,
    });
  }

  /** Until all candidates are known, or as long as it is worth waiting for the nearest. */
  async #gathered() {
    const ending = performance.now() + GATHER_FIRST;
    while (this.pc.iceGatheringState !== "complete" && performance.now() < ending && !this.#closed) {
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  async #limit() {
    for (const sender of this.pc.getSenders()) {
      if (!sender.track) continue;
      const parameters = sender.getParameters();
      if (!parameters.encodings || !parameters.encodings.length) continue;
      if (sender.track.kind === "video") {
        parameters.encodings[0].maxBitrate = LARGEST_VIDEO;
        parameters.degradationPreference = "maintain-framerate";
      } else {
        parameters.encodings[0].priority = "high";
        parameters.encodings[0].networkPriority = "high";
      }
      try {
        await sender.setParameters(parameters);
      } catch {
        // before the first answer some browsers have no encodings to set
      }
    }
  }
}
