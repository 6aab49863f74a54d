"""What is gathered while a text is walked: its items, and what became none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from luoshi.domain.extraction.clauses import trim
from luoshi.domain.extraction.context import Document
from luoshi.domain.extraction.cutting import Cutter
from luoshi.domain.extraction.deadlines import Clock, read_deadline
from luoshi.domain.extraction.fields import Assembler, Extra
from luoshi.domain.extraction.kinds import classify
from luoshi.domain.extraction.models import Item, Passed
from luoshi.domain.extraction.plan import STAGE_NAME
from luoshi.domain.extraction.reasons import PASSED
from luoshi.domain.extraction.structure import Structure, Unit
from luoshi.domain.extraction.verdicts import Place, Verdict

Span = tuple[int, int]
DUTIES: Final = frozenset({"goal", "task", "indicator"})
# What a project costs and covers says nothing of how it stands.
_ONLY_SIZE: Final = re.compile(
    r"(?:[^:。]{0,6}:)?(?:(?:项目)?(?:计划|概算|协议)?(?:总投资|投资额?|占地|用地|总?建筑面积)[^,。;\d]{0,6}[\d.]+[一-鿿]{1,4}[,、]?){1,4}"
)
_EXPLAINS: Final = re.compile(r"列(?:首位|第一|前)|(?:单位|领导)(?:的)?为(?:牵头|第一|主要)")
_NEXT_CARD: Final = re.compile(r"(?:主要|建设|具体|项目)(?:建设)?内容[::]|项目名称[::]")
_YEAR_ASKS: Final = re.compile(
    r"(?:年度|本年|今年|20\d\d年(?:度)?)[一-鿿]{0,4}(?:目标|任务|计划|安排)[::]"
)
_FIGURE_LABEL: Final = re.compile(
    r".*(?:投资|来源|面积|类别|地点|期限|名称|编号|性质|阶段|日期|(?:签约|开工|投产)时间)|(?:会议)?(?:时间|地点|主持|议题)|出席|列席|缺席|参会|参加|与会|记录"
)
_CONTENT: Final = re.compile(r"(?:主要|建设|具体|项目)(?:建设)?(?:内容|规模)")


class Collector(Cutter):
    """Keeps the items in order, ties what stands apart to its item, and notes the rest."""

    def __init__(
        self, text: str, original: str, structure: Structure, document: Document, clock: Clock
    ) -> None:
        super().__init__(text, structure, document)
        self.original, self.clock = original, clock
        self.make = Assembler(text, original, document, clock)
        self.items: list[Item] = []
        self.passed: list[Passed] = []
        self.mode_section = -1
        self.entry_open: int | None = None
        self.entry_start = 0
        self.asked = False  # whether a label of the sentence (年度目标:) says that it is asked
        self.card = 0  # where the card of a ledger began whose lines carry labels
        self.waiting: list[Span] = []

    def _attach(self, span: Span, unit: Unit) -> None:
        """Apparatus on its own (责任单位：… on the next line) belongs to what stands before it.

        A bracket that explains the labels (责任单位列首位的为牵头单位) names nobody.
        At the head of a card or section it waits for the first duty there. Else
        that is the item before, and with it the items of the same sentence that name nobody.
        """
        if _EXPLAINS.search(self.text, *span):
            return
        own = self.structure.sections[unit.section]
        begin = max(self.card, own.start if own.mark else 0)
        early = not self.items or self.items[-1].start < begin
        if early or (self.card and self.items[-1].kind not in DUTIES):
            self.waiting.append(span)
            return
        last = len(self.items) - 1
        n = last
        while n >= 0 and (n == last or self._shares(self.items[n], self.items[last], unit)):
            self._give(n, span)
            n -= 1
        self.entry_open = None

    def _describes(self, label: re.Match[str] | None, start: int, end: int) -> bool:
        """What only says which project, where, when, or how far: no item of its own."""
        if label and _FIGURE_LABEL.match(label["label"]):
            if label["label"].endswith("名称"):
                self._end_card(start)
            return True
        ledger = self.document.form == "project_ledger"
        if ledger and _ONLY_SIZE.fullmatch(self.text, start, end):
            return True
        nothing = self.text[start:end] in {"无", "暂无"}
        content = label is not None and _CONTENT.match(label["label"]) is not None
        if content and ledger and self._asks_later(end):
            return True
        return nothing or STAGE_NAME.fullmatch(self.text, start, end) is not None

    def _asks_later(self, at: int) -> bool:
        """Whether the card goes on to say what the year asks; then its 建设内容 only describes."""
        stop = _NEXT_CARD.search(self.text, at, at + 600)
        return _YEAR_ASKS.search(self.text, at, stop.start() if stop else at + 600) is not None

    def _end_card(self, start: int) -> None:
        """Units that no duty of the card took belong to its last item."""
        if self.items and self.items[-1].start >= self.card:
            for span in self.waiting:
                self._give(len(self.items) - 1, span)
        self.card, self.waiting = start, []

    def _awaited(self, verdict: Verdict, extra: Extra, span: Span) -> Extra:
        """Units that stood before a duty in its card or section become the duty's."""
        begin = self.card
        waiting = [w for w in self.waiting if begin <= w[0] < span[0]]
        if not waiting or verdict.kind not in DUTIES:
            return extra
        self.waiting = []
        return replace(extra, spans=(*extra.spans, *waiting))

    def _shares(self, item: Item, last: Item, unit: Unit) -> bool:
        between = self.text[item.end : last.start]
        near = item.start >= unit.start and item.path == last.path and len(between) < 400
        return near and not item.responsible and "。" not in between and ";" not in between

    def _give(self, n: int, span: Span) -> None:
        last = self.items[n]
        verdict = Verdict(last.kind, last.confidence, last.reasons)
        base = self.make.item((last.start, last.end), last.path, verdict, Extra(spans=(span,)))
        if base is not None:
            self.items[n] = replace(
                last,
                responsible=_merge(last.responsible, base.responsible),
                lead=_merge(last.lead, base.lead),
                supporting=_merge(last.supporting, base.supporting),
                leaders=_merge(last.leaders, base.leaders),
                deadline=base.deadline or last.deadline,
            )

    def _pass(self, span: Span, why: str) -> None:
        """Note what became no item, so that every clause can be accounted for."""
        start, end = trim(self.text, *span)
        if start < end:
            self.passed.append(Passed(start, end, PASSED[why]))

    def _under_but(self, start: int) -> bool:
        """但A；B: what a semicolon joins to a problem stands under the same 但."""
        if not self.items or self.items[-1].kind != "problem":
            return False
        return self.text[self.items[-1].end : start].strip() in {"；", ";"}

    def _add_targets(self, unit: Unit, targets: list[Span], place: Place) -> None:
        """Each target an item; a deadline that opens the first is shared by coordination."""
        shared = None
        for n, (a, b) in enumerate(targets):
            verdict = classify(self.text[slice(*trim(self.text, a, b))], place)
            own = read_deadline(self.text, self.original, (a, b), self.clock)
            if n == 0 and own is not None and own.start < a + 12 and verdict.kind == "indicator":
                shared = own
            deadline = own or (shared if verdict.kind == "indicator" else None)
            period = deadline.norm[:4] if own is None and deadline and deadline.norm else None
            self._add((a, b), unit, verdict, Extra(deadline=deadline, period=period))

    def _add(
        self, span: Span, unit: Unit, verdict: Verdict, extra: Extra, *, gap: bool = False
    ) -> None:
        item = self.make.item(span, unit.path, verdict, self._awaited(verdict, extra, span))
        if item is None:
            return
        if gap and item.kind == "problem" and self.items:
            last = len(self.items) - 1
            if self.items[last].kind == "achievement" and self.items[last].path == item.path:
                item = replace(item, pair=last)
                if self.items[last].pair is None:
                    self.items[last] = replace(self.items[last], pair=last + 1)
        self.items.append(item)


def _merge(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(name for name in second if name not in first)
