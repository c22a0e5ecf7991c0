"""Pictures in shared memory: three slots, the newest wins, nobody waits.

One process writes, one reads. At any moment one slot holds the newest picture, one may be held by the reader, and the
writer fills the third; so a picture that the reader holds stays whole until it takes the next, without a copy.

Layout, little-endian: a page with ``magic u32, version u32, newest i64, held i64``; then three slots of a page each with
``number i64, width u32, height u32, stride u32, spare u32, time f64`` followed by the pixels. ``newest`` is a picture's
number; picture n lies in the slot that carries n. Pixels are BGRA, 8 bits each, rows of ``stride`` bytes.

On Linux the memory is a memfd whose descriptor the child inherits; on Windows it has a name; elsewhere it is a file that
has no name any more.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import secrets
import struct
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Final, Self

LARGEST_WIDTH: Final = 1920
LARGEST_HEIGHT: Final = 1088
SLOTS: Final = 3

_PAGE: Final = 4096
_MAGIC: Final = 0x54434D46
_LAYOUT: Final = 1
_HEADER: Final = struct.Struct("<IIqq")
_NEWEST_AT: Final = 8
_HELD_AT: Final = 16
_NUMBER: Final = struct.Struct("<q")
_SLOT: Final = struct.Struct("<qIIIId")
_NOBODY: Final = -1
_BYTES_A_PIXEL: Final = 4
_SLOT_SIZE: Final = _PAGE + LARGEST_WIDTH * LARGEST_HEIGHT * _BYTES_A_PIXEL
# pages that were never written take no memory
SIZE: Final = _PAGE + SLOTS * _SLOT_SIZE


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture in shared memory: valid until the next one is taken.

    Args:
        number: rises by one with every picture written.
        width, height: in pixels; `stride` is the bytes of a row.
        time: of `time.monotonic`, when it was written.
        pixels: BGRA, `height * stride` bytes, as ``QImage.Format_RGB32`` reads them.
    """

    number: int
    width: int
    height: int
    stride: int
    time: float
    pixels: memoryview


class SharedFrames:
    """The memory of one stream of pictures; `FrameWriter` and `FrameMailbox` work on it."""

    def __init__(self, memory: mmap.mmap, address: str, descriptor: int | None = None) -> None:
        self._memory = memory
        self.view = memoryview(memory)
        self.address = address
        """What `attach` takes in the other process."""
        self.descriptor = descriptor
        """What the other process has to inherit; None where the memory has a name."""

    @classmethod
    def create(cls) -> Self:
        if sys.platform == "win32":
            name = f"tcmdesk-{os.getpid()}-{secrets.token_hex(8)}"
            frames = cls(mmap.mmap(-1, SIZE, tagname=name), name)
        else:
            descriptor = _nameless_file()
            os.ftruncate(descriptor, SIZE)
            frames = cls(mmap.mmap(descriptor, SIZE), str(descriptor), descriptor)
        frames.reset()
        return frames

    @classmethod
    def attach(cls, address: str) -> Self:
        """Open what the parent created; raises OSError or ValueError when it is not there."""
        if sys.platform == "win32":
            memory = mmap.mmap(-1, SIZE, tagname=address)
            descriptor = None
        else:
            descriptor = int(address)
            memory = mmap.mmap(descriptor, SIZE)
        magic, layout, _, _ = _HEADER.unpack_from(memory)
        if (magic, layout) != (_MAGIC, _LAYOUT):
            raise ValueError("no pictures at this address")
        return cls(memory, address, descriptor)

    def reset(self) -> None:
        """Forget every picture; for a writer that begins anew."""
        _HEADER.pack_into(self.view, 0, _MAGIC, _LAYOUT, 0, _NOBODY)
        for slot in range(SLOTS):
            _NUMBER.pack_into(self.view, slot_at(slot), 0)

    @property
    def newest(self) -> int:
        """Number of the newest picture; 0 before the first."""
        return int(_NUMBER.unpack_from(self.view, _NEWEST_AT)[0])

    @newest.setter
    def newest(self, number: int) -> None:
        _NUMBER.pack_into(self.view, _NEWEST_AT, number)

    @property
    def held(self) -> int:
        """The slot that the reader holds; -1 when none."""
        return int(_NUMBER.unpack_from(self.view, _HELD_AT)[0])

    @held.setter
    def held(self, slot: int) -> None:
        _NUMBER.pack_into(self.view, _HELD_AT, slot)

    def slot_of(self, number: int) -> int | None:
        """Where a picture lies; None when it was overwritten."""
        for slot in range(SLOTS):
            if _NUMBER.unpack_from(self.view, slot_at(slot))[0] == number:
                return slot
        return None

    def close(self) -> None:
        """Let go of the memory. Pictures still held by somebody keep it alive."""
        with contextlib.suppress(BufferError):
            self.view.release()
            self._memory.close()
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


class FrameWriter:
    """Puts pictures into the memory. One writer, one thread at a time."""

    def __init__(self, frames: SharedFrames) -> None:
        self._frames = frames
        self._number = frames.newest

    def write(self, pixels: memoryview, width: int, height: int, stride: int) -> int:
        """Copy a BGRA picture into a free slot and make it the newest; returns its number.

        Raises:
            ValueError: it is larger than 1920 x 1088, or has no pixels.
        """
        size = height * stride
        if not 0 < size <= _SLOT_SIZE - _PAGE or width * _BYTES_A_PIXEL > stride:
            raise ValueError(f"a picture of {width} x {height} does not fit")
        frames = self._frames
        taken = {frames.slot_of(self._number) if self._number else None, frames.held}
        slot = next(one for one in range(SLOTS) if one not in taken)
        start = slot_at(slot)
        _NUMBER.pack_into(frames.view, start, 0)
        frames.view[start + _PAGE : start + _PAGE + size] = pixels[:size]
        self._number += 1
        _SLOT.pack_into(frames.view, start, self._number, width, height, stride, 0, time.monotonic())
        frames.newest = self._number
        return self._number


class FrameMailbox:
    """Takes the newest picture out of the memory. One reader, one thread at a time."""

    def __init__(self, frames: SharedFrames) -> None:
        self._frames = frames
        self._seen = 0
        self.expects_next = True
        """Whether the reader has looked since it was last told of a picture; telling it twice would be noise."""

    def take(self) -> Frame | None:
        """The newest picture, or None when there is none that was not taken yet.

        The one taken before becomes invalid, so do not keep views of its pixels.
        """
        self.expects_next = True
        frames = self._frames
        while (number := frames.newest) != self._seen:
            if number == 0:
                self._seen = 0
                return None
            slot = frames.slot_of(number)
            if slot is None:
                continue
            frames.held = slot
            # the writer may have chosen this slot between the look and the claim; then there is a newer picture
            if frames.newest != number:
                continue
            self._seen = number
            start = slot_at(slot)
            _, width, height, stride, _, at = _SLOT.unpack_from(frames.view, start)
            pixels = frames.view[start + _PAGE : start + _PAGE + height * stride]
            return Frame(number, width, height, stride, at, pixels)
        return None


def slot_at(slot: int) -> int:
    """Where a slot begins, in bytes."""
    return _PAGE + slot * _SLOT_SIZE


def _nameless_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("tcmdesk-frames")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
