"""The second opinion: which clauses of a text are asked about, and where the model answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.conf import settings

from luoshi.documents.models import Document, DraftItem
from luoshi.domain.base import Refused, say
from luoshi.domain.opinion import Asked
from luoshi.engines.model import Endpoint, endpoint_of

_SENTENCE = re.compile(r"[^。！？；;!?\n]+")
SHORTEST = 8
"""Stretches between items that are shorter say nothing of their own: marks, headings."""


def configured() -> bool:
    """Whether an office has set an address for second opinions; off unless it has."""
    return bool(settings.LUOSHI_MODEL_URL)


def endpoint() -> Endpoint:
    """The address of the setting; raises Refused in words where there is none, or no fit one."""
    if not configured():
        raise Refused(say("opinion.off"))
    return endpoint_of(
        settings.LUOSHI_MODEL_URL,
        settings.LUOSHI_MODEL_NAME,
        settings.LUOSHI_MODEL_KEY,
        settings.LUOSHI_MODEL_SECONDS,
    )


def clauses_of(document: Document, drafts: Sequence[DraftItem]) -> list[Asked]:
    """The clauses of a text in order: each draft's passage, and each sentence that is in none."""
    found: list[Asked] = []
    text, at = document.text, 0
    for draft in sorted(drafts, key=lambda one: (one.passage.start, one.passage.end)):
        start, end = draft.passage.start, draft.passage.end
        if start < at:
            continue
        found.extend(_unread(text, at, start))
        found.append(Asked(start, end, text[start:end], draft.kind))
        at = end
    found.extend(_unread(text, at, len(text)))
    return found


def _unread(text: str, start: int, end: int) -> Iterator[Asked]:
    for match in _SENTENCE.finditer(text, start, end):
        words = match.group().strip()
        if len(words) >= SHORTEST and not words.startswith("#"):
            low = match.start() + match.group().index(words)
            yield Asked(low, low + len(words), words, None)
