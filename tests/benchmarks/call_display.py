"""What it costs to show a picture: converting it to the window's pixels, and all the rest."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tcmdesk.features.consultations.ui.picture import Picture
from tcmdesk.media.frames import FrameMailbox, FrameWriter, SharedFrames
from tcmdesk.media.process.screen import Screen
from tcmdesk.media.process.synthetic import Pattern
from tcmdesk.media.protocol import Stream
from tests.benchmarks.call_window import application

if TYPE_CHECKING:
    from collections.abc import Callable

WIDTH: Final = 640
HEIGHT: Final = 480
DOCKED: Final = (352, 264)


class Display:
    """Both arms take the same pictures; every figure is processor time of one picture in milliseconds."""

    def __init__(self, width: int, height: int) -> None:
        application()
        pattern = Pattern(WIDTH, HEIGHT)
        self._pictures = [pattern.picture(number) for number in range(8)]
        self._shared = SharedFrames.create()
        self._screen = Screen(Stream.REMOTE, self._shared, lambda _event: None)
        self._mailbox = FrameMailbox(self._shared)
        self._writer = FrameWriter(self._shared)
        self._widget = Picture()
        self._size = width, height
        self._widget.resize(width, height)
        self._screen.resize(width, height)
        self._widget.show()
        # nothing is painted before the window is there
        application().processEvents()

    def convert(self, seconds: float) -> float:
        width, height = self._size
        return self._each(
            seconds,
            lambda picture: picture.reformat(
                width=width, height=height, format="bgra", interpolation="BILINEAR"
            ),
        )

    def show(self, seconds: float) -> float:
        def once(picture: object) -> None:
            self._screen.show(picture)  # type: ignore[arg-type]
            self._widget.take(Stream.REMOTE, self._mailbox)
            self._widget.repaint()

        return self._each(seconds, once)

    def close(self) -> None:
        self._widget.close()
        self._widget.deleteLater()
        self._shared.close()

    def _each(self, seconds: float, work: Callable[..., object]) -> float:
        began, used, count = time.perf_counter(), time.process_time(), 0
        while time.perf_counter() - began < seconds:
            work(self._pictures[count % len(self._pictures)])
            count += 1
        return (time.process_time() - used) * 1000 / count
