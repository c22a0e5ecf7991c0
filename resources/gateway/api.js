// The page's requests. A refusal carries the clinic's words; a broken line has none and is tried again by the caller.

import { language } from "./text.js";

/** The gateway said no; `text` is for the person. */
export class Refused extends Error {
  constructor(status, { code = "", text = "", field = null } = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.text = text;
    this.field = field;
  }
}

/** Nothing answers. */
export class Offline extends Error {}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, cache: "no-store", credentials: "same-origin" });
  } catch {
    throw new Offline();
  }
  const content = await answer.json().catch(() => ({}));
  if (answer.ok) return content;
  if (answer.status === 429 && !content.code) content.code = "gateway.often";
  throw new Refused(answer.status, content);
}

export function get(path) {
  return ask(path, { headers: { "X-Language": language() } });
}

export function post(path, content) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Language": language() },
    body: JSON.stringify(content),
  });
}
