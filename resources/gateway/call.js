// The call as a whole: attempts that overlap, the newest connected one is it.
//
// The doctor's attempts have even generations, ours odd ones, each above all that were seen; so two offers never meet in
// one generation, but with a client that knows no generations (0): then the doctor's offer stands. While nothing flows
// and the gateway can be reached, an attempt is made every half second; whichever connects first is shown, and a newer
// one that connects takes over. Rules: docs/decisions/signalling.md.

import { Attempt } from "./attempt.js";
import { counts, Quality } from "./quality.js";

const EVERY = 500;
const LIVE_AT_ONCE = 8;
const SILENT = 2000;
const JOIN_AFTER = 400;
const FIRST_OFFER_AFTER = 2000;
const EARLY_AT_ONCE = 200;
const KEPT = "generation";

/** Events: `connected`, `down`, `quality` (detail is the word), `picture` (detail: own picture is sent), `remote`. */
export class Call extends EventTarget {
  constructor({ line, devices, iceServers }) {
    super();
    this.iceServers = iceServers;
    this.#line = line;
    this.#devices = devices;
    this.#highest = Number(sessionStorage.getItem(KEPT)) || 0;
  }

  #line;
  #devices;
  #highest;
  #attempts = new Map();
  #early = new Map();
  #current = null;
  #quality = new Quality();
  #timers = [];
  #begun = 0;
  #offered = 0;
  #heardOffer = 0;
  #bytes = { count: 0, since: 0 };
  #flowing = false;

  /** Whether pictures or sound come in. */
  get flowing() {
    return this.#flowing;
  }

  get current() {
    return this.#current;
  }

  begin() {
    this.#begun = performance.now();
    this.#line.quick = true;
    // the doctor's side offers by itself when it lets somebody in; it does not know of a page that was reloaded
    this.#timers = [setTimeout(() => this.#heardOffer || this.join(), JOIN_AFTER)];
    this.#devices.addEventListener("changed", this.#onTrack);
    this.#timers.push(setInterval(() => this.#tend(), EVERY), setInterval(() => this.#measure(), 1000));
  }

  /** Say that this page is ready; the doctor's side offers. */
  join() {
    this.#line.send({ t: "signal", kind: "join", payload: { generation: this.#highest } });
  }

