"""督办通报、工作通报: praise and problems of units from facts, and their right to reply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from luoshi.domain.base import Sentence, say
from luoshi.domain.brief.facts import Fact, Paragraph, Run
from luoshi.domain.brief.review import ordinal


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """What is told of one unit; `late` are its overdue items with the days, the longest first."""

    name: Fact
    on_time: Fact
    overdue: Fact
    returned: Fact
    false: Fact
    late: tuple[tuple[Fact, Fact], ...] = ()

    def all(self) -> Iterator[Fact]:
        """Every fact of the unit."""
        yield from (self.name, self.on_time, self.overdue, self.returned, self.false)
        for title, days in self.late:
            yield from (title, days)

    @property
    def praised(self) -> bool:
        """Whether the unit closed something in time."""
        return self.on_time.bare != "0"

    @property
    def named(self) -> bool:
        """Whether a problem of the unit is told, so that it has the right to reply."""
        return any(fact.bare != "0" for fact in (self.overdue, self.returned, self.false))


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinFacts:
    """What a bulletin of a town rests on; counts are of the units told of."""

    town: Fact
    start: Fact
    end: Fact
    as_of: Fact
    on_time: Fact
    overdue: Fact
    returned: Fact
    false: Fact
    units: tuple[UnitFacts, ...] = ()

    def facts(self) -> Mapping[str, Fact]:
        """Every fact by its id."""
        own = (self.town, self.start, self.end, self.as_of)
        counts = (self.on_time, self.overdue, self.returned, self.false)
        every = (*own, *counts, *(fact for unit in self.units for fact in unit.all()))
        return {fact.id: fact for fact in every}


def bulletin(told: BulletinFacts) -> tuple[Paragraph, ...]:
    """The bulletin as paragraphs, each figure and name a run with the id of its fact.

    Opening; 一、按时办结情况; 二、存在的问题, one numbered paragraph a unit; 三、下步要求.
    Units in the order of the organisation, never by rank; persons are not told of.
    """
    return tuple(chain(_opening(told), _praise(told), _problems(told), _next()))


def _fact(fact: Fact) -> Run:
    return Run(fact.shown, fact.id)


def _heading(number: int, text: str) -> Paragraph:
    return Paragraph("heading_1", (Run(text),), f"{ordinal(number)}、")


def _opening(told: BulletinFacts) -> Iterator[Paragraph]:
    span = (_fact(told.start), Run("至"), _fact(told.end))
    title = (_fact(told.town), Run("关于"), *span, Run("督办事项办理情况的通报"))
    yield Paragraph("title", title)
    runs = [Run("现将"), *span, Run("督办事项办理情况通报如下。其间按时办结"), _fact(told.on_time)]
    runs += [Run("；截至"), _fact(told.as_of), Run("，到期未办结"), _fact(told.overdue)]
    runs += [
        Run("；复核退回"),
        _fact(told.returned),
        Run("，抽查不实"),
        _fact(told.false),
        Run("。"),
    ]
    yield Paragraph("body", tuple(runs))


def _praise(told: BulletinFacts) -> Iterator[Paragraph]:
    yield _heading(1, "按时办结情况")
    praised = [unit for unit in told.units if unit.praised]
    if not praised:
        yield Paragraph("body", (Run("其间没有按时办结的事项。"),))
        return
    runs: list[Run] = []
    for unit in praised:
        runs += [_fact(unit.name), Run("按时办结"), _fact(unit.on_time), Run("，")]
    yield Paragraph("body", (*runs, Run("予以通报表扬。")))


def _problems(told: BulletinFacts) -> Iterator[Paragraph]:
    yield _heading(2, "存在的问题")
    named = [unit for unit in told.units if unit.named]
    if not named:
        yield Paragraph("body", (Run("其间没有超期、退回和抽查不实的事项。"),))
        return
    for place, unit in enumerate(named, start=1):
        yield Paragraph("body", tuple(_of_unit(unit)), f"{place}.")


def _of_unit(unit: UnitFacts) -> Iterator[Run]:
    """到期未办结, 复核退回, 抽查不实, each with its figure; then the items that wait longest."""
    yield _fact(unit.name)
    pairs = (("到期未办结", unit.overdue), ("复核退回", unit.returned), ("抽查不实", unit.false))
    told = [(word, fact) for word, fact in pairs if fact.bare != "0"]
    for place, (word, fact) in enumerate(told):
        yield from (Run(word if not place else f"，{word}"), _fact(fact))
    if unit.late:
        yield Run("。其中：")
        for place, (title, days) in enumerate(unit.late):
            yield from (Run("；“" if place else "“"), _fact(title), Run("”已超期"), _fact(days))
    yield Run("。")


def _next() -> Iterator[Paragraph]:
    yield _heading(3, "下步要求")
    text = "请有关单位对照问题逐项整改，明确责任人和完成时间；确有困难的，在时限前按程序申请延期。"
    yield Paragraph("body", (Run(text),))


# --- 答复与印发 -----------------------------------------------------------------------------

REPLY_DAYS = (1, 15)
"""How many working days a named unit may be given, at least and at most."""


def reply_days_fault(days: int) -> Sentence | None:
    """The time to reply is a matter of working days, never of none."""
    least, most = REPLY_DAYS
    return None if least <= days <= most else say("bulletin.reply_days", least=least, most=most)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFacts:
    """What must be known before a bulletin is issued: who signs, who drafted, who has replied.

    `waiting` are units that have not replied, `unsettled` those whose reply nobody has dealt with.
    """

    today: date
    reply_until: date | None
    is_leader: bool
    is_drafter: bool
    waiting: Sequence[str] = ()
    unsettled: Sequence[str] = ()


def issue_fault(facts: IssueFacts) -> Sentence | None:
    """Why a bulletin may not be issued now; None lets a leader sign it.

    Only after it was shown to the units named, once each has replied or its time is over, and every
    reply was taken up or is printed. A leader approves, never the one who drafted it.
    """
    if facts.reply_until is None:
        return say("bulletin.not_shown")
    if facts.waiting and facts.today <= facts.reply_until:
        until = facts.reply_until
        return say("bulletin.reply_time", until=until, units=tuple(facts.waiting))
    if facts.unsettled:
        return say("bulletin.unsettled", units=tuple(facts.unsettled))
    if not facts.is_leader:
        return say("bulletin.leader_signs")
    return say("bulletin.drafter_signs") if facts.is_drafter else None
