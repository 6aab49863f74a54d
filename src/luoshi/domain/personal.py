"""Personal data: what is shown of a telephone number to whoever has given no reason to see it."""

from __future__ import annotations

HIDDEN = "*"
HEAD, TAIL = 3, 4
SHORT = 8
"""A number of fewer characters shows its last two only."""


def masked(number: str) -> str:
    """The number with its middle hidden, as long as it is: 1******5678.

    At least half of it is hidden, so that nobody is called by what is shown.
    """
    if len(number) < SHORT:
        return HIDDEN * max(len(number) - 2, 0) + number[max(len(number) - 2, 0) :]
    shown = min(HEAD + TAIL, len(number) // 2)
    tail = min(TAIL, shown)
    head = shown - tail
    return number[:head] + HIDDEN * (len(number) - shown) + number[-tail:]


def same(typed: str, known: str) -> bool:
    """Whether what was typed is the number, or how it is shown masked."""
    return typed == known or (HIDDEN in typed and typed == masked(known))