  end() {
    for (const timer of this.#timers) clearInterval(timer);
    this.#devices.removeEventListener("changed", this.#onTrack);
    this.#line.quick = false;
    for (const attempt of this.#attempts.values()) attempt.close();
    this.#attempts.clear();
    this.#current = null;
    this.#flowing = false;
  }

  /** A signal of the doctor. What is malformed or of an attempt long gone is left alone. */
  async signal({ kind, payload }) {
    const generation = payload.generation || 0;
    this.#seen(generation);
    try {
      if (kind === "offer") await this.#offer(generation, payload.sdp);
      else if (kind === "answer") await this.#attempts.get(generation)?.answered(payload.sdp);
      else if (kind === "ice_candidate") await this.#candidate(generation, payload);
    } catch (error) {
      console.info("signal not taken", kind, error.name);
      this.#forget(generation);
    }
  }

  async #offer(generation, sdp) {
    this.#heardOffer = performance.now();
    if (this.#current && generation && generation < this.#current.generation) return;
    const met = this.#attempts.get(generation);
    if (met) {
      // an offer for a connection that stands is the other side's fresh beginning
      if (met === this.#current) this.#current = null;
      this.#forget(generation);
    }
    await this.#make(generation).answer(sdp);
    for (const one of this.#early.get(generation) || []) await this.#attempts.get(generation)?.candidate(one);
    this.#early.delete(generation);
  }

  async #candidate(generation, payload) {
    const attempt = this.#attempts.get(generation);
    if (attempt) await attempt.candidate(payload);
    else if (generation > (this.#current?.generation ?? -1)) this.#keep(generation, payload);
  }

  /** Candidates may come before their offer. */
  #keep(generation, payload) {
    const kept = this.#early.get(generation) || [];
    if (kept.length < EARLY_AT_ONCE) kept.push(payload);
    this.#early.set(generation, kept);
    if (this.#early.size > LIVE_AT_ONCE) this.#early.delete(Math.min(...this.#early.keys()));
  }

  #make(generation) {
    const attempt = new Attempt({
      generation,
      iceServers: this.iceServers,
      stream: this.#devices.stream,
      send: (kind, payload) => this.#line.send({ t: "signal", kind, payload }),
    });
    attempt.addEventListener("state", () => this.#onState(attempt));
    this.#attempts.set(generation, attempt);
    this.#thin();
    return attempt;
  }

  #thin() {
    const spare = [...this.#attempts.values()].filter((one) => one !== this.#current);
    for (const old of spare.slice(0, Math.max(0, spare.length - LIVE_AT_ONCE))) this.#forget(old.generation);
  }

  #forget(generation) {
    this.#attempts.get(generation)?.close();
    this.#attempts.delete(generation);
  }

  #seen(generation) {
    if (generation <= this.#highest) return;
    this.#highest = generation;
    sessionStorage.setItem(KEPT, String(generation));
  }

  #onState(attempt) {
    if (attempt.connected && (!this.#current || attempt.generation >= this.#current.generation)) {
      this.#take(attempt);
    } else if (attempt.connected && attempt !== this.#current) {
      // slower than a newer one
      this.#forget(attempt.generation);
    } else if (attempt.dead) {
      this.#forget(attempt.generation);
      if (attempt === this.#current) this.#fall();
    } else if (attempt === this.#current && attempt.pc.connectionState === "disconnected") {
      this.#fall();
    }
  }

  #take(attempt) {
    for (const generation of [...this.#attempts.keys()]) {
      if (generation < attempt.generation) this.#forget(generation);
    }
    this.#current = attempt;
    this.#quality.restart();
    this.#bytes = { count: -1, since: performance.now() };
    if (!this.#quality.picture) attempt.sendPicture(false);
    this.#flow(true);
    this.dispatchEvent(new Event("remote"));
  }

  #fall() {
    this.#flow(false);
  }

  #flow(flowing) {
    if (flowing === this.#flowing) return;
    this.#flowing = flowing;
    this.#line.send({ t: "media", connected: flowing });
    this.dispatchEvent(new Event(flowing ? "connected" : "down"));
    if (!flowing) this.#tend();
  }

  /** While nothing flows: make one more attempt, unless the doctor's side is just making one. */
  #tend() {
    const now = performance.now();
    if (this.#flowing || !this.#line.up) return;
    const first = this.#current === null && this.#offered === 0;
    if (first && now - this.#begun < FIRST_OFFER_AFTER) return;
    if (now - this.#heardOffer < EVERY * 2 || now - this.#offered < EVERY - 20) return;
    this.#offered = now;
    const generation = this.#highest + (this.#highest % 2 ? 2 : 1);
    this.#seen(generation);
    this.#make(generation)
      .offer()
      .catch((error) => console.info("no offer", error.name));
  }

  /** The gateway can be reached again: do not wait for the next half second. */
  hurry() {
    if (!this.#flowing) this.#tend();
  }

  async #measure() {
    const attempt = this.#current;
    if (!attempt || attempt.dead) return;
    const now = counts(await attempt.pc.getStats());
    if (attempt !== this.#current) return;
    this.#watchFlow(now.bytes, attempt);
    if (!this.#flowing) return;
    const sent = this.#quality.picture;
    this.dispatchEvent(new CustomEvent("quality", { detail: this.#quality.add(now) }));
    if (sent !== this.#quality.picture) {
      await attempt.sendPicture(this.#quality.picture);
      this.dispatchEvent(new CustomEvent("picture", { detail: this.#quality.picture }));
    }
  }

  /** Reports come in even from a doctor without sound, so a count that stands still is a line that is down, before the browser says so. */
  #watchFlow(bytes, attempt) {
    const now = performance.now();
    if (bytes !== this.#bytes.count) {
      this.#bytes = { count: bytes, since: now };
      if (!this.#flowing && attempt.connected) this.#flow(true);
    } else if (now - this.#bytes.since > SILENT) {
      this.#flow(false);
    }
  }

  #onTrack = ({ detail: track }) => {
    for (const attempt of this.#attempts.values()) attempt.replace(track).catch(() => {});
  };
}
