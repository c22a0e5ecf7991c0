// What this browser cannot do, said before the link is used up.

/** `null`, or the key of what stands in the way. */
export function obstacle() {
  const able = Boolean(window.RTCPeerConnection && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  if (able && "WebSocket" in window) return null;
  return inApp() ? "in_app" : "browser";
}

/** Whether the page runs inside WeChat, QQ, Alipay, DingTalk, Weibo or Feishu rather than in a browser. */
function inApp() {
  return /MicroMessenger|QQ\/|AlipayClient|DingTalk|Weibo|Lark/i.test(navigator.userAgent);
}

/** Keep the screen on while somebody waits or talks; browsers without it let it go dark. */
export function keepAwake() {
  const ask = async () => {
    try {
      if (document.visibilityState === "visible") await navigator.wakeLock.request("screen");
    } catch {
      // low battery, or no such thing here
    }
  };
  if (!("wakeLock" in navigator)) return;
  document.addEventListener("visibilitychange", ask);
  ask();
}

export async function copyAddress() {
  try {
    await navigator.clipboard.writeText(location.href);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = location.href;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
