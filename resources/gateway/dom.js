// Elements without markup in strings: nothing that a person typed can become code.

const SVG = "http://www.w3.org/2000/svg";

/** An element; `on…` are listeners, other names are set as properties where there is one, else as attributes. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** One of the icons of the page's sprite; decoration only, the words stand beside it. */
export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  picture.append(use);
  return picture;
}

/** Replace the step that is shown, and let screen readers begin at its heading. */
export function show(name, ...content) {
  const step = document.getElementById("step");
  step.replaceChildren(...content);
  document.body.dataset.step = name;
  window.scrollTo(0, 0);
  const heading = step.querySelector("h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** A pane with a heading. */
export function pane(heading, ...content) {
  return el("section", { className: "pane" }, el("h1", { textContent: heading }), ...content);
}

/** A pane that has nothing to fill in, with a sign above its heading; `halt` where something stands in the way. */
export function sign(symbol, heading, content, { halt = false } = {}) {
  const made = pane(heading, ...content);
  made.prepend(el("div", { className: halt ? "emblem halt" : "emblem" }, icon(symbol)));
  return made;
}

export function paragraph(text, className = "") {
  return el("p", { textContent: text, className });
}

/** The one button of a step that goes on, or a plain one. */
export function button(text, onclick, { primary = false, symbol = null, type = "button" } = {}) {
  const made = el("button", { type, className: primary ? "primary" : "plain" });
  if (symbol) made.append(icon(symbol));
  made.append(el("span", { textContent: text }));
  if (onclick) made.addEventListener("click", onclick);
  return made;
}

/** A line above the foot that stays until it is said otherwise; empty hides it. */
export function notice(text) {
  const line = document.getElementById("notice");
  line.textContent = text;
  line.hidden = !text;
}
