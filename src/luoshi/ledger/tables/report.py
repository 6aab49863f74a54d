"""What a dry run says of every row, as it is shown and as it is kept until the person decides."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from luoshi.domain.base import Sentence
from luoshi.journal.actions import plain
from luoshi.office.cells import pack, unpack

RowKind = Literal["add", "change", "same", "refused", "twin", "left", "skipped"]
KINDS: tuple[RowKind, ...] = ("add", "change", "refused", "twin", "skipped", "same", "left")


@dataclass(slots=True)
class RowReport:
    """One row: what will happen to it, why not, what of it is not taken, what changes from what.

    `changes` are field, old and new as text. `twin` is an item that seems to be the same one.
    """

    row: int
    kind: RowKind
    title: str = ""
    depth: int = 0
    said: list[list[str]] = field(default_factory=list)
    faults: list[Sentence] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    changes: list[list[str]] = field(default_factory=list)
    twin: dict[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """As JSON, without what is empty."""
        data = {
            "row": self.row,
            "kind": self.kind,
            "title": self.title,
            "depth": self.depth,
            "said": self.said,
            "faults": [_told(one) for one in self.faults],
            "notes": [_told(one) for one in self.notes],
            "changes": self.changes,
            "twin": self.twin,
        }
        return {name: value for name, value in data.items() if value not in ([], {}, "", 0)}


def _told(one: Sentence) -> list[Any]:
    return [one.code, plain(dict(one.params))]


@dataclass(frozen=True, slots=True)
class Report:
    """A dry run as it was shown: its rows, counts by kind, and the digest a person confirms."""

    rows: Sequence[Mapping[str, Any]]
    counts: Mapping[str, int]
    asked: Sequence[Mapping[str, Any]]
    needs_reason: bool
    digest: str

    @classmethod
    def of(
        cls, rows: Sequence[RowReport], asked: Sequence[Mapping[str, Any]], *, needs_reason: bool
    ) -> Report:
        """Count and seal the rows of a run."""
        data = [row.as_data() for row in rows]
        counts = Counter[str](row.kind for row in rows)
        text = json.dumps([data, list(asked), needs_reason], ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(data, dict(counts), asked, needs_reason, digest)

    @property
    def facts(self) -> dict[str, Any]:
        """Counts and what is still to be decided, as the import keeps them."""
        return {
            **self.counts,
            "asked": sum(not one["said"] for one in self.asked),
            "needs_reason": self.needs_reason,
        }

    def packed(self) -> bytes:
        """As bytes."""
        return pack({"rows": list(self.rows), "asked": list(self.asked)})


def rows_in(data: bytes | memoryview) -> list[dict[str, Any]]:
    """The rows of a kept report, their sentences whole again."""
    kept = unpack(data) or {"rows": []}
    return [_row(row) for row in kept["rows"]]


def asked_in(data: bytes | memoryview) -> list[dict[str, Any]]:
    """The names that a kept report asks about."""
    kept = unpack(data) or {"asked": []}
    asked: list[dict[str, Any]] = kept["asked"]
    return asked


def _row(row: dict[str, Any]) -> dict[str, Any]:
    for name in ("faults", "notes"):
        row[name] = [Sentence(code, params) for code, params in row.get(name, [])]
    return row
