"""What a bulletin tells of a period: per unit what was in time, is late, came back, is false.

The rows of the whole town are read, whoever drafts it, so that its figures agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.briefs.kept import plain_data
from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.domain.brief import BulletinFacts, Fact, UnitFacts
from luoshi.ledger.judging import CLOSED
from luoshi.ledger.models import Task
from luoshi.org.models import Unit, subtree
from luoshi.supervision.models import SampleItem, Verification

SHOWN = 3
"""How many of a unit's overdue items a bulletin names."""
ACTIVE = (Task.State.ASSIGNED, Task.State.SIGNED, Task.State.UNDER_WAY)


@dataclass(slots=True)
class _Rows:
    """The items of one unit, by what is told of them."""

    on_time: list[Task] = field(default_factory=list)
    overdue: list[Task] = field(default_factory=list)
    returned: list[Task] = field(default_factory=list)
    false: list[Task] = field(default_factory=list)

    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.on_time or self.overdue or self.returned or self.false)


def tell(
    actor: Actor, today: date, town: Unit, period: Period
) -> tuple[BulletinFacts, Sequence[Mapping[str, Any]]]:
    """The facts of a bulletin and how they are kept, with the rows behind each; five queries.

    按时: closed in the period and reported done by its deadline. 到期未办结: still open today past
    its deadline. 退回, 不实: found in the period by a check or a spot check. Leaves only.
    """
    units = Unit.objects.filter(jurisdiction=actor.jurisdiction_id, **subtree(town.path))
    rows = Task.objects.filter(
        jurisdiction=actor.jurisdiction_id, unit__in=units.values("pk"), is_leaf=True
    )
    span = (period.start, period.end)
    closed = rows.filter(state__in=list(CLOSED), closed_on__range=span).only(*COLUMNS)
    late = rows.filter(state__in=ACTIVE, due_on__lt=today).order_by("due_on", "tree", "id")
    back = Verification.objects.filter(
        outcome=Verification.Outcome.REWORK, verified_on__range=span
    ).values("task")
    false = SampleItem.objects.filter(
        outcome=SampleItem.Outcome.FALSE, checked_on__range=span
    ).values("task")
    found: dict[UUID, _Rows] = {unit.pk: _Rows() for unit in units.order_by("path")}
    for task in closed.order_by("tree", "id"):
        if task.done_on and (task.due_on is None or task.done_on <= task.due_on):
            found[task.unit_id].on_time.append(task)
    _sort(found, late.only(*COLUMNS), "overdue")
    _sort(found, rows.filter(pk__in=back).only(*COLUMNS).order_by("tree", "id"), "returned")
    _sort(found, rows.filter(pk__in=false).only(*COLUMNS).order_by("tree", "id"), "false")
    told = [(unit, found[unit.pk]) for unit in units.order_by("path") if found[unit.pk].any()]
    return _facts(town, period, today, told)


COLUMNS = ("unit_id", "title", "due_on", "done_on", "closed_on", "state")


def _sort(found: Mapping[UUID, _Rows], rows: Iterable[Task], kind: str) -> None:
    for task in rows:
        getattr(found[task.unit_id], kind).append(task)


def _facts(
    town: Unit, period: Period, today: date, told: Sequence[tuple[Unit, _Rows]]
) -> tuple[BulletinFacts, Sequence[Mapping[str, Any]]]:
    kept: list[Mapping[str, Any]] = []

    def keep(fact: Fact, rows: Sequence[Task] = (), unit: str = "", part: str = "") -> Fact:
        kept.append(plain_data(fact, [str(row.pk) for row in rows], unit, part))
        return fact

    def count(key: str, label: str, rows: Sequence[Task], unit: str = "") -> Fact:
        fact = Fact(key, "count", label, str(len(rows)), "项", today)
        return keep(fact, rows, unit, key.rpartition(".")[2])

    def day(key: str, label: str, value: date) -> Fact:
        return keep(Fact(key, "date", label, f"{value.year}年{value.month}月{value.day}日"))

    def unit_facts(unit: Unit, rows: _Rows) -> UnitFacts:
        key, name = f"u{unit.pk}", unit.short_name
        return UnitFacts(
            name=keep(
                Fact(f"{key}.name", "name", name, name, "", None, "org.unit", unit.pk),
                (),
                str(unit.pk),
                "name",
            ),
            on_time=count(f"{key}.on_time", f"{name}按时办结", rows.on_time, str(unit.pk)),
            overdue=count(f"{key}.overdue", f"{name}到期未办结", rows.overdue, str(unit.pk)),
            returned=count(f"{key}.returned", f"{name}复核退回", rows.returned, str(unit.pk)),
            false=count(f"{key}.false", f"{name}抽查不实", rows.false, str(unit.pk)),
            late=tuple(_late(task, today, keep) for task in rows.overdue[:SHOWN]),
        )

    def every(kind: str) -> list[Task]:
        return [task for _unit, rows in told for task in getattr(rows, kind)]

    facts = BulletinFacts(
        town=keep(Fact("town", "name", town.name, town.name, "", None, "org.unit", town.pk)),
        start=day("start", "时段起", period.start),
        end=day("end", "时段止", period.end),
        as_of=day("as_of", "数据截至", today),
        on_time=count("all.on_time", "全镇按时办结", every("on_time")),
        overdue=count("all.overdue", "全镇到期未办结", every("overdue")),
        returned=count("all.returned", "全镇复核退回", every("returned")),
        false=count("all.false", "全镇抽查不实", every("false")),
        units=tuple(unit_facts(unit, rows) for unit, rows in told),
    )
    return facts, kept


def _late(task: Task, today: date, keep: Any) -> tuple[Fact, Fact]:  # noqa: ANN401 - the keeper
    """An overdue item by name, and how many days it is late."""
    key = f"t{task.pk}"
    assert task.due_on is not None
    days = str((today - task.due_on).days)
    unit = str(task.unit_id)
    title = Fact(f"{key}.title", "passage", "", task.title, "", None, "ledger.task", task.pk)
    late = Fact(f"{key}.days", "count", "超期天数", days, "天", today, "ledger.task", task.pk)
    return keep(title, [task], unit, "title"), keep(late, [task], unit, "days")
