// Camera and microphone: opening, choosing, changing, and why they do not open.

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 } };

/** Camera and microphone did not open; `reason` ends the key of what to say. */
export class Trouble extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

async function reasonOf(error) {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return "refused";
  if (error.name === "NotReadableError" || error.name === "AbortError") return "taken";
  if (error.name === "NotFoundError" || error.name === "OverconstrainedError") {
    const microphones = await list("audioinput");
    return microphones.length ? "no_camera" : "no_microphone";
  }
  return "failed";
}

/** Devices of a kind; their names are empty until the person has allowed one. */
export async function list(kind) {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter((device) => device.kind === kind);
}

/** What the person shows and says. Raises `changed` when a track is replaced, `lost` when one was unplugged. */
export class Devices extends EventTarget {
  stream = new MediaStream();
  facing = "user";

  get microphone() {
    return this.stream.getAudioTracks()[0] || null;
  }

  get camera() {
    return this.stream.getVideoTracks()[0] || null;
  }

  /** Ask for both at once, because some browsers ask the person once a request. */
  async open({ picture = true } = {}) {
    try {
      const video = picture ? { ...PICTURE, facingMode: this.facing } : false;
      this.#take(await navigator.mediaDevices.getUserMedia({ audio: SOUND, video }));
    } catch (error) {
      throw new Trouble(await reasonOf(error));
    }
  }

  async useMicrophone(deviceId) {
    await this.#replace({ audio: { ...SOUND, deviceId: { exact: deviceId } } });
  }

  async useCamera(deviceId) {
    await this.#replace({ video: { ...PICTURE, deviceId: { exact: deviceId } } });
  }

  /** The next camera; on a telephone the one on its other side. */
  async turnCamera() {
    const cameras = await list("videoinput");
    const now = this.camera ? this.camera.getSettings().deviceId : "";
    const next = cameras[(cameras.findIndex((camera) => camera.deviceId === now) + 1) % cameras.length];
    // two cameras of a telephone cannot be open at once
    if (this.camera) this.camera.stop();
    await this.useCamera(next.deviceId);
  }

  close() {
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = new MediaStream();
  }

  async #replace(constraints) {
    try {
      this.#take(await navigator.mediaDevices.getUserMedia(constraints));
    } catch (error) {
      throw new Trouble(await reasonOf(error));
    }
  }

  #take(fresh) {
    for (const track of fresh.getTracks()) {
      for (const old of this.stream.getTracks().filter((one) => one.kind === track.kind)) {
        track.enabled = old.enabled;
        old.stop();
        this.stream.removeTrack(old);
      }
      track.addEventListener("ended", () => this.#onEnded(track));
      this.stream.addTrack(track);
      this.dispatchEvent(new CustomEvent("changed", { detail: track }));
    }
  }

  /** Unplugged, or taken away by the system: another of the kind takes its place. */
  async #onEnded(track) {
    if (!this.stream.getTracks().includes(track)) return;
    this.stream.removeTrack(track);
    const wanted = track.kind === "audio" ? { audio: SOUND } : { video: PICTURE };
    try {
      this.#take(await navigator.mediaDevices.getUserMedia(wanted));
      this.dispatchEvent(new CustomEvent("lost", { detail: { kind: track.kind, replaced: true } }));
    } catch {
      this.dispatchEvent(new CustomEvent("lost", { detail: { kind: track.kind, replaced: false } }));
    }
  }
}
