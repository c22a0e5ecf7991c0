"""Which letters of a match the typed text stands for."""

from __future__ import annotations

Span = tuple[int, int]


def in_name(name: str, typed: str) -> tuple[Span, ...]:
    """Where the typed characters stand in the name."""
    at = name.find(typed.strip()) if typed.strip() else -1
    return ((at, at + len(typed.strip())),) if at >= 0 else ()


def in_reading(reading: str, typed: str) -> tuple[Span, ...]:
    """Where typed letters stand in ``li xiao min``: as initials, else as a run of letters over syllables."""
    letters = "".join(typed.lower().split())
    if not letters.isascii() or not letters.isalpha():
        return ()
    starts = [
        at for at, letter in enumerate(reading) if letter != " " and (at == 0 or reading[at - 1] == " ")
    ]
    initials = "".join(reading[at] for at in starts)
    found = initials.find(letters)
    if found >= 0:
        return tuple((at, at + 1) for at in starts[found : found + len(letters)])
    places = [at for at, letter in enumerate(reading) if letter != " "]
    run = "".join(reading[at] for at in places).find(letters)
    if run < 0:
        return ()
    return _joined(places[run : run + len(letters)])


def in_phone(shown: str, typed: str) -> tuple[Span, ...]:
    """Where typed digits end a phone number that is shown with stars."""
    digits = "".join(letter for letter in typed if letter.isdigit())
    tail = shown.rsplit(" ", 1)[-1]
    if not digits or not tail.endswith(digits[-4:]):
        return ()
    return ((len(shown) - min(len(digits), 4), len(shown)),)


def _joined(places: list[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for at in places:
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return tuple(spans)
