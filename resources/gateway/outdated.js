// Runs only where modules are unknown: such a browser has no video calls either.
(function () {
  var pane = document.createElement("div");
  pane.className = "pane";
  pane.textContent =
    "此浏览器太旧，不支持视频通话。复制链接，用新版 Chrome、Edge、Firefox 或 Safari 打开；链接仍然有效。" +
    " — This browser is too old for video calls. Copy the address and open it in a current Chrome, Edge, Firefox or" +
    " Safari; the link still works.";
  document.getElementById("step").appendChild(pane);
})();
