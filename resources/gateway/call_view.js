// The call on screen: the doctor fills it, the own picture stands small in a corner, five buttons at the foot.

import { list } from "./devices.js";
import { el, icon, show } from "./dom.js";
import { t } from "./text.js";

const BARS = { excellent: 4, good: 3, fair: 2, poor: 1 };
const SHORT = 6000;
/** Width of the black picture that a desk without a picture sends. */
const BLANK = 160;

export class CallView {
  constructor({ call, devices, visit, log, hangUp }) {
    this.#call = call;
    this.#devices = devices;
    this.#visit = visit;
    this.#log = log;
    this.#hangUp = hangUp;
    this.#listen(call, "connected", () => this.#onConnected());
    this.#listen(call, "down", () => this.#onDown());
    this.#listen(call, "remote", () => this.#showDoctor());
    this.#listen(call, "quality", ({ detail }) => this.#onQuality(detail));
    this.#listen(call, "picture", ({ detail }) => this.#onPicture(detail));
    this.#listen(devices, "changed", () => this.#showOwn());
    this.#listen(devices, "lost", ({ detail }) => this.#onLost(detail));
  }

  #call;
  #devices;
  #visit;
  #log;
  #hangUp;
  #listening = [];
  #parts = {};
  #quality = null;
  #wasConnected = false;
  #seconds = 0;
  #clock = null;
  #hint = null;

  draw() {
    const { doctor } = this.#visit;
    const parts = {
      remote: el("video", { className: "remote", autoplay: true, playsInline: true }),
      own: el("video", { className: "own", muted: true, autoplay: true, playsInline: true }),
      status: el("p", { className: "status", role: "status" }),
      hint: el("p", { className: "call-hint", role: "status", hidden: true }),
      time: el("span", { className: "time" }),
      quality: el("span", { className: "quality" }),
      sound: this.#control("sound", "sound", "call.tap_for_sound", () => this.#play()),
      microphone: this.#control("microphone", "microphone", "call.mute", () => this.#toggle("microphone")),
      camera: this.#control("camera", "video", "call.camera_off", () => this.#toggle("camera")),
      other: this.#control("other", "camera-turn", "call.other_camera", () => this.#turn()),
      end: this.#control("end", "phone-off", "call.hang_up", this.#hangUp),
    };
    this.#parts = parts;
    parts.remote.setAttribute("aria-label", t("call.doctor_picture", { doctor }));
    parts.own.setAttribute("aria-label", t("call.own_picture"));
    parts.sound.hidden = true;
    parts.remote.addEventListener("resize", () => this.#fit());
    show(
      "call",
      el(
        "section",
        { className: "call" },
        parts.remote,
        el(
          "div",
          { className: "call-head" },
          el("h1", { textContent: doctor }),
          parts.time,
          parts.quality,
        ),
        parts.status,
        parts.sound,
        parts.own,
        parts.hint,
        el("div", { className: "controls" }, parts.microphone, parts.camera, parts.other, parts.end),
      ),
    );
    this.#showOwn();
    this.#showDoctor();
    this.#showStatus();
    this.#showQuality();
    this.#label();
  }

  close() {
    clearInterval(this.#clock);
    clearTimeout(this.#hint);
    for (const [target, name, listener] of this.#listening) target.removeEventListener(name, listener);
  }

  #listen(target, name, listener) {
    this.#listening.push([target, name, listener]);
    target.addEventListener(name, listener);
  }

  #control(name, symbol, key, onclick) {
    return el(
      "button",
      { type: "button", name, className: `control ${name}`, onclick },
      icon(symbol),
      el("span", { textContent: t(key) }),
    );
  }

  #relabel(control, symbol, key, pressed) {
    control.replaceChildren(icon(symbol), el("span", { textContent: t(key) }));
    control.setAttribute("aria-pressed", String(pressed));
  }

  #onConnected() {
    if (this.#wasConnected) this.#log("reconnected");
    this.#wasConnected = true;
    this.#clock ??= setInterval(() => {
      this.#seconds += 1;
      const minutes = Math.floor(this.#seconds / 60);
      this.#parts.time.textContent = `${minutes}:${String(this.#seconds % 60).padStart(2, "0")}`;
    }, 1000);
    this.#showStatus();
  }

