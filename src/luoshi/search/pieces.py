"""Texts as pieces: every character and every two neighbours, written as plain ASCII words.

Chinese has no spaces and names no words; two neighbouring characters find any word in it without
a dictionary. Each character is folded by itself (width, case), so that a piece of a text folds to
a piece of the folded text, and whatever stands in a text is found by any part of it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character).casefold()


def words(text: str) -> list[str]:
    """The text without case and width, cut at blanks."""
    return "".join(map(_folded, text.replace("\x00", " "))).split()


@lru_cache(maxsize=50_000)  # the pairs of official texts come again and again
def _piece(part: str) -> str:
    return "x" + "g".join(f"{ord(character):x}" for character in part)


def pieces_of(text: str) -> set[str]:
    """Every character and every two neighbours of a text, for the index."""
    found: set[str] = set()
    for word in words(text):
        found.update(map(_piece, word))
        found.update(_piece(word[at : at + 2]) for at in range(len(word) - 1))
    return found


def asked(text: str) -> list[str]:
    """The pieces that must all stand in what is looked for; one character asks for itself."""
    found: dict[str, None] = {}
    for word in words(text):
        parts = [word] if len(word) == 1 else [word[at : at + 2] for at in range(len(word) - 1)]
        found.update(dict.fromkeys(map(_piece, parts)))
    return list(found)
