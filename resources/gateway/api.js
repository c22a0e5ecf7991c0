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

/** After a drop the browser may speak into a connection of before, which never answers; the next try opens another. */
const TRIES = [2000, 4000, 8000];
const PATIENCE = 10000;

async function ask(path, options, patience = PATIENCE) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  let answer;
  let content;
  try {
    answer = await fetch(path, {
      ...options,
      cache: "no-store",
      credentials: "same-origin",
      signal: stop.signal,
    });
    content = await answer.json().catch(() => ({}));
  } catch {
    throw new Offline();
  } finally {
    clearTimeout(timer);
  }
  if (answer.ok) return content;
  if (answer.status === 429 && !content.code) content.code = "gateway.often";
  throw new Refused(answer.status, content);
}

export async function get(path) {
  for (const patience of TRIES) {
    try {
      return await ask(path, { headers: { "X-Language": language() } }, patience);
    } catch (error) {
      if (!(error instanceof Offline)) throw error;
    }
  }
  throw new Offline();
}

export function post(path, content) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Language": language() },
    body: JSON.stringify(content),
  });
}
