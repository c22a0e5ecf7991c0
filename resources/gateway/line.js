// The WebSocket to the gateway: kept up, found dead early, opened afresh.
//
// A socket whose network went away says nothing for minutes, and TCP's own tries back off. So the page asks for a sign
// of life itself, and while the line is down it dials anew beside the dials that hang; the first to open is the line.

const PACE = {
  calm: { ping: 5000, dead: 9000, dial: 1500, slowest: 4000 },
  quick: { ping: 1000, dead: 2600, dial: 500, slowest: 500 },
};
const DIALS_AT_ONCE = 4;
const DIAL_GIVES_UP = 5000;
const CLOSED_FOR_GOOD = { 4001: "elsewhere", 4002: "over" };

/** Events: `up`, `down`, `message` (detail is the object), `closed` (detail is "elsewhere" or "over"). */
export class Line extends EventTarget {
  #pace = PACE.calm;
  #socket = null;
  #dials = new Set();
  #heard = 0;
  #asked = 0;
  #tries = 0;
  #timer = null;
  #redial = null;
  #ended = true;
  // the gateway tells a window that comes back from a second one
  #window = Array.from(crypto.getRandomValues(new Uint32Array(2)), (one) => one.toString(36)).join("");

  get up() {
    return this.#socket !== null;
  }

  /** In a call the line is asked every second and dialled every half second. */
  set quick(wanted) {
    this.#pace = wanted ? PACE.quick : PACE.calm;
    this.#schedulePing();
  }

  open() {
    this.#ended = false;
    addEventListener("online", this.#onNetwork);
    document.addEventListener("visibilitychange", this.#onNetwork);
    this.#dial();
    this.#schedulePing();
  }

  close() {
    this.#ended = true;
    removeEventListener("online", this.#onNetwork);
    document.removeEventListener("visibilitychange", this.#onNetwork);
    clearInterval(this.#timer);
    clearTimeout(this.#redial);
    this.#drop();
    for (const dial of this.#dials) dial.close();
    this.#dials.clear();
  }

  /** Whether it was handed to an open line. */
  send(message) {
    if (!this.#socket) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #dial() {
    clearTimeout(this.#redial);
    if (this.#ended || this.#socket) return;
    if (this.#dials.size < DIALS_AT_ONCE) this.#begin();
    const pause = Math.min(this.#pace.dial * 1.5 ** this.#tries, this.#pace.slowest);
    this.#tries += 1;
    this.#redial = setTimeout(() => this.#dial(), pause * (0.8 + Math.random() * 0.4));
  }

  #begin() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const dial = new WebSocket(`${scheme}://${location.host}/ws?window=${this.#window}`);
    this.#dials.add(dial);
    const hangs = setTimeout(() => dial.close(), DIAL_GIVES_UP);
    dial.onopen = () => {
      clearTimeout(hangs);
      this.#dials.delete(dial);
      if (this.#ended || this.#socket) dial.close();
      else this.#adopt(dial);
    };
    dial.onclose = () => {
      clearTimeout(hangs);
      this.#dials.delete(dial);
    };
  }

  #adopt(socket) {
    for (const other of this.#dials) other.close();
    this.#dials.clear();
    clearTimeout(this.#redial);
    this.#socket = socket;
    this.#tries = 0;
    this.#heard = performance.now();
    this.#asked = 0;
    socket.onmessage = (event) => {
      this.#heard = performance.now();
      this.#asked = 0;
      const message = JSON.parse(event.data);
      if (message.t !== "pong") this.dispatchEvent(new CustomEvent("message", { detail: message }));
    };
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#drop();
      const reason = CLOSED_FOR_GOOD[event.code];
      if (reason) {
        this.close();
        this.dispatchEvent(new CustomEvent("closed", { detail: reason }));
      } else {
        this.#dial();
      }
    };
    this.dispatchEvent(new Event("up"));
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
    this.dispatchEvent(new Event("down"));
  }

  #schedulePing() {
    clearInterval(this.#timer);
    if (!this.#ended) this.#timer = setInterval(() => this.#ping(), this.#pace.ping);
  }

  #ping() {
    if (!this.#socket) return;
    const now = performance.now();
    // a page that slept has asked nothing: silence counts from the question on
    if (this.#asked && now - this.#asked > this.#pace.dead - this.#pace.ping && now - this.#heard > this.#pace.dead) {
      this.#drop();
      this.#dial();
      return;
    }
    if (!this.#asked) this.#asked = now;
    this.send({ t: "ping", n: 0 });
  }

  #onNetwork = () => {
    if (document.visibilityState === "hidden") return;
    this.#tries = 0;
    if (this.#socket) this.#ping();
    else this.#dial();
  };
}
