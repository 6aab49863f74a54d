"""Coverage of a text: what became of every sentence that asks for something, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from luoshi.adoption.page import OBLIGING, Section, link_of
from luoshi.documents.models import DraftItem

STRIP = 1000
"""The length of the drawn strip: the whole text, whatever its length."""

THINNEST = 3
"""A short sentence in a long text stays large enough to be seen and hit."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence on the strip along the text: where it stands and what became of it."""

    draft: DraftItem
    at: int
    length: int
    fate: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence as the list of what became of everything shows it."""

    draft: DraftItem
    fate: str
    words: str

    @property
    def link(self) -> str:
        """The page of the task that it became, or ""."""
        return link_of(self.draft)


@dataclass(slots=True)
class Share:
    """What became of the obligations of one section (None: what stands before the first)."""

    section: Section | None
    heard: list[Heard] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, heard: Heard) -> None:
        """Count one sentence; only what obliges somebody is counted, everything is listed."""
        self.heard.append(heard)
        if heard.draft.kind in OBLIGING:
            self.counts[heard.fate] = self.counts.get(heard.fate, 0) + 1

    @property
    def asked(self) -> int:
        """How many obligations stand here."""
        return sum(self.counts.values())

    @property
    def adopted(self) -> int:
        """立项, alone or merged into another."""
        return self.counts.get("adopted", 0)

    @property
    def study(self) -> int:
        """传达学习."""
        return self.counts.get("study", 0)

    @property
    def mechanism(self) -> int:
        """建机制."""
        return self.counts.get("mechanism", 0)

    @property
    def declined(self) -> int:
        """不采纳, with the reason."""
        return self.counts.get("declined", 0)

    @property
    def aside(self) -> int:
        """Disposed of otherwise than by a row of the ledger."""
        return self.study + self.mechanism + self.declined

    @property
    def drafted(self) -> int:
        """A person has worked on it, and not decided yet."""
        return self.counts.get("drafted", 0)

    @property
    def untouched(self) -> int:
        """Nobody has done anything about it (C11)."""
        return self.counts.get("untouched", 0)

    @property
    def open(self) -> int:
        """Not decided yet, touched or not."""
        return self.drafted + self.untouched


def fate_of(draft: DraftItem) -> str:
    """adopted, study, mechanism, declined, merged; waiting ones are drafted or untouched.

    A draft that a person has changed since it was read is drafted; one as the reader left it,
    untouched.
    """
    state = DraftItem.State
    if draft.state == state.SET_ASIDE:
        return draft.disposition
    if draft.state == state.DRAFT:
        return "drafted" if draft.version > 1 else "untouched"
    return str(draft.state)


def shares_of(
    text: str, drafts: Iterable[DraftItem], sections: Sequence[Section]
) -> tuple[list[Share], Share]:
    """Every sentence under the top section it stands in, and the sums over the whole text.

    Formulas are left out; a sentence merged into another shares that one's fate.
    """
    rows = list(drafts)
    by_id = {row.pk: row for row in rows}
    top = min((section.level for section in sections), default=0)
    heads = [section for section in sections if section.level == top]
    shares: list[Share] = []
    total = Share(None)
    for draft in sorted(rows, key=lambda d: (d.passage.start, d.position)):
        if draft.kind == DraftItem.Kind.BOILERPLATE:
            continue
        stands = by_id.get(draft.merged_into_id, draft) if draft.merged_into_id else draft
        words = " ".join(text[draft.passage.start : draft.passage.end].split())
        heard = Heard(draft, fate_of(stands), words)
        head = next((section for section in heads if section.holds(draft)), None)
        if not shares or shares[-1].section != head:
            shares.append(Share(head))
        shares[-1].add(heard)
        total.add(heard)
    return shares, total


def marks_of(shares: Iterable[Share], length: int) -> list[Mark]:
    """The obligations along the strip, in the order of the text; its length is `STRIP`."""
    return [
        Mark(
            heard.draft,
            heard.draft.passage.start * STRIP // max(length, 1),
            max(
                THINNEST,
                (heard.draft.passage.end - heard.draft.passage.start) * STRIP // max(length, 1),
            ),
            heard.fate,
        )
        for share in shares
        for heard in share.heard
        if heard.draft.kind in OBLIGING
    ]
