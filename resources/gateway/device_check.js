// Camera and microphone before waiting: what the doctor will see, and whether the person is heard.

import { list } from "./devices.js";
import { button, el, icon, paragraph, pane, show, sign } from "./dom.js";
import { watchLevel } from "./sound.js";
import { t } from "./text.js";

const HEARD = 0.35;
const QUIET_AFTER = 6000;
const WITHOUT_PICTURE = new Set(["no_camera", "taken"]);

/** Show the check; `go` comes when the person wants to wait. */
export async function devicesStep(devices, go) {
  const state = await permission();
  if (devices.microphone || state === "granted") return check(devices, go);
  return show(
    "devices",
    sign("video", t("devices.title"), [
      paragraph(t("devices.lead")),
      el("div", { className: "actions" }, button(t("devices.start"), () => check(devices, go), { primary: true })),
    ]),
  );
}

async function permission() {
  try {
    return (await navigator.permissions.query({ name: "microphone" })).state;
  } catch {
    return "prompt";
  }
}

async function check(devices, go, picture = true) {
  try {
    if (!devices.microphone) await devices.open({ picture });
  } catch (error) {
    return trouble(error.reason, devices, go);
  }
  return preview(devices, go);
}

function trouble(reason, devices, go) {
  const actions = [button(t("devices.again"), () => check(devices, go), { primary: true, symbol: "refresh-cw" })];
  if (WITHOUT_PICTURE.has(reason)) {
    actions.unshift(button(t("devices.voice_only"), () => check(devices, go, false), { symbol: "microphone" }));
  }
  show(
    "trouble",
    sign(
      "circle-alert",
      t(`trouble.${reason}`),
      [paragraph(t(`trouble.${reason}_do`)), el("div", { className: "actions" }, ...actions)],
      { halt: true },
    ),
  );
}

function preview(devices, go) {
  const picture = el("video", { className: "preview", muted: true, autoplay: true, playsInline: true });
  picture.setAttribute("aria-label", t("call.own_picture"));
  const meter = el("meter", { min: 0, max: 1, value: 0 });
  meter.setAttribute("aria-label", t("devices.level"));
  const said = paragraph(t("devices.speak"), "said");
  const choices = el("div", { className: "choices" });
  let stopWatching = () => {};

  const listen = () => {
    stopWatching();
    const begun = performance.now();
    let heard = false;
    stopWatching = watchLevel(devices.stream, (level) => {
      meter.value = level;
      heard ||= level > HEARD;
      const key = heard ? "heard" : performance.now() - begun > QUIET_AFTER ? "quiet" : "speak";
      if (said.dataset.key !== key) {
        said.dataset.key = key;
        said.replaceChildren(...(key === "heard" ? [icon("check")] : []), t(`devices.${key}`));
      }
    });
  };
  const redraw = async () => {
    picture.srcObject = devices.stream;
    picture.hidden = !devices.camera;
    listen();
    await offer(choices, devices);
  };
  const leave = () => {
    stopWatching();
    devices.removeEventListener("changed", redraw);
    go();
  };
  devices.addEventListener("changed", redraw);
  show(
    "devices",
    pane(
      t("devices.title"),
      picture,
      el("div", { className: "level" }, icon("microphone"), meter),
      said,
      choices,
      paragraph(t("devices.headset"), "quiet"),
      el("div", { className: "actions" }, button(t("devices.go"), leave, { primary: true })),
    ),
  );
  return redraw();
}

/** A list to choose from, where there is something to choose. */
async function offer(place, devices) {
  const kinds = [
    ["videoinput", t("devices.camera"), devices.camera, (id) => devices.useCamera(id)],
    ["audioinput", t("devices.microphone"), devices.microphone, (id) => devices.useMicrophone(id)],
  ];
  const fields = [];
  for (const [kind, label, track, use] of kinds) {
    const found = await list(kind);
    if (found.length < 2) continue;
    const now = track ? track.getSettings().deviceId : "";
    const choice = el(
      "select",
      { id: kind, onchange: (event) => use(event.target.value).catch(() => offer(place, devices)) },
      ...found.map((device, at) =>
        el("option", {
          value: device.deviceId,
          selected: device.deviceId === now,
          textContent: device.label || t("devices.unnamed", { number: at + 1 }),
        }),
      ),
    );
    fields.push(el("div", { className: "field" }, el("label", { htmlFor: kind, textContent: label }), choice));
  }
  place.replaceChildren(...fields);
}
