"""Makes `resources/sounds/new-booking.wav`: two soft notes, half a second. Run again, it writes the same bytes."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path
from typing import Final

RATE: Final = 22_050
NOTES: Final = ((0.0, 784.0), (0.14, 1046.5))
"""When each begins, s, and its pitch, Hz: a fourth upwards."""

SECONDS: Final = 0.55
LOUDNESS: Final = 0.28
_ATTACK: Final = 0.008
_DECAY: Final = 7.0
TARGET: Final = Path(__file__).resolve().parent.parent / "resources" / "sounds" / "new-booking.wav"


def sample(at: float) -> float:
    """The wave at a moment, -1 to 1: each note with a quiet octave above it."""
    total = 0.0
    for begins, pitch in NOTES:
        t = at - begins
        if t >= 0:
            swell = min(1.0, t / _ATTACK) * math.exp(-_DECAY * t)
            total += swell * (math.sin(2 * math.pi * pitch * t) + 0.25 * math.sin(4 * math.pi * pitch * t))
    return max(-1.0, min(1.0, total * LOUDNESS))


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(exist_ok=True)
    count = int(RATE * SECONDS)
    fade = [min(1.0, (count - number) / (RATE * 0.03)) for number in range(count)]
    values = [round(32_767 * sample(number / RATE) * fade[number]) for number in range(count)]
    with wave.open(str(TARGET), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{count}h", *values))


if __name__ == "__main__":
    main()
