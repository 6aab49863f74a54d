"""督办通报 and 堵点: May's bulletin is issued, June's is shown to the units, snags are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from luoshi.briefs import actions as briefs
from luoshi.briefs.models import Bulletin, BulletinReply
from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.people import MAYOR
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger import actions as ledger
from luoshi.ledger.models import Blocker

Step = tuple[datetime, Callable[[], object]]
MAY, JUNE = Period.month(2026, 5), Period(date(2026, 6, 1), date(2026, 6, 15))
MAY_DRAFTED, JUNE_DRAFTED = date(2026, 6, 2), date(2026, 6, 16)
DAYS = 4
"""Working days that a unit has to reply."""
HEADS = ("主任", "书记", "所长", "队长", "院长")
REPLIES = (
    "属实。主要是前期手续衔接慢，已列出倒排表，月底前补上。",
    "其中一项已实际完成，验收单已补传，请复核后在通报中注明。",
    "属实，已调整人手，两周内完成。",
)
WORDS = (
    ("promise", "已排进本周议程，尽快给出答复"),
    ("answer", "已办理，相关手续已转到你单位"),
    ("send_back", "不属本单位职权，请改请主管单位"),
)
MORNING, NOON, EVENING = time(9, 10), time(11, 40), time(16, 50)


def steps(stage: Stage, year: int) -> Iterator[Step]:
    """Both bulletins up to where they stand, and what was answered; of the running year only."""
    if year != TODAY.year:
        return
    for period, day in ((MAY, MAY_DRAFTED), (JUNE, JUNE_DRAFTED)):
        yield _at(day, MORNING), _step(_show, stage, _at(day, MORNING), period)
    replied = _at(clock.add(MAY_DRAFTED, 2), NOON)
    yield replied, _step(_reply, stage, replied, MAY)
    issued = _at(clock.add(MAY_DRAFTED, DAYS + 1), EVENING)
    yield issued, _step(_issue, stage, issued, MAY)
    some = _at(clock.add(JUNE_DRAFTED, 1), NOON)
    yield some, lambda: _reply(stage, some, JUNE, most=1)
    answered = _at(clock.add(TODAY, -1), EVENING)
    yield answered, lambda: _answer(stage, answered)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)


def _step(
    act: Callable[[Stage, datetime, Period], None], stage: Stage, at: datetime, period: Period
) -> Callable[[], object]:
    return lambda: act(stage, at, period)


def _common(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"actor": actor, "today": at.date(), "now": at.astimezone(UTC)}


def _row(stage: Stage, period: Period) -> Bulletin:
    rows = Bulletin.objects.filter(jurisdiction=stage.jurisdiction, from_on=period.start)
    return rows.select_related("unit").get()


def _show(stage: Stage, at: datetime, period: Period) -> None:
    clerk = _common(yearbook.clerk(stage, at.date()), at)
    briefs.draft_bulletin(**clerk, kind=Bulletin.Kind.BULLETIN, period=period)
    briefs.show_bulletin(**clerk, bulletin=_row(stage, period), days=DAYS)


def _reply(stage: Stage, at: datetime, period: Period, most: int = 99) -> None:
    """The heads of the units that are named say how they see it, `most` of them."""
    row = _row(stage, period)
    replies = (
        BulletinReply.objects.filter(bulletin=row).select_related("unit").order_by("unit__path")
    )
    for number, reply in enumerate(replies[:most]):
        head = _head(stage, reply.unit.short_name, at.date())
        if head is not None:
            text = REPLIES[number % len(REPLIES)]
            briefs.reply_bulletin(**_common(head, at), bulletin=row, text=text)


def _head(stage: Stage, unit: str, day: date) -> Actor | None:
    """Who heads a unit, where that one signs in; for the others nobody replies."""
    for title in HEADS:
        person = stage.holder(f"{unit}/{title}", day)
        if person is not None and stage.signs_in(person):
            return stage.actor(person, day)
    return None


def _issue(stage: Stage, at: datetime, period: Period) -> None:
    """The office prints every reply beneath the text; the mayor, who drafted nothing, signs."""
    row, clerk = _row(stage, period), yearbook.clerk(stage, at.date())
    rows = BulletinReply.objects.filter(bulletin=row).exclude(text="")
    for reply in rows.select_related("bulletin"):
        briefs.settle_reply(
            **_common(clerk, at), reply=reply, outcome=BulletinReply.Outcome.PRINTED
        )
    mayor = stage.holder(MAYOR, at.date())
    assert mayor is not None
    briefs.issue_bulletin(**_common(stage.actor(mayor, at.date()), at), bulletin=row)


def _answer(stage: Stage, at: datetime) -> None:
    """Of the snags that name a unit one is promised, one answered, one sent back; all typed."""
    rows = Blocker.objects.filter(
        jurisdiction=stage.jurisdiction, state=Blocker.State.OPEN, needs_unit__isnull=False
    ).select_related("task__unit")
    clerk = _common(yearbook.clerk(stage, at.date()), at)
    for row, (verb, text) in zip(rows.order_by("raised_on", "id"), WORDS, strict=False):
        if verb == "promise":
            by = clock.add(at.date(), 6)
            ledger.promise_blocker(**clerk, blocker=row, by=by, text=text)
        elif verb == "answer":
            ledger.answer_blocker(**clerk, blocker=row, text=text)
        else:
            ledger.send_back_blocker(**clerk, blocker=row, text=text)
