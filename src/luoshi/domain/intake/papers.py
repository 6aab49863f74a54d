"""来文: the office's deadline before the superior's, who must have looked, figures told twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

from luoshi.domain.base import Quantity, Sentence, say
from luoshi.domain.text import canon
from luoshi.domain.workdays import OfficeHours, WorkCalendar

Form = Literal["written", "table", "phone", "none"]
Urgency = Literal["ordinary", "urgent", "most_urgent"]
Step = Literal["drafted", "checked", "reviewed", "signed", "sealed"]

LEAD: Final[Mapping[str, Decimal]] = {
    "ordinary": Decimal(7), "urgent": Decimal("3.5"), "most_urgent": Decimal(1),
}  # fmt: skip
"""Hours kept for 核稿, 审核, 签字, 盖章: a day, half a day of office hours; 特急 one hour."""
STEPS: Final[Mapping[str, tuple[Step, ...]]] = {
    "written": ("drafted", "checked", "reviewed", "signed", "sealed"),
    "table": ("drafted", "checked", "signed", "sealed"),
    "phone": ("drafted", "reviewed"),
    "none": (),
}
"""What each form of answer passes before it leaves: 拟稿, 核稿, 审核, 签字, 盖章."""
APART: Final[tuple[tuple[Step, Step], ...]] = (
    ("drafted", "checked"), ("drafted", "reviewed"), ("drafted", "signed"), ("checked", "signed"),
)  # fmt: skip
"""Two steps that one person may not both take."""


def internal_deadline(
    due_at: datetime, received_at: datetime, urgency: str, calendar: WorkCalendar,
    hours: OfficeHours,
) -> datetime:  # fmt: skip
    """The office's own deadline, computed back from the superior's.

    平件 a working day of office hours before it, 加急 half a day, 特急 an hour by the clock. Where
    that would lie before the paper came, half of the time that is left: on office hours, or by the
    clock where none are left. It is never after the superior's deadline and never before receipt.
    """
    if urgency == "most_urgent":
        back = due_at - timedelta(hours=int(LEAD[urgency]))
        return back if back >= received_at else received_at + (due_at - received_at) / 2
    left = hours.worked_between(received_at, due_at, calendar)
    lead = timedelta(minutes=int(LEAD[urgency] * 60))
    if not left:
        return received_at + (due_at - received_at) / 2
    kept = lead if left > lead else left / 2
    amount = Decimal((left - kept) // timedelta(minutes=1)) / 60
    found = hours.add_hours(received_at, amount, calendar) + timedelta(seconds=30)
    found = found.replace(second=0, microsecond=0)  # a third of an hour has no exact decimal
    return min(max(found, received_at), due_at)


def judge_deadlines(
    received_at: datetime, due_at: datetime | None, internal_at: datetime | None
) -> Sentence | None:
    """Why the three instants of a paper cannot stand; None where they can."""
    if due_at is not None and due_at <= received_at:
        return say("intake.paper.due_before_receipt", due=due_at, received=received_at)
    if internal_at is not None and due_at is None:
        return say("intake.paper.internal_alone")
    if internal_at is not None and due_at is not None and internal_at > due_at:
        return say("intake.paper.internal_after", due=due_at, internal=internal_at)
    if internal_at is not None and internal_at < received_at:
        return say("intake.paper.internal_before_receipt", received=received_at)
    return None


def missing_steps(form: str, taken: Mapping[Step, UUID | None]) -> tuple[Step, ...]:
    """The steps that a paper still has to pass before it may leave, in their order."""
    return tuple(step for step in STEPS[form] if taken.get(step) is None)


def judge_steps(taken: Mapping[Step, UUID | None], leaders: frozenset[UUID]) -> Sentence | None:
    """Why the people of the steps cannot stand; None where they can.

    Who drafted neither checks, reviews nor signs; who checked does not sign; a leader of the town
    signs and reviews.
    """
    for first, second in APART:
        one = taken.get(first)
        if one is not None and one == taken.get(second):
            return say("intake.paper.same_person", first=say_step(first), second=say_step(second))
    for step in ("reviewed", "signed"):
        person = taken.get(step)
        if person is not None and person not in leaders:
            return say("intake.paper.not_a_leader", step=say_step(step))
    return None


def say_step(step: str) -> Sentence:
    """A step in the office's word."""
    match step:
        case "drafted":
            return say("intake.step.drafted")
        case "checked":
            return say("intake.step.checked")
        case "reviewed":
            return say("intake.step.reviewed")
        case "signed":
            return say("intake.step.signed")
    return say("intake.step.sealed")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is told: what, how much (None: 待补), its unit, its period, where."""

    name: str
    value: Decimal | None
    unit: str
    period: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A figure that was told differently before (数据打架)."""

    figure: Figure
    earlier: Figure

    @property
    def why(self) -> Sentence:
        """The two values and where the earlier one stands."""
        return say(
            "intake.paper.clash",
            name=self.figure.name,
            period=self.figure.period,
            value=_shown(self.figure),
            other=_shown(self.earlier),
            source=self.earlier.source,
        )