  #onDown() {
    this.#quality = null;
    this.#showQuality();
    this.#showStatus();
  }

  #onQuality(word) {
    this.#quality = word;
    this.#showQuality();
    this.#fit();
  }

  #onPicture(sent) {
    this.#log(sent ? "network_recovered" : "network_poor");
    this.#parts.own.classList.toggle("kept-back", !sent);
    this.#say(sent ? "" : t("call.voice_only"), 0);
  }

  #onLost({ kind, replaced }) {
    this.#showOwn();
    this.#label();
    if (replaced) this.#say(t("call.device_gone"), SHORT);
    else if (kind === "audio") this.#say(t("call.device_lost"), 0);
  }

  #say(text, milliseconds) {
    clearTimeout(this.#hint);
    this.#parts.hint.textContent = text;
    this.#parts.hint.hidden = !text;
    if (text && milliseconds) this.#hint = setTimeout(() => this.#say("", 0), milliseconds);
  }

  #showStatus() {
    const { status } = this.#parts;
    const key = this.#call.flowing ? "" : this.#wasConnected ? "call.line_down" : "call.connecting";
    status.textContent = key ? t(key) : "";
    status.hidden = !key;
    this.#fit();
  }

  #showQuality() {
    const { quality } = this.#parts;
    quality.hidden = !this.#quality;
    if (!this.#quality) return;
    const bars = el("span", { className: "bars", ariaHidden: "true" });
    for (let at = 1; at <= 4; at += 1) bars.append(el("i", { className: at <= BARS[this.#quality] ? "on" : "" }));
    quality.dataset.word = this.#quality;
    quality.replaceChildren(bars, t(`quality.${this.#quality}`));
  }

  /** The doctor's picture, and words where there is none. */
  #showDoctor() {
    const { remote } = this.#parts;
    const stream = this.#call.current?.remote || null;
    if (remote.srcObject !== stream) {
      remote.srcObject = stream;
      this.#play();
    }
  }

  #fit() {
    const { remote, status } = this.#parts;
    const pictured = this.#call.flowing && remote.videoWidth > BLANK;
    if (this.#call.flowing) {
      status.hidden = pictured;
      if (!pictured) status.textContent = t("call.doctor_voice");
    }
  }

  async #play() {
    const { remote, sound } = this.#parts;
    if (!remote.srcObject) return;
    try {
      await remote.play();
      sound.hidden = true;
    } catch (error) {
      // a page that was reloaded may make no sound before it is touched
      sound.hidden = error.name !== "NotAllowedError";
    }
  }

  async #showOwn() {
    const { own, other } = this.#parts;
    if (!own) return;
    own.srcObject = this.#devices.stream;
    own.hidden = !this.#devices.camera || !this.#devices.camera.enabled;
    other.hidden = !this.#devices.camera || (await list("videoinput")).length < 2;
  }

  #label() {
    const { microphone, camera } = this.#parts;
    const track = { microphone: this.#devices.microphone, camera: this.#devices.camera };
    const muted = !track.microphone?.enabled;
    const dark = !track.camera?.enabled;
    this.#relabel(microphone, muted ? "microphone-off" : "microphone", muted ? "call.unmute" : "call.mute", muted);
    this.#relabel(camera, dark ? "camera-off" : "video", dark ? "call.camera_on" : "call.camera_off", dark);
    microphone.disabled = !track.microphone;
    camera.disabled = !track.camera;
  }

  #toggle(which) {
    const track = this.#devices[which];
    if (!track) return;
    track.enabled = !track.enabled;
    this.#log(`${which === "camera" ? "camera" : "mic"}_${track.enabled ? "on" : "off"}`);
    this.#label();
    this.#showOwn();
  }

  async #turn() {
    try {
      await this.#devices.turnCamera();
    } catch (error) {
      this.#say(t(`trouble.${error.reason || "failed"}`), SHORT);
    }
  }
}
