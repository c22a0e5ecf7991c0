// The steps around the call: who it is, what is agreed to, how it was, and why something does not go on.

import { Offline, Refused } from "./api.js";
import { copyAddress } from "./browser.js";
import { button, el, icon, pane, paragraph, show, sign } from "./dom.js";
import { t } from "./text.js";

const STARS = [1, 2, 3, 4, 5];

/** A labelled field with a place for what is wrong with it. */
function field(label, input, hint = "") {
  const wrong = el("p", { className: "wrong", id: `${input.id}-wrong`, role: "alert" });
  input.setAttribute("aria-describedby", `${input.id}-hint ${input.id}-wrong`);
  const box = el(
    "div",
    { className: "field" },
    el("label", { htmlFor: input.id, textContent: label }),
    input,
    el("p", { className: "hint", id: `${input.id}-hint`, textContent: hint }),
    wrong,
  );
  box.say = (text) => {
    wrong.replaceChildren(...(text ? [icon("circle-alert"), text] : []));
    input.setAttribute("aria-invalid", text ? "true" : "false");
    if (text) input.focus();
  };
  return box;
}

/** A form whose button waits for `submit`; what is refused is said at its foot. */
function form(action, submit, ...content) {
  const send = button(action, null, { primary: true, type: "submit" });
  const wrong = el("p", { className: "wrong", role: "alert" });
  const made = el("form", { noValidate: true }, ...content, wrong, el("div", { className: "actions" }, send));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.replaceChildren();
    send.disabled = true;
    try {
      await submit();
    } catch (error) {
      wrong.replaceChildren(icon("circle-alert"), wordsOf(error));
    } finally {
      send.disabled = false;
    }
  });
  return made;
}

function wordsOf(error) {
  if (error instanceof Refused && error.text) return error.text;
  if (error instanceof Refused || error instanceof Offline) return `${t("error.offline")}. ${t("error.again")}`;
  throw error;
}

function about(visit) {
  return el(
    "div",
    { className: "about" },
    icon("video"),
    el(
      "div",
      {},
      el("p", { className: "doctor", textContent: [visit.doctor, visit.title].filter(Boolean).join(" ") }),
      paragraph(visit.planned, "quiet"),
    ),
  );
}

/** "19840301", "1984-03-01" or "1984年3月1日" as an ISO date; null when it is none. */
export function birthdayOf(text) {
  const digits = text.replace(/\D/g, "");
  const parts = digits.length === 8 ? [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)] : text.match(/\d+/g);
  if (!parts || parts.length !== 3 || parts[0].length !== 4) return null;
  const [year, month, day] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1900 ? date.toISOString().slice(0, 10) : null;
}

export function identity(visit, submit) {
  const name = el("input", { id: "name", type: "text", autocomplete: "name", maxLength: 100 });
  const birthday = el("input", {
    id: "birthday", type: "text", inputMode: "numeric", autocomplete: "bday", maxLength: 16, placeholder: "19840301",
  });
  const nameField = field(t("identity.name"), name);
  const birthdayField = field(t("identity.birthday"), birthday, t("identity.birthday_hint"));
  const made = form(
    t("identity.next"),
    async () => {
      nameField.say("");
      birthdayField.say("");
      const day = birthdayOf(birthday.value);
      if (!day) birthdayField.say(t("identity.birthday_wrong"));
      if (!name.value.trim()) nameField.say(t("identity.name_missing"));
      if (day && name.value.trim()) await submit(name.value.trim(), day);
    },
    nameField,
    birthdayField,
  );
  show("identity", pane(t("identity.title"), about(visit), paragraph(t("identity.lead")), made));
}

export function consent(visit, submit) {
  const tick = el("input", { id: "agree", type: "checkbox" });
  const wrong = el("p", { className: "wrong", role: "alert" });
  const text = el("ul", { className: "consent" }, ...visit.consent.text.map((line) => el("li", { textContent: line })));
  const made = form(
    t("consent.next"),
    async () => {
      wrong.replaceChildren();
      if (tick.checked) await submit();
      else wrong.replaceChildren(icon("circle-alert"), t("consent.tick"));
    },
    el("label", { className: "tick", htmlFor: "agree" }, tick, el("span", { textContent: t("consent.agree") })),
    wrong,
  );
  show(
    "consent",
    pane(t("consent.title"), text, paragraph(t("consent.edition", { version: visit.consent.version }), "quiet"), made),
  );
}

function actions(...buttons) {
  return el("div", { className: "actions" }, ...buttons);
}

export function left(back) {
  const again = button(t("left.back"), back, { primary: true, symbol: "video" });
  show("left", sign("phone-off", t("left.title"), [paragraph(t("left.lead")), actions(again)]));
}

export function rate(visit, submit) {
  const chosen = () => Number(document.querySelector("input[name=stars]:checked")?.value || 0);
  const stars = el(
    "fieldset",
    { className: "stars" },
    el("legend", { className: "unseen", textContent: t("rate.title") }),
    // the last comes first so that a star can colour those before it
    ...[...STARS].reverse().flatMap((count) => [
      el("input", { type: "radio", name: "stars", id: `stars-${count}`, value: String(count) }),
      el(
        "label",
        { htmlFor: `stars-${count}`, title: t("rate.stars", { count }) },
        icon("star"),
        el("span", { className: "unseen", textContent: t("rate.stars", { count }) }),
      ),
    ]),
  );
  const comment = el("textarea", { id: "comment", rows: 4, maxLength: 1000 });
  const wrong = el("p", { className: "wrong", role: "alert" });
  const made = form(
    t("rate.send"),
    async () => {
      wrong.replaceChildren();
      if (chosen()) await submit(chosen(), comment.value.trim());
      else wrong.replaceChildren(icon("circle-alert"), t("rate.missing"));
    },
    stars,
    wrong,
    el("div", { className: "field" }, el("label", { htmlFor: "comment", textContent: t("rate.comment") }), comment),
  );
  show("rate", pane(t("rate.title"), about(visit), made));
}

export function thanks() {
  show("thanks", sign("circle-check", t("thanks.title"), [paragraph(t("thanks.lead"))]));
}

export function ended(status) {
  const title = t(status === "no_show" ? "ended.no_show" : "ended.cancelled");
  show("ended", sign("phone-off", title, [paragraph(t("ended.do"))]));
}

export function elsewhere(here) {
  const bring = button(t("elsewhere.here"), here, { primary: true });
  show("elsewhere", sign("video", t("elsewhere.title"), [paragraph(t("elsewhere.lead")), actions(bring)]));
}

export function refused(text) {
  show("refused", sign("circle-alert", t("link.title"), [paragraph(text)], { halt: true }));
}

export function noLink() {
  show("no-link", sign("video", t("link.none"), [paragraph(t("link.none_do"))]));
}

export function offline(again) {
  const retry = button(t("error.again"), again, { primary: true, symbol: "refresh-cw" });
  const content = [paragraph(t("error.offline_do")), actions(retry)];
  show("offline", sign("circle-alert", t("error.offline"), content, { halt: true }));
}

/** What this browser cannot do; the link is whole, so its address can be taken elsewhere. */
export function trouble(kind) {
  const copy = button(
    t("trouble.copy"),
    async () => {
      if (await copyAddress()) copy.querySelector("span").textContent = t("trouble.copied");
    },
    { primary: true },
  );
  const content = [paragraph(t(`trouble.${kind}_do`)), actions(copy)];
  show("trouble", sign("circle-alert", t(`trouble.${kind}`), content, { halt: true }));
}
