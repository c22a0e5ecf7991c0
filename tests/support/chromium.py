"""Debian's Chromium without a window, driven through the DevTools protocol over its own WebSocket.

Cameras and microphones are Chromium's fakes: a moving picture and a beep. Every wait is for a condition and ends.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import itertools
import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

START_SECONDS = 60.0
WAIT_SECONDS = 40.0
LARGEST_MESSAGE = 64 * 1024 * 1024
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # tests may run as root
    "--no-first-run",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns,Translate",
    "--remote-debugging-port=0",
)
ALLOW_DEVICES = "--use-fake-ui-for-media-stream"


class PageError(AssertionError):
    """The page raised an exception, or a condition did not come true."""


class Page:
    """One tab. `console` holds what its scripts said, `faults` their uncaught exceptions."""

    def __init__(self, browser: Chromium, session: str, target: str) -> None:
        self._browser = browser
        self.session = session
        self.target = target
        self.console: list[str] = []
        self.faults: list[str] = []

    async def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One DevTools command."""
        return await self._browser.send(method, parameters, self.session)

    async def open(self, url: str) -> None:
        await self.send("Page.navigate", url=url)

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression, awaited, as JSON has it; the press of a button is taken as given."""
        answer = await self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    async def wait_for(self, expression: str, seconds: float = WAIT_SECONDS) -> Any:
        """The first true value of an expression."""
        deadline = time.monotonic() + seconds
        while True:
            with contextlib.suppress(PageError):  # the page may be between two documents
                value = await self.evaluate(expression)
                if value:
                    return value
            if time.monotonic() > deadline:
                raise PageError(f"not within {seconds} s: {expression}\n{await self.report()}")
            await asyncio.sleep(0.05)

    async def report(self) -> str:
        """What a person would have to know about a page that does not go on."""
        with contextlib.suppress(PageError):
            seen = await self.evaluate("document.body.dataset.step + ': ' + document.body.innerText")
            return f"{seen}\nconsole: {self.console[-10:]}\nfaults: {self.faults}"
        return f"console: {self.console[-10:]}\nfaults: {self.faults}"

    async def step(self, name: str, seconds: float = WAIT_SECONDS) -> None:
        """Until the page shows a step."""
        await self.wait_for(f"document.body.dataset.step === {name!r}", seconds)

    async def text(self) -> str:
        return str(await self.evaluate("document.body.innerText"))

    async def fill(self, selector: str, text: str) -> None:
        """Type into a field."""
        await self.wait_for(f"Boolean(document.querySelector({selector!r}))")
        await self.evaluate(f"document.querySelector({selector!r}).value = {text!r}")

    async def click(self, selector: str) -> None:
        """Press something, as a finger does."""
        await self.wait_for(f"Boolean(document.querySelector({selector!r}))")
        await self.evaluate(f"document.querySelector({selector!r}).click()")

    async def size(self, width: int, height: int, *, mobile: bool = False, scale: float = 1.0) -> None:
        await self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=mobile,
        )

    async def look(self, *, dark: bool) -> None:
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        await self.send("Emulation.setEmulatedMedia", features=features)

    async def language(self, language: str) -> None:
        """What the browser prefers, such as ``zh-CN``."""
        agent = await self.evaluate("navigator.userAgent")
        await self.send("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=language)

    async def before_scripts(self, source: str) -> None:
        """Run something in every document before its own scripts: how another browser is played."""
        await self.send("Page.addScriptToEvaluateOnNewDocument", source=source)

    async def screenshot(self, path: Path) -> None:
        answer = await self.send("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(answer["data"]))

    async def close(self) -> None:
        await self._browser.send("Target.closeTarget", {"targetId": self.target})


class Chromium:
    """A browser with a profile of its own that is deleted at the end.

    Args:
        flags: more of the command line; `ALLOW_DEVICES` presses "allow" by itself.
    """

    def __init__(self, *flags: str) -> None:
        self._flags = flags
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._pages: dict[str, Page] = {}

    async def __aenter__(self) -> Self:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        assert program, "chromium is missing; ./dev test installs it or names the command"
        self._profile = Path(tempfile.mkdtemp(prefix="chromium-"))
        self._process = await asyncio.create_subprocess_exec(
            program,
            *FLAGS,
            *self._flags,
            f"--user-data-dir={self._profile}",
            "about:blank",
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ | {"HOME": str(self._profile)},
            start_new_session=True,
        )
        self._http = aiohttp.ClientSession()
        try:
            self._socket = await self._http.ws_connect(await self._address(), max_msg_size=LARGEST_MESSAGE)
        except BaseException:
            await self._end()
            raise
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *exception: object) -> None:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self.send("Browser.close"), 5)
        self._reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reader
        await self._socket.close()
        await self._end()

    async def _end(self) -> None:
        await self._http.close()
        try:
            await asyncio.wait_for(self._process.wait(), 5)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            await self._process.wait()
        await asyncio.to_thread(shutil.rmtree, self._profile, ignore_errors=True)

    async def _address(self) -> str:
        file = self._profile / "DevToolsActivePort"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            lines = file.read_text().split() if file.exists() else []
            if len(lines) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            assert self._process.returncode is None, "chromium ended at once"
            await asyncio.sleep(0.05)
        raise PageError("chromium did not start")

    async def send(
        self, method: str, parameters: dict[str, Any] | None = None, session: str | None = None
    ) -> dict[str, Any]:
        """One DevTools command to the browser or, with a session, to a page."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_str(json.dumps(message))
        try:
            return await asyncio.wait_for(answer, WAIT_SECONDS)
        finally:
            self._answers.pop(number, None)

    async def _read(self) -> None:
        async for frame in self._socket:
            message = json.loads(frame.data)
            answer = self._answers.get(message.get("id"))
            if answer is not None and not answer.done():
                if "error" in message:
                    answer.set_exception(PageError(message["error"]["message"]))
                else:
                    answer.set_result(message["result"])
            elif "sessionId" in message and message["sessionId"] in self._pages:
                _note(self._pages[message["sessionId"]], message)

    async def page(self, *, context: str | None = None) -> Page:
        """A new tab; in a context it has cookies of its own."""
        parameters = {"url": "about:blank"} | ({"browserContextId": context} if context else {})
        target = (await self.send("Target.createTarget", parameters))["targetId"]
        answer = await self.send("Target.attachToTarget", {"targetId": target, "flatten": True})
        made = self._pages[answer["sessionId"]] = Page(self, answer["sessionId"], target)
        await made.send("Page.enable")
        await made.send("Runtime.enable")
        return made

    async def stranger(self) -> str:
        """A context without any cookies, as another person's browser has."""
        return str((await self.send("Target.createBrowserContext"))["browserContextId"])


def _note(page: Page, message: dict[str, Any]) -> None:
    if message["method"] == "Runtime.consoleAPICalled":
        page.console.append(" ".join(str(one.get("value", "")) for one in message["params"]["args"]))
    elif message["method"] == "Runtime.exceptionThrown":
        details = message["params"]["exceptionDetails"]
        page.faults.append(details.get("exception", {}).get("description") or details["text"])


@contextlib.asynccontextmanager
async def browser(*flags: str) -> AsyncIterator[Chromium]:
    """A browser that allows camera and microphone."""
    async with Chromium(ALLOW_DEVICES, *flags) as made:
        yield made
