// Texts in the person's language; they come from the clinic's one catalogue.

const KEPT = "language";
const OTHER = { zh_CN: "en", en: "zh_CN" };
const NAMES = { zh_CN: "中文", en: "English" };

let texts = {};
let current = "zh_CN";

/** What was chosen here before, else what the browser prefers. */
export function preferred() {
  const kept = remembered();
  if (kept in OTHER) return kept;
  const first = (navigator.languages || [navigator.language || ""])[0] || "";
  return first.toLowerCase().startsWith("zh") ? "zh_CN" : "en";
}

export function language() {
  return current;
}

/** The name of the language that a press changes to, in that language. */
export function otherName() {
  return NAMES[OTHER[current]];
}

export async function load(wanted) {
  const answer = await fetch(`/texts/${wanted}.json`);
  if (!answer.ok) throw new Error("texts");
  texts = await answer.json();
  current = wanted;
  document.documentElement.lang = wanted === "zh_CN" ? "zh-CN" : "en";
}

export async function change() {
  await load(OTHER[current]);
  try {
    localStorage.setItem(KEPT, current);
  } catch {
    // private windows may keep nothing
  }
}

/** The text of a key, with its {places} filled. */
export function t(key, places = {}) {
  const text = texts[key];
  if (text === undefined) throw new Error(`no text ${key}`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

function remembered() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
