// The waiting room and the call: one line to the gateway from entering to leaving.

import { keepAwake } from "./browser.js";
import { Call } from "./call.js";
import { CallView } from "./call_view.js";
import { button, el, icon, notice, pane, paragraph, show } from "./dom.js";
import { Line } from "./line.js";
import { chime } from "./sound.js";
import { t } from "./text.js";

const OVER = new Set(["completed", "cancelled", "no_show"]);

export class Room {
  constructor({ devices, onOver, onElsewhere, onLeft }) {
    this.#devices = devices;
    this.#onOver = onOver;
    this.#onElsewhere = onElsewhere;
    this.#onLeft = onLeft;
    this.open = false;
  }

  #devices;
  #onOver;
  #onElsewhere;
  #onLeft;
  #visit = null;
  #line = null;
  #state = { admitted: false, position: 0 };
  #iceServers = [];
  #call = null;
  #view = null;
  #clinicAway = false;

  /** Take one's place, or come back to it. */
  enter(visit) {
    this.#visit = visit;
    this.open = true;
    this.#state = { admitted: false, position: 0 };
    this.#clinicAway = false;
    this.#line = new Line();
    this.#line.addEventListener("message", ({ detail }) => this.#onMessage(detail));
    this.#line.addEventListener("up", () => this.#onUp());
    this.#line.addEventListener("down", () => this.#tellLine());
    this.#line.addEventListener("closed", ({ detail }) => this.#onClosed(detail));
    this.#line.open();
    keepAwake();
    this.draw();
  }

  draw() {
    if (this.#view) this.#view.draw();
    else this.#drawWaiting();
    this.#tellLine();
  }

  #drawWaiting() {
    const { position } = this.#state;
    const place = position === 0 ? "" : placeOf(position);
    const own = el("video", { className: "preview small", muted: true, autoplay: true, playsInline: true });
    own.setAttribute("aria-label", t("call.own_picture"));
    own.srcObject = this.#devices.stream;
    own.hidden = !this.#devices.camera;
    show(
      "waiting",
      pane(
        t("waiting.title"),
        el("p", { className: "place", role: "status", id: "place", textContent: place }),
        el(
          "div",
          { className: "about" },
          icon("clock"),
          el(
            "div",
            {},
            el("p", { className: "doctor", textContent: [this.#visit.doctor, this.#visit.title].filter(Boolean).join(" ") }),
            paragraph(t("waiting.planned", { time: this.#visit.planned }), "quiet"),
          ),
        ),
        own,
        paragraph(t("waiting.keep_open", { doctor: this.#visit.doctor })),
        el("div", { className: "actions" }, button(t("waiting.leave"), () => this.#leave())),
      ),
    );
  }

  #onMessage(message) {
    if (message.t === "state") this.#onState(message);
    else if (message.t === "ice") this.#onIceServers(message.servers);
    else if (message.t === "signal" && this.#call) this.#call.signal(message);
    else if (message.t === "clinic") {
      this.#clinicAway = message.away;
      this.#tellLine();
    }
  }

  #onUp() {
    this.#tellLine();
    if (!this.#call) return;
    this.#line.send({ t: "media", connected: this.#call.flowing });
    // whatever was on its way when the line broke is made anew
    if (!this.#call.flowing) {
      this.#call.join();
      this.#call.hurry();
    }
  }

  #onIceServers(servers) {
    this.#iceServers = servers;
    if (this.#call) this.#call.iceServers = servers;
  }

  #onState(state) {
    this.#state = state;
    if (OVER.has(state.status)) {
      this.#end();
      this.#onOver();
    } else if (state.admitted && !this.#call) {
      this.#beginCall();
    } else if (!state.admitted && !this.#call) {
      const place = document.getElementById("place");
      if (place) place.textContent = state.position === 0 ? "" : placeOf(state.position);
    }
  }

  #beginCall() {
    chime();
    // seen in the list of tabs by somebody who looks at another page meanwhile
    document.title = t("call.called", { doctor: this.#visit.doctor });
    this.#call = new Call({ line: this.#line, devices: this.#devices, iceServers: this.#iceServers });
    this.#view = new CallView({
      call: this.#call,
      devices: this.#devices,
      visit: this.#visit,
      log: (name) => this.#line.send({ t: "event", name }),
      hangUp: () => this.#leave(),
    });
    this.#view.draw();
    this.#call.begin();
  }

  #tellLine() {
    if (!this.#line) return;
    if (!this.#line.up) notice(this.#call?.flowing ? "" : this.#call ? t("call.line_down") : t("waiting.line_down"));
    else if (this.#clinicAway) notice(t(this.#call ? "call.clinic_away" : "waiting.clinic_away"));
    else notice("");
  }

  #onClosed(reason) {
    this.#end();
    if (reason === "elsewhere") this.#onElsewhere();
    else this.#onOver();
  }

  #leave() {
    this.#line.send({ t: "leave" });
    this.#end();
    this.#devices.close();
    this.#onLeft();
  }

  #end() {
    this.open = false;
    if (this.#call) this.#call.end();
    if (this.#view) this.#view.close();
    this.#call = this.#view = null;
    this.#line.close();
    document.title = t("page.title");
    notice("");
  }
}

function placeOf(position) {
  const before = position - 1;
  if (before <= 0) return t("waiting.next");
  return before === 1 ? t("waiting.before_one") : t("waiting.before", { count: before });
}
