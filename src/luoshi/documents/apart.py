"""举措 and 目标 apart: which clauses say how, and which say what must be true at the end."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[^，,；;]+[，,；;]?")
_AIM = re.compile(r"(?:从而|进而|努力|全年|年内|年底前)?(?:力争|力保|确保|实现|达到|争取|使)")
_WHEN_AND_WHO = re.compile(r"(?:由|会同).{1,40}|.{1,40}(?:牵头|负责|配合|会同|[前内底])")
_EDGES = " \t\u3000，,；;。"


def apart(words: str) -> tuple[str, str]:
    """The measures of a sentence and its aim, both as written; ("", "") where it does not say.

    Clauses before the first one that opens with an aim (力争, 确保, 实现, 达到 …) say how; that one
    and all behind it say what for. Clauses at the front that only say when or who are neither. A
    sentence that is all aim or all measures is left whole: then a person fills in the other half,
    or C04 reminds.
    """
    clauses = [(match.start(), match[0]) for match in _CLAUSE.finditer(words)]
    for number, (start, clause) in enumerate(clauses):
        if number and _AIM.match(clause.strip()):
            first = next((at for at, said in clauses if not _about(said)), start)
            return words[min(first, start) : start].strip(_EDGES), words[start:].strip(_EDGES)
    return "", ""


def _about(clause: str) -> bool:
    """Whether a clause only says when or who: fields of their own hold that."""
    return _WHEN_AND_WHO.fullmatch(clause.strip(_EDGES)) is not None
