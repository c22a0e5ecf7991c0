// Which step is shown, and what comes after it.

import { get, Offline, post, Refused } from "./api.js";
import { obstacle } from "./browser.js";
import { Devices } from "./devices.js";
import { devicesStep } from "./device_check.js";
import { el, notice, show } from "./dom.js";
import { Room } from "./room.js";
import * as steps from "./steps.js";
import { change, load, otherName, preferred, t } from "./text.js";

const RETRY = 3000;

/** What the page knows; the gateway knows the rest. */
const visit = { link: linkOfAddress(), doctor: "", clinic: "", planned: "", consent: null, status: "" };
const devices = new Devices();
let redraw = () => {};

/** The secret behind the #, which browsers send to nobody. */
function linkOfAddress() {
  return location.hash.slice(1);
}

function draw(step) {
  redraw = step;
  step();
}

async function start() {
  await withTexts(() => load(preferred()));
  chrome();
  document.getElementById("language").addEventListener("click", async () => {
    await change();
    chrome();
    if (!room.open) await describe(() => redraw());
    else room.draw();
  });
  addEventListener("hashchange", () => location.reload());
  await begin();
}

/** What stays over all steps. */
function chrome() {
  document.title = t("page.title");
  const language = document.getElementById("language");
  language.textContent = otherName();
  language.lang = document.documentElement.lang === "en" ? "zh-CN" : "en";
  document.getElementById("clinic").textContent = visit.clinic || t("page.title");
}

async function begin() {
  const standing = obstacle();
  if (standing) return draw(() => steps.trouble(standing));
  if (!visit.link) return resume();
  return attempt(async () => proceed(await post("/api/look", { link: visit.link })));
}

async function resume() {
  try {
    proceed(await get("/api/visit"));
  } catch (error) {
    if (error instanceof Refused && error.status === 401) draw(() => steps.noLink());
    else fail(error, resume);
  }
}

/** The language changed: the clinic's words are asked for again. */
async function describe(then) {
  try {
    if (visit.link) learn(await post("/api/look", { link: visit.link }));
    else learn(await get("/api/visit"));
  } catch {
    // what is shown stays, in the old words
  }
  then();
}

function learn(found) {
  Object.assign(visit, found);
  chrome();
}

/** Go where the visit stands. */
function proceed(found) {
  learn(found);
  notice("");
  const next = {
    link: () => steps.identity(visit, submitIdentity),
    identity: () => steps.identity(visit, submitIdentity),
    consent: () => steps.consent(visit, submitConsent),
    devices: () => devicesStep(devices, () => room.enter(visit)),
    rate: () => steps.rate(visit, submitRating),
    thanks: () => steps.thanks(),
    ended: () => steps.ended(visit.status),
  }[found.step];
  if (found.step !== "link") forgetLink();
  draw(next);
}

function forgetLink() {
  visit.link = "";
  if (location.hash) history.replaceState(null, "", "/");
}

async function submitIdentity(name, birthday) {
  if (visit.link) {
    const found = await post("/api/begin", { link: visit.link });
    learn(found);
    forgetLink();
    if (found.step !== "identity") return proceed(found);
  }
  return proceed(await post("/api/identity", { name, birthday }));
}

async function submitConsent() {
  proceed(await post("/api/consent", { version: visit.consent.version }));
}

async function submitRating(stars, comment) {
  proceed(await post("/api/rate", { stars, comment }));
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    fail(error, () => attempt(work));
  }
}

/** A refusal is final and says what to do; a broken line is tried again. */
function fail(error, again) {
  if (error instanceof Refused && error.status < 500 && error.status !== 429) {
    draw(() => steps.refused(error.text));
  } else if (error instanceof Offline || error instanceof Refused) {
    draw(() => steps.offline(again));
    setTimeout(again, RETRY);
  } else {
    throw error;
  }
}

async function withTexts(work) {
  for (;;) {
    try {
      return await work();
    } catch {
      // no words yet to say it with
      show("offline", el("section", { className: "pane" }, el("h1", { textContent: "…" })));
      await new Promise((done) => setTimeout(done, RETRY));
    }
  }
}

const room = new Room({
  devices,
  onOver: () => attempt(resume),
  onElsewhere: () => draw(() => steps.elsewhere(() => room.enter(visit))),
  onLeft: () =>
    draw(() => steps.left(() => draw(() => devicesStep(devices, () => room.enter(visit))))),
});

start();
