"""回头看抽查: the first quarter of the running year was drawn in June and looked at within days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time

from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.domain.base import Period
from luoshi.domain.workdays import SHANGHAI
from luoshi.supervision import actions, queries
from luoshi.supervision.models import SampleDraw, SampleItem

FOUND = (
    ("papers", "验收单、结算单与报送一致"),
    ("on_site", "到现场看过，与报送一致"),
    ("call", "电话问了服务对象，情况属实"),
)


def steps(stage: Stage, year: int) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Six working days before the story's today; a closed year is not looked at again."""
    if year == TODAY.year:
        day = clock.add(TODAY, -6)
        yield datetime.combine(day, time(9, 40), SHANGHAI), lambda: _draw(stage, day, year)
        last = clock.add(TODAY, -3)
        yield datetime.combine(last, time(16, 20), SHANGHAI), lambda: _look(stage, last)


def _draw(stage: Stage, day: date, year: int) -> None:
    actor = yearbook.clerk(stage, day)
    period = Period.quarter(year, 1)
    unit = queries.place_to_draw(actor)
    assert unit is not None
    confidence, rate = queries.usual(actor, unit, period)
    actions.draw(
        actor=actor,
        today=day,
        now=datetime.combine(day, time(9, 40), SHANGHAI).astimezone(UTC),
        period=period,
        confidence=confidence,
        rate=rate,
    )


def _look(stage: Stage, day: date) -> None:
    """Whoever was drawn looks; what nobody may look at is said when the check ends."""
    now = datetime.combine(day, time(16, 20), SHANGHAI).astimezone(UTC)
    clerk = yearbook.clerk(stage, day)
    row = SampleDraw.objects.get(jurisdiction=stage.jurisdiction)
    items = list(
        SampleItem.objects.filter(draw=row)
        .select_related("draw__unit", "task__unit", "task__line", "task__plan")
        .order_by("position")
    )
    lots = queries.checkers_for(clerk, day, items)
    for item in items:
        person = lots[item.pk].person
        if person is None:
            continue
        method, note = FOUND[item.position % len(FOUND)]
        actions.check(
            actor=stage.actor(stage.name_of(person.pk), day),
            today=day,
            now=now,
            item=item,
            outcome=SampleItem.Outcome.TRUE,
            method=method,
            note=note,
        )
    row.refresh_from_db()
    if row.state == SampleDraw.State.OPEN:
        why = "其余事项经办、复核涉及全部可查人员，请县督查查看"
        actions.end(actor=clerk, today=day, now=now, draw=row, reason=why)