def clashes(told: Sequence[Figure], known: Sequence[Figure]) -> Iterator[Clash]:
    """Every figure of a report that contradicts what is known, once for each source.

    The same name and period (signs and blanks aside, 上半年 = 1-6月), units that convert exactly,
    another value. A masked or missing value contradicts nothing; units that do not convert are
    different figures.
    """
    book: dict[tuple[str, str], list[Figure]] = {}
    for earlier in known:
        book.setdefault((_plain(earlier.name), plain_period(earlier.period)), []).append(earlier)
    for figure in told:
        seen: set[tuple[str, Decimal | None]] = set()
        for earlier in book.get((_plain(figure.name), plain_period(figure.period)), ()):
            if not _agree(figure, earlier) and (earlier.source, earlier.value) not in seen:
                seen.add((earlier.source, earlier.value))
                yield Clash(figure, earlier)


def _agree(one: Figure, other: Figure) -> bool:
    if one.value is None or other.value is None:
        return True
    try:
        return Quantity(other.value, other.unit).to(one.unit).value == one.value
    except ValueError:
        return True


def _plain(name: str) -> str:
    return re.sub(r"[\s\W_]+", "", canon(name)).lower()


_PERIODS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"^(?:1月?[-至到]6月|上半年)$"), "上半年"),
    (re.compile(r"^(?:7月?[-至到]12月|下半年)$"), "下半年"),
    (re.compile(r"^(?:1月?[-至到]12月|全年|年度)$"), "全年"),
    (re.compile(r"^(?:1月?[-至到]3月|[一1]季度)$"), "一季度"),
    (re.compile(r"^(?:4月?[-至到]6月|[二2]季度)$"), "二季度"),
    (re.compile(r"^(?:7月?[-至到]9月|[三3]季度)$"), "三季度"),
    (re.compile(r"^(?:10月?[-至到]12月|[四4]季度)$"), "四季度"),
)


def plain_period(text: str) -> str:
    """A period as it is compared: the year apart, and one word for each way to write the rest."""
    said = re.sub(r"\s+", "", canon(text))
    year = re.match(r"^(\d{4})(?:年度|年|[-.])?", said)
    rest = said[year.end() :] if year else said
    rest = re.sub(r"^第", "", rest)
    if re.fullmatch(r"0?\d{1,2}月?", rest) and rest:
        rest = f"{int(rest.rstrip('月'))}月"
    for form, word in _PERIODS:
        if form.match(rest):
            rest = word
    return f"{year[1] if year else ''}{rest or '全年'}"


def _shown(figure: Figure) -> str:
    value = "待补" if figure.value is None else f"{figure.value.normalize():f}"
    return f"{value}{figure.unit}"
